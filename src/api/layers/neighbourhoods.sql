
-- The newest boundaries with the figures of the runs: economy, childcare, Wi-Fi. Where a figure is suppressed, the
-- stored value is null already.
SELECT dong.dong_code AS id,
       dong.dong_code,
       dong.boundary AS place,
       jsonb_build_object(
           'code', dong.dong_code,
           'name', dong.name_ko,
           'sensitivity', economy.beta,
           'sensitivityStatus', coalesce(economy.status, 'NOT_AVAILABLE'),
           'mentions', said.figures -> 'mentions' -> 'value',
           'mentionsStatus', coalesce(said.figures -> 'mentions' ->> 'status', 'NOT_AVAILABLE'),
           'accessibility', care.figures -> 'accessibility' -> 'value',
           'accessibilityStatus', coalesce(care.figures -> 'accessibility' ->> 'status', 'NOT_AVAILABLE'),
           'wifiMarginalPersonHours', CASE WHEN $2[3] IS NOT NULL THEN coalesce(wifi.person_hours, 0) END,
           'wifiSites', CASE WHEN $2[3] IS NOT NULL THEN coalesce(wifi.sites, 0) END,
           'wifiStatus', CASE WHEN $2[3] IS NOT NULL THEN 'ESTIMATED' ELSE 'NOT_AVAILABLE' END) AS figures
  FROM newest_dongs($1, NULL) AS dong
  LEFT JOIN economy_sensitivity AS economy
    ON economy.run_id = $2[1] AND economy.scope = 'dong' AND economy.code = dong.dong_code
  LEFT JOIN childcare_dong AS said ON said.run_id = $2[2] AND said.place = dong.dong_code
  LEFT JOIN childcare_care AS care ON care.run_id = $2[2] AND care.place = dong.dong_code
  LEFT JOIN (SELECT dong_code, sum(marginal_person_hours) AS person_hours, count(*) AS sites
               FROM wifi_site
              WHERE run_id = $2[3]
              GROUP BY dong_code) AS wifi ON wifi.dong_code = dong.dong_code
