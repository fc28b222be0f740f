// question: What is reported to make a therapy fail: resistance and reduced sensitivity, by gene, variant and disease?
// for: researcher, review author
// parameters:
//   therapy: therapy - a drug, or a class, which then includes its members
//   disease: disease = null - only in this disease or its subtypes
//   limit: integer = 200 - most rows
// columns:
//   claim - the claim in words
//   genes - genes of the claim
//   variants - variants of the claim
//   best_level - best suggested level of its support
//   supporting - primary studies for it
//   contradicting - primary studies against it
//   opposing - primary studies for a claim that excludes it
//   conflict - conflict index, null below two studies
//   synthesis - reviews, meta-analyses and guidelines on it
//   last_year - newest evidence
//   pmids - reports with counted or synthesised support
//   claim_id - id of the claim
// cost: light
MATCH (t:Drug {id: $therapy})
MATCH (d:Drug)-[:WITHIN]->(t)
MATCH (c:Claim)-[:ABOUT_DRUG]->(d)
WHERE c.kind = 'predictive' AND c.relation IN ['resistance', 'reduced_sensitivity']
WITH DISTINCT c
WHERE $disease IS NULL
  OR EXISTS { MATCH (c)-[:ABOUT_DISEASE]->(:Disease)-[:WITHIN]->(:Disease {id: $disease}) }
OPTIONAL MATCH (c)-[:ABOUT_GENE]->(g:Gene)
WITH c, g
ORDER BY g.id
WITH c, collect(DISTINCT coalesce(g.symbol, g.name)) AS symbols
OPTIONAL MATCH (c)-[:ABOUT_VARIANT]->(v:Variant)
WITH c, symbols, v
ORDER BY v.id
WITH c, symbols, collect(DISTINCT v.name) AS forms
MATCH (e:Evidence)-[:SUPPORTS]->(c)
MATCH (e)-[:REPORTED_IN]->(s:Study)
WHERE s.status <> 'retracted'
WITH c, symbols, forms, s
ORDER BY s.id
WITH c, symbols, forms, collect(DISTINCT s.id) AS sources
RETURN c.statement AS claim, symbols AS genes, forms AS variants, c.bestLevel AS best_level,
  c.supportCount AS supporting, c.contradictCount AS contradicting, c.opposedCount AS opposing,
  c.conflictIndex AS conflict, c.synthesisCount AS synthesis, c.lastYear AS last_year, sources AS pmids, c.id AS claim_id
ORDER BY coalesce(best_level, 'Z'), supporting DESC, claim, claim_id
LIMIT $limit
