-- What NLM says the file's MD5 is, '' where nobody said: a file that is replaced under its old name has another one.
ALTER TABLE files ADD COLUMN md5 TEXT NOT NULL DEFAULT '';
