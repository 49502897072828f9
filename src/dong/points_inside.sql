-- Points ($2 longitudes, $3 latitudes) inside the newest boundaries of a district ($1). A point on a border between
-- two dongs counts once.
WITH dong AS (
    SELECT dong_code, boundary
      FROM newest_dongs($1, NULL)
), point AS (
    SELECT ST_SetSRID(ST_MakePoint(p.x, p.y), 4326) AS place
      FROM unnest($2, $3) AS p (x, y)
)
SELECT (SELECT count(*) FROM dong) AS dongs,
       (SELECT count(*) FROM point WHERE EXISTS (SELECT 1 FROM dong WHERE ST_Covers(dong.boundary, point.place))) AS inside
