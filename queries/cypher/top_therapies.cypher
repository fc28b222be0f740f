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
MATCH (d)-[p:SUPPORTED_BY|CONTRADICTED_BY]->(s:Study)
WHERE $disease IS NULL OR any(i IN p.diseaseIds WHERE i IN chosen)
WITH d, s, type(p) AS side, p.bestLevel AS step
WITH d, max(s.year) AS newest,
  count(DISTINCT CASE WHEN side = 'SUPPORTED_BY' THEN s.studyKey END) AS favourable,
  count(DISTINCT CASE WHEN side = 'CONTRADICTED_BY' THEN s.studyKey END) AS contrary,
  min(CASE WHEN side = 'SUPPORTED_BY' THEN step END) AS best
OPTIONAL MATCH (d)-[:HINDERED_BY]->(b:Study)
WITH d, favourable, best, newest, contrary, count(DISTINCT b.studyKey) AS barred
RETURN d.name AS therapy, favourable AS supporting, contrary AS contradicting, barred AS hindered, best AS best_level,
  newest AS last_year, d.id AS therapy_id
ORDER BY supporting + contradicting DESC, supporting DESC, therapy_id
LIMIT $limit
