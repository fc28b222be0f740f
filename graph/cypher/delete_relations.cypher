// Delete relations of one type between two labels; one that is gone already is no error.
UNWIND $rows AS r
MATCH (a:START__ {id: r.s})
MATCH (b:END__ {id: r.e})
MATCH (a)-[x:TYPE__]->(b)
DELETE x
RETURN count(*) AS n
