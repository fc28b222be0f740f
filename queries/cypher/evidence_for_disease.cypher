// question: What do studies report about therapies in a disease and its subtypes?
// for: researcher, review author
// parameters:
//   disease: disease - the disease; its subtypes are included
//   minimum_studies: integer = 1 - only claims with at least so many primary studies
//   limit: integer = 200 - most rows
// columns:
//   claim - the claim in words
//   therapy - drugs, those given together joined by +
//   disease - the disease or subtype of the claim
//   best_level - best suggested level of its support
//   supporting - primary studies for it
//   contradicting - primary studies against it
//   opposing - primary studies for a claim that excludes it
//   conflict - conflict index, null below two studies
//   synthesis - reviews, meta-analyses and guidelines on it
//   retracted - retracted or replaced studies on it, counted nowhere else
//   first_year - oldest evidence
//   last_year - newest evidence
//   claim_id - id of the claim
// cost: light
MATCH (t:Disease {id: $disease})
MATCH (x:Disease)-[:WITHIN]->(t)
MATCH (c:Claim)-[:ABOUT_DISEASE]->(x)
WHERE c.kind IN ['predictive', 'efficacy'] AND c.studyCount >= $minimum_studies
MATCH (c)-[:ABOUT_DRUG]->(d:Drug)
WITH c, x, d
ORDER BY d.name, d.id
WITH c, x, collect(DISTINCT d.name) AS drugs
RETURN c.statement AS claim, reduce(joined = drugs[0], name IN drugs[1..] | joined + ' + ' + name) AS therapy,
  x.name AS disease, c.bestLevel AS best_level, c.supportCount AS supporting, c.contradictCount AS contradicting,
  c.opposedCount AS opposing, c.conflictIndex AS conflict, c.synthesisCount AS synthesis, c.retractedCount AS retracted,
  c.firstYear AS first_year, c.lastYear AS last_year, c.id AS claim_id
ORDER BY coalesce(best_level, 'Z'), supporting DESC, claim, claim_id
LIMIT $limit
