-- Use of places of the named versions ($1). Of two versions that speak for the same month, the newer one is read.
SELECT care.month, care.dong_code, care.centre, care.kind, care.hour_from, care.hour_to, care.places, care.used
  FROM childcare_use AS care
 WHERE care.version_id = ANY ($1)
   AND NOT EXISTS (
       SELECT 1
         FROM dataset_scope AS newer
        WHERE newer.version_id = ANY ($1)
          AND newer.version_id > care.version_id
          AND care.month BETWEEN newer.starts_on AND newer.ends_on)
 ORDER BY care.version_id, care.line
