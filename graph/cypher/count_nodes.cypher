// Nodes by label, whatever the label.
MATCH (x)
RETURN labels(x)[0] AS kind, count(*) AS n
ORDER BY kind
