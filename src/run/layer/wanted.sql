
-- Rows of a layer inside a box ($4), near a point ($5), within an area ($6) and in neighbourhoods ($7).
-- The arrays $1 to $3 belong to the layer; naming them here gives them a type where a layer does not use them.
-- $12 names the columns of status whose run is withdrawn: a figure that is there is then WITHDRAWN, a missing one keeps
-- its own status.
SELECT id,
       dong_code,
       place,
       figures || coalesce(
           (SELECT jsonb_object_agg(status.column_name, 'WITHDRAWN')
              FROM jsonb_each_text($12) AS status (column_name, figure)
             WHERE status.figure = '' OR figures ->> status.figure IS NOT NULL), '{}') AS figures
  FROM feature
 WHERE ($1::text IS NOT NULL AND $2::integer[] IS NOT NULL AND $3::integer[] IS NOT NULL)
   AND ($4::double precision[] IS NULL OR ST_Intersects(place, ST_MakeEnvelope($4[1], $4[2], $4[3], $4[4], 4326)))
   AND ($5::double precision[] IS NULL OR ST_DWithin(place::geography, ST_SetSRID(ST_MakePoint($5[1], $5[2]), 4326)::geography, $5[3]))
   AND ($6::text IS NULL OR ST_Intersects(place, ST_SetSRID(ST_GeomFromGeoJSON($6), 4326)))
   AND ($7::text[] IS NULL OR dong_code = ANY ($7))
