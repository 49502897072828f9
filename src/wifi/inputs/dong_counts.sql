-- People by dong ($1: the district) in the versions ($2), each count by the newest version that has it: the newest 91
-- days where single days are known, else the newest quarter.
WITH newest AS (
    SELECT DISTINCT ON (dong_code, starts_on, grain, hour_from) dong_code, starts_on, grain, hour_from, hour_to, people
      FROM floating_population_dong
     WHERE dong_code LIKE $1 || '%'
       AND version_id = ANY ($2)
     ORDER BY dong_code, starts_on, grain, hour_from, version_id DESC
), last AS (
    SELECT grain, max(starts_on) AS starts_on
      FROM newest
     GROUP BY grain
     ORDER BY grain
     LIMIT 1
)
SELECT newest.dong_code,
       newest.starts_on,
       CASE newest.grain
            WHEN 'day' THEN 1
            ELSE (newest.starts_on + interval '3 months')::date - newest.starts_on
        END AS days,
       newest.hour_from,
       newest.hour_to,
       newest.people
  FROM newest
  JOIN last USING (grain)
 WHERE CASE newest.grain
            WHEN 'day' THEN newest.starts_on > last.starts_on - 91
            ELSE newest.starts_on = last.starts_on
        END
 ORDER BY newest.dong_code, newest.starts_on, newest.hour_from
