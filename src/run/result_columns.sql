-- Columns of the tables that hold results of runs, and whether each is part of the key.
SELECT DISTINCT
       result.relname::text AS table_name,
       attribute.attname::text AS column_name,
       coalesce(attribute.attnum = ANY (key.indkey), false) AS is_key,
       attribute.attnum
  FROM pg_constraint AS reference
  JOIN pg_class AS result ON result.oid = reference.conrelid
  JOIN pg_attribute AS attribute
    ON attribute.attrelid = result.oid AND attribute.attnum > 0 AND NOT attribute.attisdropped
  LEFT JOIN pg_index AS key ON key.indrelid = result.oid AND key.indisprimary
 WHERE reference.contype = 'f'
   AND reference.confrelid = 'analysis_run'::regclass
   AND result.relname <> 'run_input'
   AND attribute.attname <> 'run_id'
 ORDER BY table_name, attribute.attnum
