// The release that answers come from.
MATCH (x:Release)
RETURN x.name AS name, x.createdAt AS createdAt, x.graphDigest AS graphDigest
ORDER BY createdAt DESC, name DESC
LIMIT 1
