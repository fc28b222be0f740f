// question: Which therapies are studied most, and how many studies support, contradict or hinder each?
// for: researcher, review author, analyst
// parameters:
//   disease: disease = null - only studies for or against it in this disease or its subtypes
//   targeted_only: boolean = true - only targeted therapies
//   limit: integer = 25 - most rows
// columns:
//   therapy - the drug
//   supporting - primary studies that report benefit or sensitivity
//   contradicting - primary studies that report no benefit or resistance
//   hindered - studies that state a barrier, whatever the disease
//   best_level - best suggested level of the support
//   last_year - newest of the supporting and contradicting studies
//   therapy_id - id of the drug
// cost: medium
OPTIONAL MATCH (sub:Disease)-[:WITHIN]->(:Disease {id: $disease})
WITH collect(DISTINCT sub.id) AS chosen
MATCH (d:Drug)
WHERE d.therapy AND (d.targeted OR NOT $targeted_only)
OPTIONAL MATCH (d)-[p:SUPPORTED_BY]->(s:Study)
WHERE $disease IS NULL OR any(i IN p.diseaseIds WHERE i IN chosen)
WITH chosen, d, count(DISTINCT s.studyKey) AS favourable, min(p.bestLevel) AS best, max(s.year) AS newest
OPTIONAL MATCH (d)-[k:CONTRADICTED_BY]->(u:Study)
WHERE $disease IS NULL OR any(i IN k.diseaseIds WHERE i IN chosen)
WITH d, favourable, best, newest, count(DISTINCT u.studyKey) AS contrary, max(u.year) AS newest_against
WHERE favourable + contrary > 0
OPTIONAL MATCH (d)-[:HINDERED_BY]->(b:Study)
WITH d, favourable, best, newest, contrary, newest_against, count(DISTINCT b.studyKey) AS barred
RETURN d.name AS therapy, favourable AS supporting, contrary AS contradicting, barred AS hindered, best AS best_level,
  CASE WHEN coalesce(newest, 0) >= coalesce(newest_against, 0) THEN newest ELSE newest_against END AS last_year,
  d.id AS therapy_id
ORDER BY supporting + contradicting DESC, supporting DESC, therapy_id
LIMIT $limit
