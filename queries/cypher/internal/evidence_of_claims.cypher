// question: Which evidence bears on these claims, from which studies and in which words?
// for: review author
// parameters:
//   claims: string list - ids of claims
//   search: string = null - only studies that this saved search found (its id)
//   limit: integer = 1000000 - most rows
// columns:
//   claim_id - id of the claim
//   kind - kind of the claim
//   claim_relation - positive relation of the claim
//   claim - the claim in words
//   drugs - how many drugs are given together
//   opposes - ids of the claims it excludes
//   side - SUPPORTS, CONTRADICTS or CONSIDERS
//   relation - relation as the study states it
//   polarity - as the study states it
//   certainty - asserted, speculative, aim, background
//   subject - who or what was studied
//   level - suggested level
//   level_trace - how the level was reached
//   confidence - 0 to 1
//   effect - the effect as stated
//   comparators - what the therapy was compared with
//   sentences - the words, in text order
//   study_id - the report
//   study_key - what counts as one study
//   title - title of the report
//   journal - its journal
//   year - year of publication
//   design - study design
//   status - state of the study
//   url - the record in PubMed
//   evidence_id - id of the evidence
// cost: light
MATCH (c:Claim)
WHERE c.id IN $claims
OPTIONAL MATCH (c)-[:OPPOSES]-(o:Claim)
WITH c, o
ORDER BY o.id
WITH c, collect(DISTINCT o.id) AS rivals
OPTIONAL MATCH (c)-[:ABOUT_DRUG]->(d:Drug)
WITH c, rivals, count(DISTINCT d.id) AS members
MATCH (e:Evidence)-[r:SUPPORTS|CONTRADICTS|CONSIDERS]->(c)
MATCH (e)-[:REPORTED_IN]->(s:Study)
WHERE $search IS NULL OR EXISTS { MATCH (:Search {id: $search})-[:FOUND]->(s) }
OPTIONAL MATCH (e)-[:QUOTES]->(q:Sentence)
WITH c, rivals, members, e, type(r) AS stance, s, q
ORDER BY q.position
WITH c, rivals, members, e, stance, s, collect(DISTINCT q.text) AS words
RETURN c.id AS claim_id, c.kind AS kind, c.relation AS claim_relation, c.statement AS claim, members AS drugs,
  rivals AS opposes, stance AS side, e.relation AS relation, e.polarity AS polarity, e.certainty AS certainty,
  e.subject AS subject, e.level AS level, e.levelTrace AS level_trace, e.confidence AS confidence, e.effect AS effect,
  e.comparators AS comparators, words AS sentences, s.id AS study_id, s.studyKey AS study_key, s.title AS title,
  s.journal AS journal, s.year AS year, s.design AS design, s.status AS status, s.url AS url, e.id AS evidence_id
ORDER BY claim_id, coalesce(level, 'Z'), coalesce(year, 0) DESC, evidence_id
LIMIT $limit
