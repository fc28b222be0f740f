// question: Which release does the graph answer from?
// for: analyst
// parameters:
//   limit: integer = 1 - the newest releases
// columns:
//   release - name of the release
// cost: light
MATCH (r:Release)
RETURN r.name AS release
ORDER BY r.createdAt DESC, r.id
LIMIT $limit
