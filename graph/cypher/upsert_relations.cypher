// Write relations of one type between two labels; a row whose ends are not there matches nothing and is missed in n.
// The pattern is turned round where the start is a hub (schema.py).
UNWIND $rows AS r
MATCH (a:START__ {id: r.s})
MATCH (b:END__ {id: r.e})
MERGE (a)-[x:TYPE__]->(b)
ASSIGNMENTS__
RETURN count(x) AS n
