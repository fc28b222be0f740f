// question: Which adverse events are reported with a therapy, and which were looked for and not found?
// for: researcher, review author
// parameters:
//   therapy: therapy - a drug, or a class, which then includes its members
//   limit: integer = 200 - most rows
// columns:
//   event - the adverse event
//   therapy - drugs, those given together joined by +
//   supporting - primary studies that report it
//   contradicting - primary studies that deny it
//   conflict - conflict index, null below two studies
//   synthesis - reviews, meta-analyses and guidelines on it
//   last_year - newest evidence
//   claim - the claim in words
//   claim_id - id of the claim
// cost: light
MATCH (t:Drug {id: $therapy})
MATCH (m:Drug)-[:WITHIN]->(t)
MATCH (c:Claim)-[:ABOUT_DRUG]->(m)
WHERE c.kind = 'safety' AND c.studyCount + c.synthesisCount > 0
WITH DISTINCT c
MATCH (c)-[:ABOUT_EVENT]->(v:Disease)
MATCH (c)-[:ABOUT_DRUG]->(d:Drug)
WITH c, v, d
ORDER BY d.name, d.id
WITH c, v, collect(DISTINCT d.name) AS drugs
RETURN v.name AS event, reduce(joined = drugs[0], name IN drugs[1..] | joined + ' + ' + name) AS therapy,
  c.supportCount AS supporting, c.contradictCount AS contradicting, c.conflictIndex AS conflict,
  c.synthesisCount AS synthesis, c.lastYear AS last_year, c.statement AS claim, c.id AS claim_id
ORDER BY supporting DESC, event, claim_id
LIMIT $limit
