-- Business sentiment from the named versions ($1), codes mapped by the named tables ($2). Of two that speak for an
-- industry and month, the national survey before a regional one, then the newer.
WITH code AS (
    SELECT DISTINCT ON (system, code) system, code, own_code
      FROM industry_code
     WHERE version_id = ANY ($2)
     ORDER BY system, code, version_id DESC
)
SELECT DISTINCT ON (1, 2)
       coalesce(code.own_code, bsi.industry_code) AS industry_code,
       bsi.month,
       bsi.actual,
       bsi.outlook,
       bsi.respondents
  FROM bsi
  LEFT JOIN code ON code.system = bsi.system AND code.code = bsi.industry_code
 WHERE bsi.version_id = ANY ($1)
   AND bsi.actual IS NOT NULL
 ORDER BY 1, 2, bsi.area <> 'national', bsi.version_id DESC, bsi.area, bsi.system, bsi.industry_code
