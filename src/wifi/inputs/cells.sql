-- Cells of the named versions ($3) inside the dongs ($2) of a district ($1), each once, in metres, with the share of their
-- ground that is public space ($4: versions of it); null where no public space is known at all.
WITH dong AS MATERIALIZED (
    SELECT dong_code, boundary
      FROM newest_dongs($1, $2)
), cell AS (
    SELECT DISTINCT ON (cell) cell, cell_m, place, ST_Transform(place, 5179) AS middle
      FROM floating_population
     WHERE version_id = ANY ($3)
     ORDER BY cell, version_id DESC
), here AS MATERIALIZED (
    -- The square around each, in degrees too, so that each is transformed once and not for each space.
    SELECT cell.*, around.dong_code, square.shape, ST_Transform(square.shape, 4326) AS in_degrees
      FROM cell
      JOIN LATERAL (
           SELECT dong_code
             FROM dong
            WHERE ST_Covers(dong.boundary, cell.place)
            ORDER BY dong_code
            LIMIT 1) AS around ON true
     CROSS JOIN LATERAL (SELECT ST_Expand(cell.middle, cell.cell_m / 2.0) AS shape) AS square
)
SELECT here.cell,
       ST_X(here.middle) AS x_m,
       ST_Y(here.middle) AS y_m,
       ST_X(here.place) AS longitude,
       ST_Y(here.place) AS latitude,
       here.dong_code,
       ground.public_share
  FROM here
  LEFT JOIN LATERAL (
       -- Spaces that overlap count once.
       SELECT least(1, coalesce(ST_Area(ST_Union(ST_Intersection(here.shape, ST_Transform(space.area, 5179)))), 0)
                       / ST_Area(here.shape)) AS public_share
         FROM public_space AS space
        WHERE space.version_id = ANY ($4)
          AND ST_Intersects(space.area, here.in_degrees)) AS ground ON cardinality($4) > 0
 ORDER BY here.cell
