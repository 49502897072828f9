-- Daycare centres of the named versions ($3) in metres, with the dong ($2) of the district ($1) around each. One on the
-- border of two dongs belongs to the one with the lower code; one beyond the district to none.
WITH dong AS (
    SELECT DISTINCT ON (dong_code) dong_code, boundary
      FROM dong_boundary
     WHERE dong_code LIKE $1 || '%'
       AND version_id = ANY ($2)
     ORDER BY dong_code, version_id DESC
)
SELECT DISTINCT ON (centre.id)
       centre.capacity,
       dong.dong_code,
       ST_X(ST_Transform(centre.place, 5179)) AS x_m,
       ST_Y(ST_Transform(centre.place, 5179)) AS y_m
  FROM daycare_centre AS centre
  LEFT JOIN dong ON ST_Covers(dong.boundary, centre.place)
 WHERE centre.version_id = ANY ($3)
 ORDER BY centre.id, centre.version_id DESC, dong.dong_code
