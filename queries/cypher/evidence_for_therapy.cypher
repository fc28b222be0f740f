// question: Which studies support, contradict or merely consider a therapy, and in which words?
// for: researcher, review author
// parameters:
//   therapy: therapy - a drug, or a class, which then includes its members
//   disease: disease = null - only claims about this disease or its subtypes
//   limit: integer = 500 - most rows
// columns:
//   claim - the claim in words
//   stance - supports, contradicts, considers (speculation, aim, background)
//   relation - the relation as the study states it
//   certainty - asserted, speculative, aim, background
//   level - suggested level of evidence, A to E
//   design - study design
//   year - year of publication
//   pmid - the report
//   status - state of the study; a retracted one supports nothing
//   sentences - the words it was read from
//   effect - the effect as stated
//   diseases - diseases of the claim
//   combination - several drugs given together
//   via - the member of the class that was studied, null for the therapy itself
//   study - what counts as one study
//   claim_id - id of the claim
//   evidence_id - id of the evidence
// cost: light
MATCH (t:Drug {id: $therapy})
MATCH (d:Drug)-[:WITHIN]->(t)
MATCH (c:Claim)-[:ABOUT_DRUG]->(d)
WHERE c.kind <> 'challenge'
WITH c, t, min(CASE WHEN d.id = t.id THEN '' ELSE d.name END) AS member
WITH c, CASE WHEN member = '' THEN null ELSE member END AS member
WHERE $disease IS NULL
  OR EXISTS { MATCH (c)-[:ABOUT_DISEASE]->(:Disease)-[:WITHIN]->(:Disease {id: $disease}) }
MATCH (c)-[:ABOUT_DRUG]->(other:Drug)
WITH c, member, count(DISTINCT other.id) AS drugs
OPTIONAL MATCH (c)-[:ABOUT_DISEASE]->(x:Disease)
WITH c, member, drugs, x
ORDER BY x.id
WITH c, member, drugs, collect(DISTINCT x.name) AS names
MATCH (e:Evidence)-[r:SUPPORTS|CONTRADICTS|CONSIDERS]->(c)
MATCH (e)-[:REPORTED_IN]->(s:Study)
OPTIONAL MATCH (e)-[:QUOTES]->(q:Sentence)
WITH c, member, drugs, names, e, r, s, q
ORDER BY q.position
WITH c, member, drugs, names, e, toLower(type(r)) AS side, s, collect(DISTINCT q.text) AS words
RETURN c.statement AS claim, side AS stance, e.relation AS relation, e.certainty AS certainty, e.level AS level,
  s.design AS design, s.year AS year, s.id AS pmid, s.status AS status, words AS sentences, e.effect AS effect,
  names AS diseases, drugs > 1 AS combination, member AS via, s.studyKey AS study, c.id AS claim_id,
  e.id AS evidence_id
ORDER BY CASE WHEN status = 'retracted' THEN 2 WHEN stance = 'considers' THEN 1 ELSE 0 END,
  coalesce(level, 'Z'), coalesce(year, 0) DESC, claim, stance DESC, evidence_id
LIMIT $limit
