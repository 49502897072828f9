-- What was filed around a place ($1 longitude, $2 latitude, $3 metres): by this actor ($4) and still open, and by
-- citizens within a day. A degree is never longer than 111,700 m, so the rectangle holds the circle at this latitude.
SELECT count(*) FILTER (WHERE who.actor = $4 AND ended.number IS NULL) AS same_open,
       count(*) FILTER (WHERE filed.requester = 'citizen' AND filed.filed_at > now() - interval '1 day') AS nearby
  FROM filed_wifi_request AS filed
  LEFT JOIN wifi_request_end AS ended USING (number)
  LEFT JOIN personal.contribution AS who ON who.kind = 'wifi_request' AND who.number = filed.number,
       ST_SetSRID(ST_MakePoint($1, $2), 4326) AS here
 WHERE filed.place && ST_Expand(here, $3 / 80000, $3 / 110000)
   AND ST_DWithin(filed.place::geography, here::geography, $3)
