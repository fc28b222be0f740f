// question: Which evidence joins these therapies or classes with these genes?
// for: review author
// parameters:
//   rows: therapy list - the rows
//   columns: gene list - the columns
//   search: string = null - only reports that this saved search found (its id)
//   designs: string list = null - only these study designs
//   limit: integer = 2000000 - most rows
// columns:
//   row_id - id of the row
//   column_id - id of the column
//   claim_id - id of the claim
//   via - members of the row that the claim names
//   side - SUPPORTS, CONTRADICTS or CONSIDERS
//   polarity - as the study states it
//   level - suggested level
//   study_id - the report
//   study_key - what counts as one study
//   design - study design
//   year - year of publication
//   status - state of the study
//   evidence_id - id of the evidence
// cost: heavy
MATCH (t:Drug)
WHERE t.id IN $rows
MATCH (d:Drug)-[:WITHIN]->(t)
MATCH (c:Claim)-[:ABOUT_DRUG]->(d)
WHERE c.kind <> 'challenge'
WITH t, c, d
ORDER BY d.name, d.id
WITH t, c, collect(DISTINCT CASE WHEN d.id <> t.id THEN d.name END) AS members
MATCH (c)-[:ABOUT_GENE|ABOUT_VARIANT|VARIANT_OF*1..2]->(k:Gene)
WHERE k.id IN $columns
WITH DISTINCT t, c, members, k
MATCH (e:Evidence)-[r:SUPPORTS|CONTRADICTS|CONSIDERS]->(c)
MATCH (e)-[:REPORTED_IN]->(s:Study)
WHERE ($designs IS NULL OR s.design IN $designs)
  AND ($search IS NULL OR EXISTS { MATCH (:Search {id: $search})-[:FOUND]->(s) })
RETURN t.id AS row_id, k.id AS column_id, c.id AS claim_id, members AS via, type(r) AS side, e.polarity AS polarity,
  e.level AS level, s.id AS study_id, s.studyKey AS study_key, s.design AS design, s.year AS year, s.status AS status,
  e.id AS evidence_id
ORDER BY row_id, column_id, claim_id, evidence_id
LIMIT $limit
