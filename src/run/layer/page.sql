
-- One page by id, after $10, at most $11 rows. Simplification ($9) works in metres (EPSG:5179); $8 decimals are kept.
-- The right-hand rule of RFC 7946: outer rings turn counter-clockwise.
SELECT id,
       ST_AsGeoJSON(
           ST_ForcePolygonCCW(
               CASE WHEN $9::double precision IS NULL OR ST_Dimension(place) = 0 THEN place
                    ELSE ST_Multi(ST_Transform(ST_SimplifyPreserveTopology(ST_Transform(place, 5179), $9), 4326))
               END), $8, 0) AS geometry,
       CASE WHEN ST_GeometryType(place) = 'ST_Point' THEN round(ST_X(place)::numeric, $8)::double precision END AS longitude,
       CASE WHEN ST_GeometryType(place) = 'ST_Point' THEN round(ST_Y(place)::numeric, $8)::double precision END AS latitude,
       figures
  FROM wanted
 WHERE id COLLATE "C" > $10 COLLATE "C"
 ORDER BY id COLLATE "C"
 LIMIT $11
