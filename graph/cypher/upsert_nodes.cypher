// Write nodes of one label, one row a node; ddl.py fills in LABEL__ and ASSIGNMENTS__ from graph/schema.py.
UNWIND $rows AS r
MERGE (x:LABEL__ {id: r.id})
ASSIGNMENTS__
RETURN count(x) AS n
