-- Runs before one ($1) that have read posts of overlapping days ($2 to $3), with the files that they have read and the
-- days that these speak for. Runs that nobody can see yet count too; they may be published at any time.
SELECT input.run_id,
       array_agg(version.id ORDER BY version.id) AS versions,
       min(version.period_start) AS first_day,
       max(version.period_end) AS last_day
  FROM run_input AS input
  JOIN dataset_version AS version ON version.id = input.version_id
 WHERE version.dataset = 'posts'
   AND input.run_id < $1
 GROUP BY input.run_id
HAVING min(version.period_start) <= $3 AND max(version.period_end) >= $2
 ORDER BY input.run_id
