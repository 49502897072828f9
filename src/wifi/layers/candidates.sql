
-- Facilities of the versions that the run has read, inside the district.
SELECT DISTINCT ON (facility.kind, facility.id)
       facility.kind || '/' || facility.id AS id,
       dong.dong_code,
       facility.place,
       jsonb_build_object(
           'runStatus', 'PUBLISHED',
           'kind', facility.kind,
           'sourceId', facility.id,
           'name', facility.name,
           'neighbourhood', dong.dong_code) AS figures
  FROM facility
  JOIN dong_boundary AS dong
    ON dong.version_id = ANY ($3) AND dong.dong_code LIKE $1 || '%' AND ST_Covers(dong.boundary, facility.place)
 WHERE facility.version_id = ANY ($3)
 ORDER BY facility.kind, facility.id, facility.version_id DESC, dong.version_id DESC, dong.dong_code
