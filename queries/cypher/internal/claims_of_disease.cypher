// question: Which claims are about a disease and its subtypes?
// for: review author
// parameters:
//   disease: disease - the disease; its subtypes are included
//   limit: integer = 100000 - most rows
// columns:
//   claim_id - id of the claim
// cost: light
MATCH (t:Disease {id: $disease})
MATCH (x:Disease)-[:WITHIN]->(t)
MATCH (c:Claim)-[:ABOUT_DISEASE]->(x)
WITH DISTINCT c
RETURN c.id AS claim_id
ORDER BY claim_id
LIMIT $limit
