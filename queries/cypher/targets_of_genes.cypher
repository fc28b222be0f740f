// question: Which drugs target a set of genes, in which cancers has each been studied, and with which best level of evidence?
// for: researcher
// parameters:
//   genes: gene list - the genes, for example master regulators of your own
//   neoplasms_only: boolean = true - only cancers; false shows every disease
//   therapies_only: boolean = true - only drugs that are therapies; false shows every substance with a curated target
//   limit: integer = 2000 - most rows
// columns:
//   gene - symbol
//   drug - a drug with a curated link to the gene
//   actions - what the drug does to the gene product
//   disease - a cancer with studies for or against the drug, null when there is none
//   best_level - best suggested level of evidence for benefit or sensitivity, syntheses included
//   studies - primary studies for or against benefit or sensitivity
//   supporting - primary studies for it
//   combined - of the primary studies, those that gave the drug together with others
//   reports - reports behind those studies
//   synthesis - reviews, meta-analyses and guidelines on it
//   last_year - newest primary study
//   sources - where the link between drug and gene was curated
//   gene_id - id of the gene
//   drug_id - id of the drug
//   disease_id - id of the disease
// cost: medium
MATCH (g:Gene)
WHERE g.id IN $genes
MATCH (d:Drug)-[t:TARGETS]->(g)
WHERE d.therapy OR NOT $therapies_only
OPTIONAL MATCH (c:Claim)-[:ABOUT_DRUG]->(d)
WHERE c.relation IN ['benefit', 'sensitivity']
OPTIONAL MATCH (c)-[:ABOUT_DISEASE]->(x:Disease)
WHERE x.neoplasm OR NOT $neoplasms_only
WITH g, d, t, x, CASE WHEN x IS NULL THEN null ELSE c END AS c
OPTIONAL MATCH (c)-[:ABOUT_DRUG]->(o:Drug)
WITH g, d, t, x, c, count(DISTINCT o.id) > 1 AS joint
OPTIONAL MATCH (e:Evidence)-[r:SUPPORTS|CONTRADICTS]->(c)
OPTIONAL MATCH (e)-[:REPORTED_IN]->(s:Study)
WHERE s.status <> 'retracted'
WITH g, d, t, x, e, s, joint, type(r) AS side,
  s.design IN ['meta-analysis', 'systematic review', 'review', 'guideline'] AS pooled,
  NOT s.design IN ['meta-analysis', 'systematic review', 'review', 'guideline', 'protocol', 'editorial', 'notice'] AS primary
WITH g, d, t, x,
  min(CASE WHEN s IS NOT NULL AND side = 'SUPPORTS' THEN e.level END) AS best,
  count(DISTINCT CASE WHEN primary THEN s.studyKey END) AS counted,
  count(DISTINCT CASE WHEN primary AND side = 'SUPPORTS' THEN s.studyKey END) AS favourable,
  count(DISTINCT CASE WHEN primary AND joint THEN s.studyKey END) AS together,
  count(DISTINCT CASE WHEN primary THEN s.id END) AS papers,
  count(DISTINCT CASE WHEN pooled THEN s.studyKey END) AS overviews,
  max(CASE WHEN primary THEN s.year END) AS newest
WITH g, d, t, collect({x: x, best: best, counted: counted, favourable: favourable, together: together, papers: papers, overviews: overviews,
  newest: newest}) AS found
WITH g, d, t, [f IN found WHERE f.counted + f.overviews > 0] AS kept
UNWIND CASE WHEN size(kept) = 0 THEN [null] ELSE kept END AS f
RETURN g.symbol AS gene, d.name AS drug, t.actions AS actions, f.x.name AS disease, f.best AS best_level,
  coalesce(f.counted, 0) AS studies, coalesce(f.favourable, 0) AS supporting, coalesce(f.together, 0) AS combined, coalesce(f.papers, 0) AS reports,
  coalesce(f.overviews, 0) AS synthesis, f.newest AS last_year, t.sources AS sources, g.id AS gene_id,
  d.id AS drug_id, f.x.id AS disease_id
ORDER BY gene, studies DESC, coalesce(best_level, 'Z'), drug, gene_id, drug_id, disease_id
LIMIT $limit
