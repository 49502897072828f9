-- Sales of commercial areas by quarter, all industries together, from the named versions ($1). Of two versions that speak
-- for an area and quarter, the newer one is read.
SELECT sales.area_code,
       min(sales.area_name) AS area_name,
       min(sales.area_kind) AS area_kind,
       sales.quarter,
       sum(sales.amount_won)::bigint AS amount_won
  FROM area_sales AS sales
 WHERE sales.version_id = ANY ($1)
   AND NOT EXISTS (
       SELECT 1
         FROM dataset_scope AS newer
        WHERE newer.version_id = ANY ($1)
          AND newer.version_id > sales.version_id
          AND newer.scope = 'area/' || sales.area_code
          AND sales.quarter BETWEEN newer.starts_on AND newer.ends_on)
 GROUP BY sales.area_code, sales.quarter
 ORDER BY 1, 4
