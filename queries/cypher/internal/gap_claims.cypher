// question: Who takes part in these claims, and which claims do they exclude?
// for: review author
// parameters:
//   claims: string list - ids of claims
//   limit: integer = 1000000 - most rows
// columns:
//   claim_id - id of the claim
//   kind - kind of the claim
//   relation - positive relation of the claim
//   drugs - ids of the drugs given together
//   others - ids of genes and diseases
//   variants - ids of the variants
//   opposes - ids of the claims it excludes
// cost: medium
MATCH (c:Claim)
WHERE c.id IN $claims
OPTIONAL MATCH (c)-[:ABOUT_DRUG]->(d:Drug)
WITH c, d
ORDER BY d.id
WITH c, collect(DISTINCT d.id) AS medicines
OPTIONAL MATCH (c)-[:ABOUT_GENE|ABOUT_DISEASE]->(x)
WITH c, medicines, x
ORDER BY x.id
WITH c, medicines, collect(DISTINCT x.id) AS rest
OPTIONAL MATCH (c)-[:ABOUT_VARIANT]->(v:Variant)
WITH c, medicines, rest, v
ORDER BY v.id
WITH c, medicines, rest, collect(DISTINCT v.id) AS forms
OPTIONAL MATCH (c)-[:OPPOSES]-(o:Claim)
WITH c, medicines, rest, forms, o
ORDER BY o.id
WITH c, medicines, rest, forms, collect(DISTINCT o.id) AS rivals
RETURN c.id AS claim_id, c.kind AS kind, c.relation AS relation, medicines AS drugs, rest AS others,
  forms AS variants, rivals AS opposes
ORDER BY claim_id
LIMIT $limit
