// question: What are these diseases called?
// for: review author
// parameters:
//   ids: disease list - the ids
//   limit: integer = 100000 - most rows
// columns:
//   item_id - the id
//   name - preferred name, the symbol of a gene
// cost: light
MATCH (t:Disease)
WHERE t.id IN $ids
RETURN t.id AS item_id, t.name AS name
ORDER BY item_id
LIMIT $limit
