// Nodes of one label by id, properties in schema order.
UNWIND $ids AS wanted
MATCH (x:LABEL__ {id: wanted})
RETURN x.id AS keyCOLUMNS__
