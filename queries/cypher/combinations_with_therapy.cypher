// question: With which other therapies was a therapy given together, and what was reported?
// for: researcher, review author
// parameters:
//   therapy: therapy - a drug, or a class, which then includes its members
//   disease: disease = null - only in this disease or its subtypes
//   limit: integer = 200 - most rows
// columns:
//   therapies - the drugs given together
//   disease - disease of the claim, null when none is named
//   relation - what is reported
//   best_level - best suggested level of its support
//   supporting - primary studies for it
//   contradicting - primary studies against it
//   opposing - primary studies for a claim that excludes it
//   conflict - conflict index, null below two studies
//   last_year - newest evidence
//   claim - the claim in words
//   claim_id - id of the claim
// cost: light
MATCH (t:Drug {id: $therapy})
MATCH (m:Drug)-[:WITHIN]->(t)
MATCH (c:Claim)-[:ABOUT_DRUG]->(m)
WHERE c.kind IN ['predictive', 'efficacy']
WITH DISTINCT c
WHERE $disease IS NULL
  OR EXISTS { MATCH (c)-[:ABOUT_DISEASE]->(:Disease)-[:WITHIN]->(:Disease {id: $disease}) }
MATCH (c)-[:ABOUT_DRUG]->(d:Drug)
WITH c, d
ORDER BY d.name, d.id
WITH c, collect(DISTINCT d.name) AS drugs
WHERE size(drugs) > 1
OPTIONAL MATCH (c)-[:ABOUT_DISEASE]->(x:Disease)
WITH c, drugs, min(x.name) AS place
RETURN drugs AS therapies, place AS disease, c.relation AS relation, c.bestLevel AS best_level,
  c.supportCount AS supporting, c.contradictCount AS contradicting, c.opposedCount AS opposing,
  c.conflictIndex AS conflict, c.lastYear AS last_year, c.statement AS claim, c.id AS claim_id
ORDER BY supporting DESC, coalesce(best_level, 'Z'), claim, claim_id
LIMIT $limit
