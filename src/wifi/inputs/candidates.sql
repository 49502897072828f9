-- Facilities of the named versions ($3) inside the dongs ($2) of a district ($1), with the dong around each. One on the
-- border of two dongs belongs to the one with the lower code.
SELECT DISTINCT ON (facility.kind, facility.id)
       facility.kind,
       facility.id,
       facility.name,
       facility.install_cost_won,
       dong.dong_code,
       ST_X(ST_Transform(facility.place, 5179)) AS x_m,
       ST_Y(ST_Transform(facility.place, 5179)) AS y_m,
       ST_X(facility.place) AS longitude,
       ST_Y(facility.place) AS latitude
  FROM facility
  JOIN newest_dongs($1, $2) AS dong ON ST_Covers(dong.boundary, facility.place)
 WHERE facility.version_id = ANY ($3)
 ORDER BY facility.kind, facility.id, dong.dong_code
