// question: Which studies raise a challenge without naming a therapy or test it is about?
// for: review author
// parameters:
//   families: string list = ["economic", "delivery", "technical", "societal"] - families of challenges; "clinical" is the fifth
//   limit: integer = 100 - most rows
// columns:
//   challenge - class of the challenge
//   family - family of the class
//   studies - studies that raise it with no therapy or test named
//   reports - reports behind them
//   pmids - the reports
//   challenge_id - id of the class
// cost: medium
MATCH (h:Challenge)
WHERE h.family IN $families
MATCH (s:Study)-[:RAISES]->(h)
WHERE s.status <> 'retracted'
OPTIONAL MATCH (s)<-[:REPORTED_IN]-(e:Evidence)-[:SUPPORTS|CONTRADICTS|CONSIDERS]->(c:Claim)-[:ABOUT_CHALLENGE]->(h)
OPTIONAL MATCH (c)-[:ABOUT_DRUG|ABOUT_TEST]->(x)
WITH h, s, count(DISTINCT x.id) AS named
WHERE named = 0
WITH h, s
ORDER BY s.id
WITH h, count(DISTINCT s.studyKey) AS trials, count(DISTINCT s.id) AS papers, collect(DISTINCT s.id) AS sources
RETURN h.name AS challenge, h.family AS family, trials AS studies, papers AS reports, sources AS pmids,
  h.id AS challenge_id
ORDER BY studies DESC, challenge_id
LIMIT $limit
