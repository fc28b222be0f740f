// Who loaded this graph, and until when it may write.
MATCH (x:Lease)
RETURN x.holder AS holder, x.until AS until
ORDER BY holder
