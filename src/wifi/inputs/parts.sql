-- The dongs ($2) of a district ($1) cut by squares of $5 metres, with the floor area of the buildings ($3) in each part,
-- and the ground that is public space ($4: versions of it; null where none is known at all). A building on a border belongs
-- to one dong only. Places are in metres of EPSG:5179, whose axes the squares follow.
WITH dong AS (
    SELECT dong_code, boundary
      FROM newest_dongs($1, $2)
), ground AS MATERIALIZED (
    SELECT dong_code, ST_Transform(boundary, 5179) AS shape
      FROM dong
), cut AS MATERIALIZED (
    SELECT ground.dong_code, square.i, square.j, ST_Intersection(square.geom, ground.shape) AS shape
      FROM ground
     CROSS JOIN LATERAL ST_SquareGrid($5, ground.shape) AS square
     WHERE ST_Intersects(square.geom, ground.shape)
), part AS MATERIALIZED (
    -- Kept in degrees too, so that each is transformed once and not for each space.
    SELECT cut.*, ST_Transform(cut.shape, 4326) AS in_degrees
      FROM cut
), floor AS (
    SELECT around.dong_code,
           floor(ST_X(at.place) / $5)::integer AS i,
           floor(ST_Y(at.place) / $5)::integer AS j,
           sum(building.floor_area_m2) AS floor_area_m2
      FROM building
     CROSS JOIN LATERAL (SELECT ST_Transform(building.place, 5179) AS place) AS at
      JOIN LATERAL (
           SELECT dong_code
             FROM dong
            WHERE ST_Covers(dong.boundary, building.place)
            ORDER BY dong_code
            LIMIT 1) AS around ON true
     WHERE building.version_id = ANY ($3)
     GROUP BY 1, 2, 3
)
SELECT part.dong_code,
       ST_X(middle.place) AS x_m,
       ST_Y(middle.place) AS y_m,
       ST_X(ST_Transform(middle.place, 4326)) AS longitude,
       ST_Y(ST_Transform(middle.place, 4326)) AS latitude,
       ST_Area(part.shape) AS area_m2,
       coalesce(floor.floor_area_m2, 0) AS floor_area_m2,
       ground.public_m2
  FROM part
 CROSS JOIN LATERAL (SELECT ST_Centroid(part.shape) AS place) AS middle
  LEFT JOIN floor USING (dong_code, i, j)
  LEFT JOIN LATERAL (
       -- Spaces that overlap count once.
       SELECT coalesce(ST_Area(ST_Union(ST_Intersection(part.shape, ST_Transform(space.area, 5179)))), 0) AS public_m2
         FROM public_space AS space
        WHERE space.version_id = ANY ($4)
          AND ST_Intersects(space.area, part.in_degrees)) AS ground ON cardinality($4) > 0
 WHERE ST_Area(part.shape) > 0
 ORDER BY part.dong_code, part.i, part.j
