// Ids of all nodes of one label.
MATCH (x:LABEL__)
RETURN x.id AS key
ORDER BY key
