-- Daily card sales of one district ($1) from the named versions ($2), with the portals' industry codes mapped to ours
-- by the named code tables ($3). Of two versions that speak for the same dong and day, the newer one is read.
WITH code AS (
    SELECT DISTINCT ON (system, code) system, code, own_code
      FROM industry_code
     WHERE version_id = ANY ($3)
     ORDER BY system, code, version_id DESC
)
SELECT sales.dong_code,
       coalesce(code.own_code, sales.industry_code) AS industry_code,
       sales.starts_on AS on_date,
       sum(sales.amount_won)::bigint AS amount_won
  FROM card_sales AS sales
  LEFT JOIN code ON code.system = sales.system AND code.code = sales.industry_code
 WHERE sales.version_id = ANY ($2)
   AND sales.grain = 'day'
   AND sales.dong_code LIKE $1 || '%'
   AND NOT EXISTS (
       SELECT 1
         FROM dataset_scope AS newer
        WHERE newer.version_id = ANY ($2)
          AND newer.version_id > sales.version_id
          AND newer.scope = 'day/' || sales.dong_code
          AND sales.starts_on BETWEEN newer.starts_on AND newer.ends_on)
 GROUP BY sales.dong_code, coalesce(code.own_code, sales.industry_code), sales.starts_on
 ORDER BY 1, 2, 3
