// question: Which challenges stand in the way of which therapies and tests, by class and year?
// for: researcher, review author
// parameters:
//   families: string list = ["economic", "delivery", "technical", "societal"] - families of challenges; "clinical" is the fifth
//   about: string = null - only "therapy" or only "test"
//   first_year: integer = null - only reports from this year on
//   last_year: integer = null - only reports up to this year
//   limit: integer = 1000 - most rows
// columns:
//   challenge - class of the challenge
//   family - family of the class
//   about - therapy or test
//   name - the therapy or test
//   year - year of publication, null when the record has none
//   barrier - studies that state it as existing
//   overcome - studies that say it is reduced or solved
//   absent - studies that looked for it and did not find it
//   reports - reports behind all three
//   reviews - of those, reviews, meta-analyses and guidelines
//   pmids - the reports
//   challenge_id - id of the class
//   about_id - id of the therapy or test
// cost: medium
MATCH (h:Challenge)
WHERE h.family IN $families
MATCH (c:Claim)-[:ABOUT_CHALLENGE]->(h)
MATCH (c)-[:ABOUT_DRUG|ABOUT_TEST]->(x)
WITH h, c, x, CASE WHEN 'Test' IN labels(x) THEN 'test' ELSE 'therapy' END AS sort
WHERE $about IS NULL OR sort = $about
MATCH (e:Evidence)-[:SUPPORTS|CONTRADICTS|CONSIDERS]->(c)
MATCH (e)-[:REPORTED_IN]->(s:Study)
WHERE s.status <> 'retracted' AND ($first_year IS NULL OR s.year >= $first_year)
  AND ($last_year IS NULL OR s.year <= $last_year)
WITH h, x, sort, e, s
ORDER BY s.id
WITH h, x, sort, s.year AS printed,
  count(DISTINCT CASE WHEN e.polarity = 'barrier' THEN s.studyKey END) AS stated,
  count(DISTINCT CASE WHEN e.polarity = 'overcome' THEN s.studyKey END) AS solved,
  count(DISTINCT CASE WHEN e.polarity = 'absent' THEN s.studyKey END) AS missing,
  count(DISTINCT s.id) AS papers,
  count(DISTINCT CASE WHEN s.design IN ['meta-analysis', 'systematic review', 'review', 'guideline'] THEN s.id END) AS pooled,
  collect(DISTINCT s.id) AS sources
RETURN h.name AS challenge, h.family AS family, sort AS about, x.name AS name, printed AS year, stated AS barrier,
  solved AS overcome, missing AS absent, papers AS reports, pooled AS reviews, sources AS pmids, h.id AS challenge_id,
  x.id AS about_id
ORDER BY challenge_id, coalesce(year, 0) DESC, reports DESC, about_id
LIMIT $limit
