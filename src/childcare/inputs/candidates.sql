-- Candidates of the named versions ($3) in metres and degrees, with the dong ($2) of the district ($1) around each. One
-- on the border of two dongs belongs to the one with the lower code; one beyond the district to none.
SELECT DISTINCT ON (candidate.id)
       candidate.id,
       candidate.name,
       candidate.kind,
       candidate.cost_won,
       candidate.all_day,
       candidate.part_time,
       dong.dong_code,
       ST_X(candidate.place) AS lon,
       ST_Y(candidate.place) AS lat,
       ST_X(ST_Transform(candidate.place, 5179)) AS x_m,
       ST_Y(ST_Transform(candidate.place, 5179)) AS y_m
  FROM childcare_candidate AS candidate
  LEFT JOIN newest_dongs($1, $2) AS dong ON ST_Covers(dong.boundary, candidate.place)
 WHERE candidate.version_id = ANY ($3)
 ORDER BY candidate.id, candidate.version_id DESC, dong.dong_code
