-- Establishments of one district ($1) by own industry and quarter from the named versions ($2), codes mapped by the named
-- tables ($3). Of two versions the newer speaks. Files of different portals count the same shops, so the portal with the
-- most rows speaks alone. A count that any part of an industry lacks is null.
WITH code AS (
    SELECT DISTINCT ON (system, code) system, code, own_code
      FROM industry_code
     WHERE version_id = ANY ($3)
     ORDER BY system, code, version_id DESC
), newest AS (
    SELECT DISTINCT ON (dong_code, system, industry_code, quarter) *
      FROM establishment
     WHERE version_id = ANY ($2)
       AND dong_code LIKE $1 || '%'
     ORDER BY dong_code, system, industry_code, quarter, version_id DESC
), speaker AS (
    SELECT system
      FROM newest
     GROUP BY system
     ORDER BY count(*) DESC, system
     LIMIT 1
)
SELECT newest.dong_code,
       coalesce(code.own_code, newest.industry_code) AS industry_code,
       newest.quarter,
       sum(newest.establishments)::bigint AS establishments,
       CASE WHEN bool_and(newest.franchises IS NOT NULL) THEN sum(newest.franchises) END::bigint AS franchises,
       CASE WHEN bool_and(newest.opened IS NOT NULL) THEN sum(newest.opened) END::bigint AS opened,
       CASE WHEN bool_and(newest.closed IS NOT NULL) THEN sum(newest.closed) END::bigint AS closed
  FROM newest
  JOIN speaker ON speaker.system = newest.system
  LEFT JOIN code ON code.system = newest.system AND code.code = newest.industry_code
 GROUP BY 1, 2, 3
 ORDER BY 1, 2, 3
