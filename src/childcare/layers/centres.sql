
-- Daycare centres of the versions that the run has read. Enrolled and waiting children are not shown centre by centre:
-- in a small one they are few.
SELECT DISTINCT ON (centre.id)
       centre.id,
       dong.dong_code,
       centre.place,
       jsonb_build_object(
           'runStatus', 'PUBLISHED',
           'name', centre.name,
           'kind', centre.kind,
           'neighbourhood', dong.dong_code,
           'capacity', centre.capacity,
           'partTime', centre.part_time) AS figures
  FROM daycare_centre AS centre
  LEFT JOIN dong_boundary AS dong
    ON dong.version_id = ANY ($3) AND dong.dong_code LIKE $1 || '%' AND ST_Covers(dong.boundary, centre.place)
 WHERE centre.version_id = ANY ($3)
 ORDER BY centre.id, centre.version_id DESC, dong.version_id DESC, dong.dong_code
