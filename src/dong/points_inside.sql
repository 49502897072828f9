-- Points ($2 longitudes, $3 latitudes) inside the newest boundaries of a district ($1). A point on a border between
-- two dongs counts once.
WITH dong AS (
    SELECT DISTINCT ON (dong_code) dong_code, boundary
      FROM dong_boundary
     WHERE dong_code LIKE $1 || '%'
     ORDER BY dong_code, version_id DESC
), point AS (
    SELECT ST_SetSRID(ST_MakePoint(p.x, p.y), 4326) AS place
      FROM unnest($2, $3) AS p (x, y)
)
SELECT (SELECT count(*) FROM dong) AS dongs,
       (SELECT count(*) FROM point WHERE EXISTS (SELECT 1 FROM dong WHERE ST_Covers(dong.boundary, point.place))) AS inside
