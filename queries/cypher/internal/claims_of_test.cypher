// question: Which claims are about a test?
// for: review author
// parameters:
//   test: test - the test
//   limit: integer = 100000 - most rows
// columns:
//   claim_id - id of the claim
// cost: light
MATCH (t:Test {id: $test})
MATCH (c:Claim)-[:ABOUT_TEST]->(t)
WITH DISTINCT c
RETURN c.id AS claim_id
ORDER BY claim_id
LIMIT $limit
