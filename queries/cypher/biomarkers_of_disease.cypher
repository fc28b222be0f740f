// question: Which genes and variants are reported to foretell, reveal or predispose to a disease?
// for: researcher
// parameters:
//   disease: disease - the disease; its subtypes are included
//   kind: string = null - only prognostic, diagnostic or predisposing
//   limit: integer = 200 - most rows
// columns:
//   claim - the claim in words
//   kind - prognostic, diagnostic or predisposing
//   relation - what is reported
//   genes - genes of the claim
//   variants - variants of the claim
//   best_level - best suggested level of its support
//   supporting - primary studies for it
//   contradicting - primary studies against it
//   opposing - primary studies for a claim that excludes it
//   conflict - conflict index, null below two studies
//   last_year - newest evidence
//   claim_id - id of the claim
// cost: light
MATCH (t:Disease {id: $disease})
MATCH (x:Disease)-[:WITHIN]->(t)
MATCH (c:Claim)-[:ABOUT_DISEASE]->(x)
WHERE c.kind IN ['prognostic', 'diagnostic', 'predisposing'] AND ($kind IS NULL OR c.kind = $kind)
  AND c.studyCount + c.synthesisCount > 0
OPTIONAL MATCH (c)-[:ABOUT_GENE]->(g:Gene)
WITH c, g
ORDER BY g.id
WITH c, collect(DISTINCT coalesce(g.symbol, g.name)) AS symbols
OPTIONAL MATCH (c)-[:ABOUT_VARIANT]->(v:Variant)
WITH c, symbols, v
ORDER BY v.id
WITH c, symbols, collect(DISTINCT v.name) AS forms
RETURN c.statement AS claim, c.kind AS kind, c.relation AS relation, symbols AS genes, forms AS variants,
  c.bestLevel AS best_level, c.supportCount AS supporting, c.contradictCount AS contradicting,
  c.opposedCount AS opposing, c.conflictIndex AS conflict, c.lastYear AS last_year, c.id AS claim_id
ORDER BY supporting DESC, coalesce(best_level, 'Z'), claim, claim_id
LIMIT $limit
