// question: With a gene or one of its variants, which therapies had which outcome in which disease, by study design and year?
// for: researcher, review author
// parameters:
//   gene: gene - the gene
//   variant: string = null - only this variant: its id (TGV:HGNC:3236:p.T790M) or its name (EGFR T790M)
//   limit: integer = 500 - most rows
// columns:
//   variants - variants of the claim, empty when only the gene is named
//   therapy - drugs, those given together joined by +
//   disease - disease of the claim, null when none is named
//   outcome - relation as the studies state it
//   polarity - does_not_support where the outcome was looked for and denied
//   design - study design
//   year - year of publication
//   studies - studies that say so
//   reports - reports behind them
//   best_level - best suggested level among them
//   pmids - the reports
//   claim - the claim in words
//   claim_id - id of the claim
// cost: light
MATCH (g:Gene {id: $gene})
MATCH (c:Claim)-[:ABOUT_GENE|ABOUT_VARIANT|VARIANT_OF*1..2]->(g)
WHERE c.kind IN ['predictive', 'efficacy']
WITH DISTINCT c
WHERE $variant IS NULL
  OR EXISTS { MATCH (c)-[:ABOUT_VARIANT]->(w:Variant) WHERE w.id = $variant OR toLower(w.name) = toLower($variant) }
OPTIONAL MATCH (c)-[:ABOUT_VARIANT]->(v:Variant)
WITH c, v
ORDER BY v.id
WITH c, collect(DISTINCT v.name) AS forms
MATCH (c)-[:ABOUT_DRUG]->(d:Drug)
WITH c, forms, d
ORDER BY d.name, d.id
WITH c, forms, collect(DISTINCT d.name) AS drugs
OPTIONAL MATCH (c)-[:ABOUT_DISEASE]->(x:Disease)
WITH c, forms, drugs, min(x.name) AS where_seen
MATCH (e:Evidence)-[:SUPPORTS|CONTRADICTS]->(c)
MATCH (e)-[:REPORTED_IN]->(s:Study)
WHERE s.status <> 'retracted'
WITH c, forms, drugs, where_seen, e, s
ORDER BY s.id
WITH c, forms, drugs, where_seen, e.relation AS said, e.polarity AS sign, s.design AS kind, s.year AS printed,
  count(DISTINCT s.studyKey) AS trials, count(DISTINCT s.id) AS papers, min(e.level) AS best, collect(DISTINCT s.id) AS sources
RETURN forms AS variants, reduce(joined = drugs[0], name IN drugs[1..] | joined + ' + ' + name) AS therapy,
  where_seen AS disease, said AS outcome, sign AS polarity, kind AS design, printed AS year, trials AS studies,
  papers AS reports, best AS best_level, sources AS pmids, c.statement AS claim, c.id AS claim_id
ORDER BY therapy, coalesce(disease, ''), outcome, coalesce(year, 0) DESC, design, polarity, claim_id
LIMIT $limit
