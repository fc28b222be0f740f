// question: Which is the newest year of publication in the graph?
// for: review author
// parameters:
//   limit: integer = 1 - one row
// columns:
//   year - the newest year
//   study_id - a report of that year
// cost: medium
MATCH (s:Study)
WHERE s.year IS NOT NULL
RETURN s.year AS year, s.id AS study_id
ORDER BY year DESC, study_id
LIMIT $limit
