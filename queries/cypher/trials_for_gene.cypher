// question: Which clinical trials speak of a gene or its variants, and what did they report?
// for: researcher, review author
// parameters:
//   gene: gene - the gene
//   limit: integer = 200 - most rows
// columns:
//   pmid - the report
//   title - its title
//   year - year of publication
//   design - study design
//   phase - trial phase
//   patients - sample size, where stated
//   trial_ids - registry ids
//   in_title - the title names the gene or variant
//   claims - claims on the gene that its evidence supports or contradicts, empty when it only mentions the gene
//   status - state of the study
//   study_id - id of the report
// cost: light
MATCH (g:Gene {id: $gene})
MATCH (s:Study)-[:MENTIONS|VARIANT_OF*1..2]->(g)
WHERE s.design IN ['randomised trial', 'single-arm trial', 'protocol'] OR s.phase IS NOT NULL
WITH DISTINCT g, s
OPTIONAL MATCH (s)-[m:MENTIONS]->(n)
WHERE n.id = g.id OR EXISTS { MATCH (n)-[:VARIANT_OF]->(g) }
WITH g, s, max(CASE WHEN m.inTitle THEN 1 ELSE 0 END) AS headline
OPTIONAL MATCH (e:Evidence)-[:REPORTED_IN]->(s)
OPTIONAL MATCH (e)-[:SUPPORTS|CONTRADICTS]->(c:Claim)
WHERE EXISTS { MATCH (c)-[:ABOUT_GENE|ABOUT_VARIANT|VARIANT_OF*1..2]->(g) }
WITH s, headline, c
ORDER BY c.statement, c.id
WITH s, headline, collect(DISTINCT c.statement) AS words
RETURN s.id AS pmid, s.title AS title, s.year AS year, s.design AS design, s.phase AS phase, s.sampleSize AS patients,
  s.trialIds AS trial_ids, headline = 1 AS in_title, words AS claims, s.status AS status, s.id AS study_id
ORDER BY in_title DESC, coalesce(year, 0) DESC, study_id
LIMIT $limit
