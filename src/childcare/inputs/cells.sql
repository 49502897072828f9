-- Middles of squares of 100 m inside the dongs ($2) of a district ($1), in metres, with the straight distance to the
-- border of the district. A dong without a square gets a point on its surface, so that its children are somewhere.
WITH dong AS (
    SELECT dong_code, ST_Transform(boundary, 5179) AS boundary
      FROM newest_dongs($1, $2)
), border AS (
    -- Out by a metre and in again closes the slivers that drawn dongs leave between them.
    SELECT ST_Boundary(ST_Buffer(ST_Buffer(ST_Union(boundary), 1), -1)) AS line
      FROM dong
), middle AS (
    SELECT dong.dong_code, ST_Centroid(square.geom) AS place
      FROM dong
     CROSS JOIN LATERAL ST_SquareGrid(100, dong.boundary) AS square
     WHERE ST_Covers(dong.boundary, ST_Centroid(square.geom))
), cell AS (
    SELECT dong_code, place FROM middle
    UNION ALL
    SELECT dong_code, ST_PointOnSurface(boundary)
      FROM dong
     WHERE NOT EXISTS (SELECT 1 FROM middle WHERE middle.dong_code = dong.dong_code)
)
SELECT dong_code, ST_X(place) AS x_m, ST_Y(place) AS y_m, ST_Distance(place, border.line) AS border_m
  FROM cell
 CROSS JOIN border
 ORDER BY dong_code, y_m, x_m
