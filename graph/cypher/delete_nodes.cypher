// Delete nodes of one label by id; one that is gone already is no error.
UNWIND $rows AS r
MATCH (x:LABEL__ {id: r.id})
DETACH DELETE x
RETURN count(*) AS n
