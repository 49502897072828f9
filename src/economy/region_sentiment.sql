-- Business sentiment of one region ($3) beside that of the country, by industry and month, from the named versions ($1),
-- codes mapped by the named tables ($2). Of two that speak for the same, the newer.
WITH code AS (
    SELECT DISTINCT ON (system, code) system, code, own_code
      FROM industry_code
     WHERE version_id = ANY ($2)
     ORDER BY system, code, version_id DESC
), newest AS (
    SELECT DISTINCT ON (1, 2, 3)
           bsi.area,
           coalesce(code.own_code, bsi.industry_code) AS industry_code,
           bsi.month,
           bsi.actual,
           bsi.respondents
      FROM bsi
      LEFT JOIN code ON code.system = bsi.system AND code.code = bsi.industry_code
     WHERE bsi.version_id = ANY ($1)
       AND bsi.area IN ('national', $3)
       AND bsi.actual IS NOT NULL
     ORDER BY 1, 2, 3, bsi.version_id DESC, bsi.system, bsi.industry_code
)
SELECT region.industry_code,
       region.month,
       region.actual AS region_index,
       region.respondents AS region_respondents,
       nation.actual AS nation_index,
       nation.respondents AS nation_respondents
  FROM newest AS region
  JOIN newest AS nation ON nation.industry_code = region.industry_code AND nation.month = region.month
 WHERE region.area = $3
   AND nation.area = 'national'
   AND region.area <> nation.area
 ORDER BY 1, 2
