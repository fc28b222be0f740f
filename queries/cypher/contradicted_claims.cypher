// question: About which claims do primary studies disagree?
// for: researcher, review author, analyst
// parameters:
//   minimum_studies: integer = 2 - only claims with at least so many studies for and against together
//   kind: string = null - only this kind: predictive, efficacy, target, prognostic, diagnostic, predisposing, safety, challenge
//   limit: integer = 100 - most rows
// columns:
//   claim - the claim in words
//   supporting - S, primary studies for it
//   against - C, primary studies against it or for a claim that excludes it
//   conflict - conflict index, 2 min(S, C) / (S + C)
//   best_level - best suggested level of its support
//   synthesis - reviews, meta-analyses and guidelines on it
//   first_year - oldest evidence
//   last_year - newest evidence
//   pmids_against - reports against it
//   claim_id - id of the claim
// cost: medium
MATCH (c:Claim)
WHERE c.conflictIndex > 0 AND ($kind IS NULL OR c.kind = $kind)
MATCH (c)-[:OPPOSES*0..1]-(o:Claim)
MATCH (e:Evidence)-[r:SUPPORTS|CONTRADICTS]->(o)
WHERE (o.id = c.id AND type(r) = 'CONTRADICTS') OR (o.id <> c.id AND type(r) = 'SUPPORTS')
MATCH (e)-[:REPORTED_IN]->(s:Study)
WHERE s.status <> 'retracted'
  AND NOT s.design IN ['meta-analysis', 'systematic review', 'review', 'guideline', 'protocol', 'editorial', 'notice']
WITH c, s
ORDER BY s.id
WITH c, count(DISTINCT s.studyKey) AS contrary, collect(DISTINCT s.id) AS sources
WHERE c.supportCount + contrary >= $minimum_studies
RETURN c.statement AS claim, c.supportCount AS supporting, contrary AS against, c.conflictIndex AS conflict,
  c.bestLevel AS best_level, c.synthesisCount AS synthesis, c.firstYear AS first_year, c.lastYear AS last_year,
  sources AS pmids_against, c.id AS claim_id
ORDER BY conflict DESC, supporting DESC, claim, claim_id
LIMIT $limit
