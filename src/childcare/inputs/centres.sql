-- Daycare centres of the named versions ($3) in metres, with the dong ($2) of the district ($1) around each. One on the
-- border of two dongs belongs to the one with the lower code; one beyond the district to none. One without a place is
-- ours unless the file says that it stands in another district ($4 is the name of ours, or empty).
SELECT DISTINCT ON (centre.id)
       centre.id,
       centre.name,
       centre.kind,
       centre.capacity,
       centre.enrolled,
       centre.waiting,
       centre.part_time,
       dong.dong_code,
       ST_X(ST_Transform(centre.place, 5179)) AS x_m,
       ST_Y(ST_Transform(centre.place, 5179)) AS y_m
  FROM daycare_centre AS centre
  LEFT JOIN newest_dongs($1, $2) AS dong ON ST_Covers(dong.boundary, centre.place)
 WHERE centre.version_id = ANY ($3)
   AND (centre.place IS NOT NULL OR centre.area IS NULL OR $4 = '' OR centre.area = $4)
 ORDER BY centre.id, centre.version_id DESC, dong.dong_code
