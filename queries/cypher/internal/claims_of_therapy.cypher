// question: Which claims are about a therapy, or the members of a class?
// for: review author
// parameters:
//   therapy: therapy - the therapy; a class includes its members
//   limit: integer = 100000 - most rows
// columns:
//   claim_id - id of the claim
// cost: light
MATCH (t:Drug {id: $therapy})
MATCH (d:Drug)-[:WITHIN]->(t)
MATCH (c:Claim)-[:ABOUT_DRUG]->(d)
WITH DISTINCT c
RETURN c.id AS claim_id
ORDER BY claim_id
LIMIT $limit
