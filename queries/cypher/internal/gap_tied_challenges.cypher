// question: Which reports tie these challenges to a therapy or a test?
// for: review author
// parameters:
//   ids: challenge list - the challenges
//   limit: integer = 100 - most rows
// columns:
//   item_id - the challenge
//   study_ids - reports
// cost: heavy
MATCH (k:Challenge)
WHERE k.id IN $ids
MATCH (c:Claim)-[:ABOUT_CHALLENGE]->(k)
WHERE EXISTS { MATCH (c)-[:ABOUT_DRUG|ABOUT_TEST]->() }
MATCH (e:Evidence)-[:SUPPORTS|CONTRADICTS|CONSIDERS]->(c)
MATCH (e)-[:REPORTED_IN]->(s:Study)
WITH DISTINCT k, s
ORDER BY s.id
WITH k, collect(s.id) AS papers
RETURN k.id AS item_id, papers AS study_ids
ORDER BY item_id
LIMIT $limit
