// question: Which therapies or classes are studied most?
// for: review author
// parameters:
//   kind: string - substance or class
//   about: string = "finding" - finding or challenge
//   families: string list = null - only challenges of these families, where challenges are counted
//   search: string = null - only reports that this saved search found (its id)
//   limit: integer = 25 - most rows
// columns:
//   item_id - the id
//   studies - studies with evidence for or against, or with a challenge
// cost: heavy
MATCH (t:Drug)
WHERE t.therapy AND t.kind = $kind
MATCH (d:Drug)-[:WITHIN]->(t)
WHERE $kind = 'class' OR d.id = t.id
MATCH (c:Claim)-[:ABOUT_DRUG]->(d)
WHERE (c.kind = 'challenge') = ($about = 'challenge')
OPTIONAL MATCH (c)-[:ABOUT_CHALLENGE]->(h:Challenge)
WITH t, c, h
WHERE $families IS NULL OR h.family IN $families
MATCH (e:Evidence)-[:SUPPORTS|CONTRADICTS]->(c)
MATCH (e)-[:REPORTED_IN]->(s:Study)
WHERE s.status <> 'retracted'
  AND ($search IS NULL OR EXISTS { MATCH (:Search {id: $search})-[:FOUND]->(s) })
RETURN t.id AS item_id, count(DISTINCT s.studyKey) AS studies
ORDER BY studies DESC, item_id
LIMIT $limit
