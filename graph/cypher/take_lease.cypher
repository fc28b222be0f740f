// Take or renew the loader's lease; n is 0 while another holder's lease runs.
UNWIND $rows AS r
MERGE (x:Lease {id: r.id})
WITH x, r
WHERE x.until IS NULL OR x.until < r.now OR x.holder = r.holder
SET x.holder = r.holder, x.until = r.until
RETURN count(x) AS n
