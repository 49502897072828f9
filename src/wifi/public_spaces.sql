-- Public spaces ($3: kinds, $4: areas as EWKB, the first has the number $2 + 1) of a version ($1): repaired, in degrees, and
-- cut into pieces of few corners.
INSERT INTO public_space (version_id, number, piece, kind, area)
SELECT $1,
       $2 + drawn.number,
       cut.piece,
       drawn.kind,
       ST_Multi(cut.area)
  FROM unnest($3, $4) WITH ORDINALITY AS drawn (kind, ewkb, number)
 CROSS JOIN LATERAL ST_Subdivide(
       ST_CollectionExtract(ST_MakeValid(ST_Transform(ST_GeomFromEWKB(drawn.ewkb), 4326)), 3), 128)
       WITH ORDINALITY AS cut (area, piece)
