// question: Which of these genes are targeted by drugs, but by none with clinical evidence (levels A to C) for benefit or sensitivity?
// for: researcher
// parameters:
//   genes: gene list - the genes
//   limit: integer = 2000 - most rows
// columns:
//   gene - symbol
//   drugs - drugs that target it
//   best_level - best level any of them reaches: D, E, or null when nothing supports any of them
//   studies - reports with such preclinical support
//   gene_id - id of the gene
// cost: medium
MATCH (g:Gene)
WHERE g.id IN $genes
MATCH (d:Drug)-[:TARGETS]->(g)
OPTIONAL MATCH (c:Claim)-[:ABOUT_DRUG]->(d)
WHERE c.relation IN ['benefit', 'sensitivity']
OPTIONAL MATCH (e:Evidence)-[:SUPPORTS]->(c)
OPTIONAL MATCH (e)-[:REPORTED_IN]->(s:Study)
WHERE s.status <> 'retracted'
WITH g, d, CASE WHEN s IS NULL THEN null ELSE e.level END AS step, s.id AS paper
ORDER BY d.name, d.id
WITH g, collect(DISTINCT d.name) AS names, min(step) AS best, count(DISTINCT CASE WHEN step IS NOT NULL THEN paper END) AS papers
WHERE best IS NULL OR NOT best IN ['A', 'B', 'C']
RETURN g.symbol AS gene, names AS drugs, best AS best_level, papers AS studies, g.id AS gene_id
ORDER BY gene, gene_id
LIMIT $limit
