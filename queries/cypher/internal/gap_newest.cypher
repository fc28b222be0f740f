// question: Which is the newest year of publication in the graph?
// for: review author
// parameters:
//   limit: integer = 1 - one row
// columns:
//   year - the newest year, null in an empty graph
// cost: medium
MATCH (s:Study)
RETURN max(s.year) AS year
ORDER BY year
LIMIT $limit
