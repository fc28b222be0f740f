// question: Which claims have evidence from studies that were retracted, replaced or put under concern?
// for: review author, analyst
// parameters:
//   states: string list = ["retracted", "concern"] - states of a study to look for
//   limit: integer = 200 - most rows
// columns:
//   claim - the claim in words
//   pmid - the report
//   status - its state
//   since - date of the state, where known
//   notice - PMID of the notice
//   stance - supports or contradicts
//   relation - relation as the study states it
//   remaining_support - primary studies that still support the claim
//   sentences - the words of the evidence
//   claim_id - id of the claim
//   evidence_id - id of the evidence
// cost: light
MATCH (s:Study)
WHERE s.status IN $states
MATCH (e:Evidence)-[:REPORTED_IN]->(s)
MATCH (e)-[r:SUPPORTS|CONTRADICTS]->(c:Claim)
OPTIONAL MATCH (e)-[:QUOTES]->(q:Sentence)
WITH s, e, toLower(type(r)) AS side, c, q
ORDER BY q.position
WITH s, e, side, c, collect(DISTINCT q.text) AS words
RETURN c.statement AS claim, s.id AS pmid, s.status AS status, s.statusDate AS since, s.noticePmid AS notice,
  side AS stance, e.relation AS relation, c.supportCount AS remaining_support, words AS sentences, c.id AS claim_id,
  e.id AS evidence_id
ORDER BY status DESC, claim, pmid, evidence_id
LIMIT $limit
