-- What every question asks first. A function of one plain query is read by the planner as if the query stood in its place.
CREATE FUNCTION newest_dongs(district text, versions integer[])
RETURNS TABLE (dong_code text, name_ko text, boundary geometry, version_id integer)
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT DISTINCT ON (dong_code) dong_code, name_ko, boundary, version_id
      FROM dong_boundary
     WHERE dong_code LIKE district || '%'
       AND (versions IS NULL OR version_id = ANY (versions))
     ORDER BY dong_code, version_id DESC
$$;
COMMENT ON FUNCTION newest_dongs IS 'Dongs of a district, each as the newest of the versions draws it; null stands for all versions.';
