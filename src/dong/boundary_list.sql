-- Simplification works in metres (EPSG:5179), so the boundary goes there and back. Without it nothing is touched.
SELECT dong_code AS code,
       CASE WHEN $2 IS NULL THEN boundary
            ELSE ST_Multi(ST_Transform(ST_SimplifyPreserveTopology(ST_Transform(boundary, 5179), $2), 4326))
       END AS boundary
  FROM newest_dongs($1, NULL)
 ORDER BY dong_code
