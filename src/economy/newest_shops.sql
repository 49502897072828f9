-- Establishments of a district ($1) in the newest quarter of the named versions ($2), codes mapped by the named tables
-- ($3).
WITH code AS (
    SELECT DISTINCT ON (system, code) system, code, own_code
      FROM industry_code
     WHERE version_id = ANY ($3)
     ORDER BY system, code, version_id DESC
), newest AS (
    SELECT DISTINCT ON (dong_code, system, industry_code) dong_code, system, industry_code, establishments
      FROM establishment
     WHERE version_id = ANY ($2)
       AND dong_code LIKE $1 || '%'
     ORDER BY dong_code, system, industry_code, quarter DESC, version_id DESC
)
SELECT newest.dong_code,
       coalesce(code.own_code, newest.industry_code) AS industry_code,
       sum(newest.establishments)::bigint AS establishments
  FROM newest
  LEFT JOIN code ON code.system = newest.system AND code.code = newest.industry_code
 GROUP BY 1, 2
 ORDER BY 1, 2
