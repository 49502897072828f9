-- Rows of every list of markets in the named versions ($3), the newest of each list, with the dong ($2) of the district
-- ($1) around each place. A row is ours when its place lies in the district, or when the list says so ($4 is the name of
-- the district, or empty). A list without places and districts is the district's own.
WITH list AS (
    SELECT layout, max(version_id) AS version_id
      FROM market
     WHERE version_id = ANY ($3)
     GROUP BY layout
)
SELECT DISTINCT ON (market.layout, market.id)
       market.layout,
       market.id,
       market.name_ko,
       market.kind,
       market.address,
       market.shops,
       market.opened_in,
       ST_X(market.place) AS lon,
       ST_Y(market.place) AS lat,
       dong.dong_code,
       (dong.dong_code IS NOT NULL
        OR market.district_ko = nullif($4, '')
        OR (market.district_ko IS NULL AND market.place IS NULL)) IS TRUE AS ours
  FROM market
  JOIN list ON list.layout = market.layout AND list.version_id = market.version_id
  LEFT JOIN newest_dongs($1, $2) AS dong ON ST_Covers(dong.boundary, market.place)
 ORDER BY market.layout, market.id, dong.dong_code
