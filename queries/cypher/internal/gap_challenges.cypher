// question: Which classes of challenges are there?
// for: review author
// parameters:
//   families: string list - families of challenges
//   limit: integer = 100 - most rows
// columns:
//   item_id - id of the class
// cost: light
MATCH (h:Challenge)
WHERE h.family IN $families
RETURN h.id AS item_id
ORDER BY item_id
LIMIT $limit
