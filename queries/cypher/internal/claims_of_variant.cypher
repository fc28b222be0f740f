// question: Which claims are about a variant?
// for: review author
// parameters:
//   variant: string - the variant, by id or name
//   limit: integer = 100000 - most rows
// columns:
//   claim_id - id of the claim
// cost: light
MATCH (v:Variant)
WHERE v.id = $variant OR toLower(v.name) = toLower($variant)
MATCH (c:Claim)-[:ABOUT_VARIANT]->(v)
WITH DISTINCT c
RETURN c.id AS claim_id
ORDER BY claim_id
LIMIT $limit
