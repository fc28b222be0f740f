// question: Which diseases are mentioned most?
// for: review author
// parameters:
//   search: string = null - only reports that this saved search found (its id)
//   limit: integer = 25 - most rows
// columns:
//   item_id - the id
//   reports - reports that mention it
// cost: heavy
MATCH (t:Disease)
WHERE t.neoplasm OR t.rare
MATCH (s:Study)-[:MENTIONS]->(t)
WHERE ($search IS NULL OR EXISTS { MATCH (:Search {id: $search})-[:FOUND]->(s) })
RETURN t.id AS item_id, count(DISTINCT s.id) AS reports
ORDER BY reports DESC, item_id
LIMIT $limit
