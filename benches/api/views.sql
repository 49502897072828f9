-- The rows of the three queries as flat views: what PostGraphile and the SQL of the floor read. The values are those of
-- the newest published runs, as the server answers them.
DROP SCHEMA IF EXISTS bench CASCADE;
CREATE SCHEMA bench;

CREATE VIEW bench.economy_row AS
SELECT upper(scope) AS scope,
       CASE WHEN scope = 'dong' THEN code END AS dong_code,
       CASE WHEN scope = 'industry' THEN code END AS industry_code,
       beta AS value, status, lower, upper
  FROM economy_sensitivity
 WHERE run_id = (SELECT max(id) FROM analysis_run WHERE analysis = 'economy' AND published_at IS NOT NULL);

CREATE VIEW bench.childcare_row AS
SELECT said.place AS dong_code,
       (said.figures #>> '{mentions,value}')::double precision AS mentions,
       said.figures #>> '{mentions,status}' AS mentions_status,
       (said.figures #>> '{mentions,interval,0}')::double precision AS mentions_lower,
       (said.figures #>> '{mentions,interval,1}')::double precision AS mentions_upper,
       (said.figures #>> '{balance,value}')::double precision AS balance,
       said.figures #>> '{balance,status}' AS balance_status,
       (said.figures #>> '{accessibility,value}')::double precision AS accessibility,
       said.figures #>> '{accessibility,status}' AS accessibility_status
  FROM childcare_dong AS said
 WHERE said.place ~ '^[0-9]{8}$'
   AND said.run_id = (SELECT max(id) FROM analysis_run WHERE analysis = 'childcare' AND published_at IS NOT NULL);

CREATE VIEW bench.wifi_row AS
SELECT rank, facility_kind, facility_id, facility_name, dong_code,
       ST_AsGeoJSON(place, 6)::json AS location,
       marginal_person_hours AS marginal, 'ESTIMATED' AS marginal_status,
       standalone_person_hours AS standalone, 'ESTIMATED' AS standalone_status
  FROM wifi_site
 WHERE run_id = (SELECT max(id) FROM analysis_run WHERE analysis = 'wifi' AND published_at IS NOT NULL);
