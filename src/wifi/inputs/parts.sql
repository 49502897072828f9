-- The dongs ($2) of a district ($1) cut by squares of $4 metres, with the floor area of the buildings ($3) in each part.
-- A building on a border belongs to one dong only. Places are in metres of EPSG:5179, whose axes the squares follow.
WITH dong AS (
    SELECT dong_code, boundary
      FROM newest_dongs($1, $2)
), ground AS (
    SELECT dong_code, ST_Transform(boundary, 5179) AS shape
      FROM dong
), part AS (
    SELECT ground.dong_code, square.i, square.j, ST_Intersection(square.geom, ground.shape) AS shape
      FROM ground
     CROSS JOIN LATERAL ST_SquareGrid($4, ground.shape) AS square
     WHERE ST_Intersects(square.geom, ground.shape)
), floor AS (
    SELECT around.dong_code,
           floor(ST_X(at.place) / $4)::integer AS i,
           floor(ST_Y(at.place) / $4)::integer AS j,
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
       ST_X(ST_Centroid(part.shape)) AS x_m,
       ST_Y(ST_Centroid(part.shape)) AS y_m,
       ST_Area(part.shape) AS area_m2,
       coalesce(floor.floor_area_m2, 0) AS floor_area_m2
  FROM part
  LEFT JOIN floor USING (dong_code, i, j)
 WHERE ST_Area(part.shape) > 0
 ORDER BY part.dong_code, part.i, part.j
