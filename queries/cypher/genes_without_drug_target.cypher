// question: For which of these genes is no drug-target link known to us, and which sources were asked?
// for: researcher
// parameters:
//   genes: gene list - the genes
//   limit: integer = 2000 - most rows
// columns:
//   gene - symbol, null when the graph holds nothing about the gene
//   links - curated drug-target links known to us, always 0
//   mentioned_in - reports that mention the gene
//   sources_asked - every source of drug-target links in this graph
//   gene_id - id of the gene
// cost: medium
OPTIONAL MATCH (:Drug)-[t:TARGETS]->(:Gene)
UNWIND CASE WHEN t IS NULL THEN [null] ELSE t.sources END AS line
WITH CASE WHEN line IS NULL THEN null ELSE split(line, ' PMID:')[0] END AS origin
WITH DISTINCT origin
ORDER BY origin
WITH collect(origin) AS origins
UNWIND $genes AS wanted
OPTIONAL MATCH (g:Gene {id: wanted})
OPTIONAL MATCH (d:Drug)-[:TARGETS]->(g)
WITH origins, wanted, g, count(DISTINCT d.id) AS known
WHERE known = 0
OPTIONAL MATCH (s:Study)-[:MENTIONS]->(g)
WITH origins, wanted, g, known, count(DISTINCT s.id) AS papers
RETURN g.symbol AS gene, known AS links, papers AS mentioned_in, origins AS sources_asked, wanted AS gene_id
ORDER BY gene_id
LIMIT $limit
