-- Card sales of one district ($1) from the named versions ($2) by day, all cells together. A day that a cell lacks is
-- filled in linearly between its neighbours; before the first and after the last the level stays. What is filled in is
-- added up in a fixed order, so that the same data give the same bits.
--
-- Of the days of a cell only those beside a gap are kept: of a city's millions they are a few in a thousand.
WITH replaced AS MATERIALIZED (
    SELECT older.version_id, split_part(newer.scope, '/', 2) AS dong_code, newer.starts_on, newer.ends_on
      FROM dataset_scope AS older
      JOIN dataset_scope AS newer ON newer.scope = older.scope AND newer.version_id > older.version_id
     WHERE older.version_id = ANY ($2)
       AND newer.version_id = ANY ($2)
       AND newer.scope LIKE 'day/%'
), in_force AS NOT MATERIALIZED (
    SELECT sales.dong_code, sales.system, sales.industry_code, sales.starts_on AS day, sales.amount_won AS amount
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
), observed AS MATERIALIZED (
    SELECT day, sum(amount)::bigint AS amount
      FROM in_force
     GROUP BY day
), span AS (
    SELECT min(day) AS first, max(day) AS last
      FROM observed
), neighbours AS (
    SELECT in_force.*,
           lag(day) OVER in_time AS day_before,
           lead(day) OVER in_time AS day_after,
           lead(amount) OVER in_time AS amount_after
      FROM in_force
    WINDOW in_time AS (PARTITION BY dong_code, system, industry_code ORDER BY day)
), edge AS MATERIALIZED (
    SELECT *
      FROM neighbours
     WHERE day_before IS NULL
        OR day_after IS NULL
        OR day_after > day + 1
), filled AS (
    SELECT edge.dong_code, edge.system, edge.industry_code, gap.day::date AS day,
           edge.amount + (edge.amount_after - edge.amount)::double precision
                         * (gap.day::date - edge.day) / (edge.day_after - edge.day) AS amount
      FROM edge, generate_series(edge.day + 1, edge.day_after - 1, interval '1 day') AS gap (day)
     WHERE edge.day_after > edge.day + 1
     UNION ALL
    SELECT edge.dong_code, edge.system, edge.industry_code, gap.day::date, edge.amount::double precision
      FROM edge, span, generate_series(span.first, edge.day - 1, interval '1 day') AS gap (day)
     WHERE edge.day_before IS NULL
     UNION ALL
    SELECT edge.dong_code, edge.system, edge.industry_code, gap.day::date, edge.amount::double precision
      FROM edge, span, generate_series(edge.day + 1, span.last, interval '1 day') AS gap (day)
     WHERE edge.day_after IS NULL
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
