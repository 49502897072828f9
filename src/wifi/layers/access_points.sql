
-- Access points of the versions that the run has read, with the dong around each.
SELECT DISTINCT ON (point.id)
       point.id,
       dong.dong_code,
       point.place,
       jsonb_build_object(
           'runStatus', 'PUBLISHED', 'name', point.place_name, 'installedOn', point.installed_on, 'indoor', point.indoor) AS figures
  FROM access_point AS point
  LEFT JOIN dong_boundary AS dong
    ON dong.version_id = ANY ($3) AND dong.dong_code LIKE $1 || '%' AND ST_Covers(dong.boundary, point.place)
 WHERE point.version_id = ANY ($3)
 ORDER BY point.id, point.version_id DESC, dong.version_id DESC, dong.dong_code
