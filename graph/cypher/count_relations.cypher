// Relations by type, whatever the type.
MATCH ()-[x]->()
RETURN type(x) AS kind, count(*) AS n
ORDER BY kind
