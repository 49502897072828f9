-- Public spaces of the versions that the run has read, in the pieces that they are kept in.
SELECT version_id || '-' || to_char(number, 'FM000000') || '-' || to_char(piece, 'FM000000') AS id,
       NULL::text AS dong_code,
       area AS place,
       jsonb_build_object('runStatus', 'PUBLISHED', 'kind', kind) AS figures
  FROM public_space
 WHERE version_id = ANY ($3)
