-- Access points of the named versions ($1), also beyond the border, in metres.
SELECT ST_X(there.place) AS x_m,
       ST_Y(there.place) AS y_m,
       access_point.indoor
  FROM access_point
 CROSS JOIN LATERAL (SELECT ST_Transform(access_point.place, 5179) AS place) AS there
 WHERE access_point.version_id = ANY ($1)
 ORDER BY access_point.version_id, access_point.id
