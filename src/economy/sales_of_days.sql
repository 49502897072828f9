-- Card sales of single days of single cells: dongs ($4), industries ($5) and days ($6), in lists of equal length, from the
-- named versions ($2) of one district ($1), with the portals' industry codes mapped to ours by the named tables ($3).
WITH replaced AS MATERIALIZED (
    SELECT older.version_id, split_part(newer.scope, '/', 2) AS dong_code, newer.starts_on, newer.ends_on
      FROM dataset_scope AS older
      JOIN dataset_scope AS newer ON newer.scope = older.scope AND newer.version_id > older.version_id
     WHERE older.version_id = ANY ($2)
       AND newer.version_id = ANY ($2)
       AND newer.scope LIKE 'day/%'
), code AS MATERIALIZED (
    SELECT DISTINCT ON (system, code) system, code, own_code
      FROM industry_code
     WHERE version_id = ANY ($3)
     ORDER BY system, code, version_id DESC
), wanted AS MATERIALIZED (
    SELECT DISTINCT dong_code, industry_code, on_date
      FROM unnest($4::text[], $5::text[], $6::date[]) AS listed (dong_code, industry_code, on_date)
)
SELECT wanted.dong_code, wanted.industry_code, wanted.on_date, sum(sales.amount_won)::bigint AS amount
  FROM card_sales AS sales
  LEFT JOIN code ON code.system = sales.system AND code.code = sales.industry_code
  JOIN wanted
    ON wanted.dong_code = sales.dong_code
   AND wanted.on_date = sales.starts_on
   AND wanted.industry_code = coalesce(code.own_code, sales.industry_code)
 WHERE sales.version_id = ANY ($2)
   AND sales.grain = 'day'
   AND sales.dong_code LIKE $1 || '%'
   AND NOT EXISTS (
       SELECT 1
         FROM replaced
        WHERE replaced.version_id = sales.version_id
          AND replaced.dong_code = sales.dong_code
          AND sales.starts_on BETWEEN replaced.starts_on AND replaced.ends_on)
 GROUP BY 1, 2, 3
