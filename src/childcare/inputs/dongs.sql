-- Dongs of a district ($1) from the named boundaries ($2), each with its children aged 0 to 5 in the newest month of the
-- named registers ($3). A dong of which that month lacks an age has no number.
WITH register AS (
    SELECT DISTINCT ON (dong_code, age) dong_code, persons
      FROM children
     WHERE version_id = ANY ($3)
       AND age BETWEEN 0 AND 5
       AND month = (SELECT max(month) FROM children WHERE version_id = ANY ($3) AND dong_code LIKE $1 || '%')
     ORDER BY dong_code, age, version_id DESC
)
SELECT dong.dong_code,
       dong.name_ko,
       (SELECT CASE WHEN count(*) = 6 THEN sum(persons) END
          FROM register
         WHERE register.dong_code = dong.dong_code)::bigint AS children
  FROM newest_dongs($1, $2) AS dong
 ORDER BY dong.dong_code
