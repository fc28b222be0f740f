// question: Which saved searches does the graph hold?
// for: review author
// parameters:
//   limit: integer = 10000 - most rows
// columns:
//   name - name of the search
//   search_id - id of the search
// cost: light
MATCH (w:Search)
RETURN w.name AS name, w.id AS search_id
ORDER BY name, search_id
LIMIT $limit
