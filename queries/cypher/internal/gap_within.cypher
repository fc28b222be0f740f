// question: Which of these diseases are subtypes of which others among them?
// for: review author
// parameters:
//   ids: disease list - the diseases
//   limit: integer = 100000 - most rows
// columns:
//   general_id - the wider disease
//   special_id - its subtype
// cost: light
MATCH (x:Disease)
WHERE x.id IN $ids
MATCH (x)-[:WITHIN]->(y:Disease)
WHERE y.id IN $ids AND y.id <> x.id
RETURN y.id AS general_id, x.id AS special_id
ORDER BY general_id, special_id
LIMIT $limit
