-- Use of merchants in one district ($1) from the named versions ($2). Of two versions that speak for a dong and month, the
-- newer one is read.
SELECT usage.scheme,
       usage.dong_code,
       usage.industry_code,
       usage.month,
       usage.merchants,
       usage.transactions,
       usage.amount_won
  FROM merchant_usage AS usage
 WHERE usage.version_id = ANY ($2)
   AND usage.dong_code LIKE $1 || '%'
   AND NOT EXISTS (
       SELECT 1
         FROM dataset_scope AS newer
        WHERE newer.version_id = ANY ($2)
          AND newer.version_id > usage.version_id
          AND newer.scope = usage.dong_code
          AND usage.month BETWEEN newer.starts_on AND newer.ends_on)
 ORDER BY 1, 2, 3, 4
