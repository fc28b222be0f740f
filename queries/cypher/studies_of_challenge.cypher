// question: Which studies raise a challenge, about what, and in which words?
// for: review author, researcher
// parameters:
//   challenge: challenge - class of the challenge, for example cost
//   therapy: therapy = null - only about this therapy
//   test: test = null - only about this test
//   limit: integer = 300 - most rows
// columns:
//   pmid - the report
//   title - its title
//   year - year of publication
//   design - study design
//   about - therapies, tests, genes and diseases the challenge is tied to, empty when none is named
//   barrier - sentences that state it as existing
//   overcome - sentences that say it is reduced or solved
//   absent - sentences that looked for it and did not find it
//   sentences - the words, where the challenge is tied to something
//   status - state of the study
//   study_id - id of the report
// cost: light
MATCH (h:Challenge {id: $challenge})
MATCH (s:Study)-[r:RAISES]->(h)
OPTIONAL MATCH (s)<-[:REPORTED_IN]-(e:Evidence)-[:SUPPORTS|CONTRADICTS|CONSIDERS]->(c:Claim)-[:ABOUT_CHALLENGE]->(h)
OPTIONAL MATCH (c)-[:ABOUT_DRUG|ABOUT_TEST|ABOUT_GENE|ABOUT_VARIANT|ABOUT_DISEASE]->(x)
WITH h, s, r, e, x
ORDER BY x.id
WITH h, s, r, collect(DISTINCT e) AS pieces, collect(DISTINCT x.name) AS names, collect(DISTINCT x.id) AS ids
WHERE ($therapy IS NULL OR $therapy IN ids) AND ($test IS NULL OR $test IN ids)
UNWIND CASE WHEN size(pieces) = 0 THEN [null] ELSE pieces END AS e
OPTIONAL MATCH (e)-[:QUOTES]->(q:Sentence)
WITH s, r, names, q
ORDER BY q.position
WITH s, r, names, collect(DISTINCT q.text) AS words
RETURN s.id AS pmid, s.title AS title, s.year AS year, s.design AS design, names AS about, r.barrier AS barrier,
  r.overcome AS overcome, r.absent AS absent, words AS sentences, s.status AS status, s.id AS study_id
ORDER BY coalesce(year, 0) DESC, study_id
LIMIT $limit
