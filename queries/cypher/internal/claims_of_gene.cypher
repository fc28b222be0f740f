// question: Which claims are about a gene or its variants?
// for: review author
// parameters:
//   gene: gene - the gene; its variants are included
//   limit: integer = 100000 - most rows
// columns:
//   claim_id - id of the claim
// cost: light
MATCH (g:Gene {id: $gene})
MATCH (c:Claim)-[:ABOUT_GENE|ABOUT_VARIANT|VARIANT_OF*1..2]->(g)
WITH DISTINCT c
RETURN c.id AS claim_id
ORDER BY claim_id
LIMIT $limit
