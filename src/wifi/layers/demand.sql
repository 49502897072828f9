-- People by cell of the versions that the run has read. A masked hour (3 persons or fewer) is left out and counted; a
-- cell with nothing but masked hours has no sum, not a sum of 0. Where the source counts by dong instead, the squares
-- over which the run spread its people.
SELECT cell AS id,
       NULL::text AS dong_code,
       min(place::text)::geometry AS place,
       jsonb_build_object(
           'runStatus', 'PUBLISHED',
           'cellMetres', min(cell_m),
           'spread', false,
           'weekdayPersonHours', sum(people) FILTER (WHERE day_type = 'weekday'),
           'weekendPersonHours', sum(people) FILTER (WHERE day_type = 'weekend'),
           'maskedHours', count(*) FILTER (WHERE people IS NULL)) AS figures
  FROM floating_population
 WHERE version_id = (SELECT max(version_id) FROM floating_population WHERE version_id = ANY ($3))
 GROUP BY cell
UNION ALL
SELECT number::text,
       dong_code,
       place,
       jsonb_build_object(
           'runStatus', 'PUBLISHED',
           'cellMetres', cell_m,
           'spread', true,
           'weekdayPersonHours', weekday_person_hours,
           'weekendPersonHours', weekend_person_hours,
           'maskedHours', masked_hours)
  FROM wifi_cell
 WHERE run_id = ($2)[1]
