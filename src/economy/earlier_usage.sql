-- What earlier runs did with the use of merchants of overlapping months ($1 to $2): shown, or hidden; of the runs before
-- one ($3). Runs that nobody can see yet count too; they may be published at any time.
SELECT usage.scheme,
       usage.dong_code,
       usage.industry_code,
       bool_or(usage.status <> 'SUPPRESSED') AS shown,
       bool_or(usage.status = 'SUPPRESSED') AS hidden
  FROM economy_usage AS usage
 WHERE usage.run_id < $3
   AND usage.months && ARRAY(
       SELECT month::date
         FROM generate_series($1::timestamp, $2::timestamp, interval '1 month') AS month)
 GROUP BY 1, 2, 3
