-- What SQLite interprets: one number comes out.
WITH RECURSIVE
  counter(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM counter WHERE i < 100000),
  data(i, k, t) AS (SELECT i, (i * 7919) % 1009, substr('abcdefghijklmnopqrstuvwxyz', 1 + i % 20, 5) FROM counter),
  groups(k, n, s, m) AS (SELECT k, count(*), sum(i * 3 % 17), max(t) FROM data GROUP BY k)
SELECT sum(n * s + length(m) + (CASE WHEN k % 3 = 0 THEN k ELSE -k END)) + (SELECT count(*) FROM data WHERE t LIKE '%jkl%') FROM groups
