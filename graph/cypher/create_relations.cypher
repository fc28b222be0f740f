// Write relations of one type that are known not to be there; a row whose ends are not there is missed in n.
UNWIND $rows AS r
MATCH (a:START__ {id: r.s})
MATCH (b:END__ {id: r.e})
CREATE (a)-[x:TYPE__]->(b)
ASSIGNMENTS__
RETURN count(x) AS n
