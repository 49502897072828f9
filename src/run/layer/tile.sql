
-- The tile $9/$10/$11 of the layer $8. The margin keeps what is drawn across the edge.
, cut AS (
    SELECT ST_AsMVTGeom(ST_Transform(place, 3857), ST_TileEnvelope($9, $10, $11), 4096, 64, true) AS geom,
           jsonb_build_object('id', id) || figures AS figures
      FROM wanted
     WHERE place && ST_Transform(ST_TileEnvelope($9, $10, $11, margin => 64.0 / 4096), 4326)
)
SELECT ST_AsMVT(cut, $8, 4096, 'geom') AS tile
  FROM cut
 WHERE geom IS NOT NULL
