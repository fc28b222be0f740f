// question: What did we read in one report, and from which sentences?
// for: review author, researcher, analyst
// parameters:
//   pmid: string - the report, as PMID:34093647
//   limit: integer = 200 - most rows
// columns:
//   claim - the claim in words
//   stance - supports, contradicts or considers
//   relation - relation as the study states it
//   certainty - asserted, speculative, aim, background
//   subject - who or what was studied
//   level - suggested level of evidence
//   level_trace - how the level was reached
//   confidence - 0 to 1
//   effect - the effect as stated
//   sentences - the words it was read from
//   title - title of the report
//   status - state of the study
//   claim_id - id of the claim
//   evidence_id - id of the evidence
// cost: light
MATCH (s:Study {id: $pmid})
MATCH (e:Evidence)-[:REPORTED_IN]->(s)
MATCH (e)-[r:SUPPORTS|CONTRADICTS|CONSIDERS]->(c:Claim)
OPTIONAL MATCH (e)-[:QUOTES]->(q:Sentence)
WITH s, e, toLower(type(r)) AS side, c, q
ORDER BY q.position
WITH s, e, side, c, collect(DISTINCT q.text) AS words
RETURN c.statement AS claim, side AS stance, e.relation AS relation, e.certainty AS certainty, e.subject AS subject,
  e.level AS level, e.levelTrace AS level_trace, e.confidence AS confidence, e.effect AS effect, words AS sentences,
  s.title AS title, s.status AS status, c.id AS claim_id, e.id AS evidence_id
ORDER BY stance DESC, claim, evidence_id
LIMIT $limit
