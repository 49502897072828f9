-- People on the street by dong of one district ($1) and quarter from the named versions ($2), all bands of hours together.
-- A quarter with a masked band has no sum.
WITH newest AS (
    SELECT DISTINCT ON (dong_code, starts_on, hour_from) dong_code, starts_on, people
      FROM floating_population_dong
     WHERE version_id = ANY ($2)
       AND grain = 'quarter'
       AND dong_code LIKE $1 || '%'
     ORDER BY dong_code, starts_on, hour_from, version_id DESC
)
SELECT dong_code, starts_on AS quarter, sum(people) AS people
  FROM newest
 GROUP BY 1, 2
HAVING bool_and(people IS NOT NULL)
 ORDER BY 1, 2
