-- What earlier runs did with the series of card sales of overlapping days ($1 to $2): shown, or hidden because it is
-- sensitive: of the runs before one ($3). Runs that nobody can see yet count too; they may be published at any time.
SELECT series.dong_code,
       series.industry_code,
       bool_or(series.status <> 'SUPPRESSED') AS shown,
       bool_or(series.sensitive) AS sensitive
  FROM economy_series AS series
 WHERE series.run_id < $3
   AND series.run_id IN (
       SELECT input.run_id
         FROM run_input AS input
         JOIN dataset_version AS version ON version.id = input.version_id
        WHERE version.dataset = 'card-sales'
          AND version.period_start <= $2
          AND version.period_end >= $1)
 GROUP BY 1, 2
