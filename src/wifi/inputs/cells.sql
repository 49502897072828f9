-- Cells of the named versions ($3) inside the dongs ($2) of a district ($1), each once, in metres.
WITH cell AS (
    SELECT DISTINCT ON (cell) cell, place
      FROM floating_population
     WHERE version_id = ANY ($3)
     ORDER BY cell, version_id DESC
)
SELECT cell.cell,
       ST_X(ST_Transform(cell.place, 5179)) AS x_m,
       ST_Y(ST_Transform(cell.place, 5179)) AS y_m,
       around.dong_code
  FROM cell
  JOIN LATERAL (
       SELECT dong_code
         FROM newest_dongs($1, $2) AS dong
        WHERE ST_Covers(dong.boundary, cell.place)
        ORDER BY dong_code
        LIMIT 1) AS around ON true
 ORDER BY cell.cell
