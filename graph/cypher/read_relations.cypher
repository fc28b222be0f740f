// Relations of one type between two labels by the id of their start, properties in schema order.
UNWIND $ids AS wanted
MATCH (a:START__ {id: wanted})-[x:TYPE__]->(b:END__)
RETURN a.id AS startKey, b.id AS endKeyCOLUMNS__
