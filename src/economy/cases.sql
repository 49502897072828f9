-- New cases of one area ($1) from the named versions ($2); of two that speak for a day, the newer.
SELECT DISTINCT ON (on_date) on_date, new_cases
  FROM covid_cases
 WHERE area = $1
   AND version_id = ANY ($2)
 ORDER BY on_date, version_id DESC
