// question: Which rare diseases have an associated gene but no evidence on any therapy in this corpus?
// for: researcher, review author
// parameters:
//   within: disease = null - only this disease and its subtypes
//   minimum_reports: integer = 0 - only diseases that at least so many reports mention
//   limit: integer = 200 - most rows
// columns:
//   disease - the rare disease
//   genes - its curated genes
//   drugs_for_genes - drugs with a curated link to one of those genes: where to look next, no evidence
//   reports - reports that mention the disease
//   considered - claims on therapies that were only speculated about, planned, retracted or repeated as background
//   sources - where the link between gene and disease was curated
//   disease_id - id of the disease
// cost: medium
OPTIONAL MATCH (c:Claim)-[:ABOUT_DISEASE]->(y:Disease)
WHERE c.kind IN ['predictive', 'efficacy'] AND c.studyCount + c.synthesisCount > 0
WITH DISTINCT y
OPTIONAL MATCH (y)-[:WITHIN]->(a:Disease)
WITH collect(DISTINCT a.id) AS treated
OPTIONAL MATCH (sub:Disease)-[:WITHIN]->(:Disease {id: $within})
WITH treated, collect(DISTINCT sub.id) AS chosen
MATCH (x:Disease)
WHERE x.rare AND NOT x.id IN treated AND ($within IS NULL OR x.id IN chosen)
MATCH (g:Gene)-[p:ASSOCIATED_WITH]->(x)
WITH x, g, p
ORDER BY g.symbol, g.id
UNWIND CASE WHEN size(p.sources) = 0 THEN [null] ELSE p.sources END AS line
WITH x, collect(DISTINCT g.symbol) AS symbols, collect(DISTINCT line) AS lines
OPTIONAL MATCH (s:Study)-[:MENTIONS]->(x)
WITH x, symbols, lines, count(DISTINCT s.id) AS papers
WHERE papers >= $minimum_reports
OPTIONAL MATCH (o:Claim)-[:ABOUT_DISEASE]->(x)
WHERE o.kind IN ['predictive', 'efficacy']
WITH x, symbols, lines, papers, count(DISTINCT o.id) AS weak
ORDER BY papers DESC, x.id
LIMIT $limit
MATCH (h:Gene)-[:ASSOCIATED_WITH]->(x)
OPTIONAL MATCH (d:Drug)-[:TARGETS]->(h)
WHERE d.therapy
WITH x, symbols, lines, papers, weak, d
ORDER BY d.name, d.id
WITH x, symbols, lines, papers, weak, collect(DISTINCT d.name) AS names
RETURN x.name AS disease, symbols AS genes, names AS drugs_for_genes, papers AS reports, weak AS considered,
  lines AS sources, x.id AS disease_id
ORDER BY reports DESC, disease_id
LIMIT $limit
