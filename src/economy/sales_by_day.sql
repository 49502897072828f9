-- Card sales of one district ($1) from the named versions ($2) by day, all cells together. A day that a cell lacks is
-- filled in linearly between its neighbours; before the first and after the last the level stays. What is filled in is
-- added up in a fixed order, so that the same data give the same bits.
WITH replaced AS MATERIALIZED (
    SELECT older.version_id, split_part(newer.scope, '/', 2) AS dong_code, newer.starts_on, newer.ends_on
      FROM dataset_scope AS older
      JOIN dataset_scope AS newer ON newer.scope = older.scope AND newer.version_id > older.version_id
     WHERE older.version_id = ANY ($2)
       AND newer.version_id = ANY ($2)
       AND newer.scope LIKE 'day' || '/%'
), cell AS (
    SELECT sales.dong_code,
           sales.system,
           sales.industry_code,
           sales.starts_on AS day,
           sales.amount_won AS amount,
           lag(sales.starts_on) OVER in_time AS day_before,
           lead(sales.starts_on) OVER in_time AS day_after,
           lead(sales.amount_won) OVER in_time AS amount_after
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
    WINDOW in_time AS (
        PARTITION BY sales.dong_code, sales.system, sales.industry_code
        ORDER BY sales.starts_on)
), observed AS (
    SELECT day, sum(amount)::bigint AS amount
      FROM cell
     GROUP BY day
), span AS (
    SELECT min(day) AS first, max(day) AS last
      FROM observed
), filled AS (
    SELECT cell.dong_code, cell.system, cell.industry_code, gap.day::date AS day,
           cell.amount + (cell.amount_after - cell.amount)::double precision
                         * (gap.day::date - cell.day) / (cell.day_after - cell.day) AS amount
      FROM cell, generate_series(cell.day + 1, cell.day_after - 1, interval '1 day') AS gap (day)
     WHERE cell.day_after > cell.day + 1
     UNION ALL
    SELECT cell.dong_code, cell.system, cell.industry_code, gap.day::date, cell.amount::double precision
      FROM cell, span, generate_series(span.first, cell.day - 1, interval '1 day') AS gap (day)
     WHERE cell.day_before IS NULL
     UNION ALL
    SELECT cell.dong_code, cell.system, cell.industry_code, gap.day::date, cell.amount::double precision
      FROM cell, span, generate_series(cell.day + 1, span.last, interval '1 day') AS gap (day)
     WHERE cell.day_after IS NULL
), filled_by_day AS (
    SELECT day, sum(amount ORDER BY dong_code, system, industry_code) AS amount
      FROM filled
     GROUP BY day
)
SELECT coalesce(observed.day, filled_by_day.day) AS on_date,
       coalesce(observed.amount, 0)::double precision + coalesce(filled_by_day.amount, 0) AS amount
  FROM observed
  FULL JOIN filled_by_day ON filled_by_day.day = observed.day
 ORDER BY 1
