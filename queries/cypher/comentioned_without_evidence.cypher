// question: With which diseases is a therapy mentioned in the same report although we hold no evidence on the pair?
// for: review author, researcher
// parameters:
//   therapy: therapy - a drug, or a class, which then includes its members
//   neoplasms_only: boolean = false - only cancers
//   limit: integer = 100 - most rows
// columns:
//   disease - the disease
//   studies - studies that mention both: perhaps our miss
//   reports - reports behind them
//   both_in_title - of those, reports whose title names both
//   pmids - the reports
//   disease_id - id of the disease
// cost: medium
MATCH (t:Drug {id: $therapy})
MATCH (d:Drug)-[:WITHIN]->(t)
OPTIONAL MATCH (c:Claim)-[:ABOUT_DRUG]->(d)
WITH DISTINCT t, c
OPTIONAL MATCH (c)-[:ABOUT_DISEASE]->(y:Disease)
WITH DISTINCT t, y
OPTIONAL MATCH (y)-[:WITHIN]->(a:Disease)
WITH t, collect(DISTINCT a.id) AS known
MATCH (m:Drug)-[:WITHIN]->(t)
MATCH (s:Study)-[named:MENTIONS]->(m)
MATCH (s)-[too:MENTIONS]->(x:Disease)
WHERE NOT x.id IN known AND (x.neoplasm OR NOT $neoplasms_only)
WITH x, s, max(CASE WHEN named.inTitle AND too.inTitle THEN 1 ELSE 0 END) AS both
WITH x, s, CASE WHEN both = 1 THEN s.id END AS titled
ORDER BY s.id
WITH x, count(DISTINCT s.studyKey) AS trials, count(DISTINCT s.id) AS papers, count(DISTINCT titled) AS titles,
  collect(DISTINCT s.id) AS sources
RETURN x.name AS disease, trials AS studies, papers AS reports, titles AS both_in_title, sources AS pmids,
  x.id AS disease_id
ORDER BY both_in_title DESC, studies DESC, disease_id
LIMIT $limit
