// question: Which reports mention these genes or their variants?
// for: review author
// parameters:
//   ids: gene list - the rows or columns
//   search: string = null - only reports that this saved search found (its id)
//   designs: string list = null - only these study designs
//   limit: integer = 100000 - most rows
// columns:
//   item_id - the row or column
//   study_ids - reports
//   study_keys - what each of them counts as, in the same order
// cost: heavy
MATCH (t:Gene)
WHERE t.id IN $ids
MATCH (s:Study)-[:MENTIONS|VARIANT_OF*1..2]->(t)
WHERE ($designs IS NULL OR s.design IN $designs)
  AND ($search IS NULL OR EXISTS { MATCH (:Search {id: $search})-[:FOUND]->(s) })
WITH DISTINCT t, s
ORDER BY s.id
WITH t, collect(s.id) AS papers, collect(s.studyKey) AS keys
RETURN t.id AS item_id, papers AS study_ids, keys AS study_keys
ORDER BY item_id
LIMIT $limit
