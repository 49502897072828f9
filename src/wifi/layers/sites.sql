
-- Ranked sites of the run.
SELECT to_char(rank, 'FM000000') AS id,
       dong_code,
       place,
       jsonb_build_object(
           'runStatus', 'PUBLISHED',
           'rank', rank,
           'facilityKind', facility_kind,
           'facilityId', facility_id,
           'facilityName', facility_name,
           'neighbourhood', dong_code,
           'marginalPersonHours', marginal_person_hours,
           'standalonePersonHours', standalone_person_hours,
           'cumulativePersonHours', cumulative_person_hours,
           'cumulativeShare', cumulative_share,
           'requestsServed', requests_served,
           'nearestAccessPointMetres', nearest_access_point_m) AS figures
  FROM wifi_site
 WHERE run_id = $2[1]
