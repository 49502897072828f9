-- Card sales of one district ($1) from the named versions ($2) by day, all cells together, as far as there are rows.
WITH replaced AS MATERIALIZED (
    SELECT older.version_id, split_part(newer.scope, '/', 2) AS dong_code, newer.starts_on, newer.ends_on
      FROM dataset_scope AS older
      JOIN dataset_scope AS newer ON newer.scope = older.scope AND newer.version_id > older.version_id
     WHERE older.version_id = ANY ($2)
       AND newer.version_id = ANY ($2)
       AND newer.scope LIKE 'day/%'
)
SELECT sales.starts_on AS on_date, sum(sales.amount_won)::bigint AS amount
  FROM card_sales AS sales
 WHERE sales.version_id = ANY ($2)
   AND sales.grain = 'day'
   AND sales.dong_code LIKE $1 || '%'
   AND NOT EXISTS (
       SELECT 1
         FROM replaced
        WHERE replaced.version_id = sales.version_id
          AND replaced.dong_code = sales.dong_code
          AND sales.starts_on BETWEEN replaced.starts_on AND replaced.ends_on)
 GROUP BY 1
 ORDER BY 1
