-- Card sales of one district ($1) from the named versions ($2), with the portals' industry codes mapped to ours by the
-- named code tables ($3), added up by period ($4: week, month or quarter) from rows of one grain ($5). Of two versions
-- that speak for the same dong and days, the newer one is read.
--
-- `seen` has a bit for every day of the period that has a row, counted from the first; a row of a coarser grain than a
-- day stands for its whole period. One line a cell, its periods in arrays.
WITH replaced AS MATERIALIZED (
    SELECT older.version_id, split_part(newer.scope, '/', 2) AS dong_code, newer.starts_on, newer.ends_on
      FROM dataset_scope AS older
      JOIN dataset_scope AS newer ON newer.scope = older.scope AND newer.version_id > older.version_id
     WHERE older.version_id = ANY ($2)
       AND newer.version_id = ANY ($2)
       AND newer.scope LIKE $5 || '/%'
), code AS (
    SELECT DISTINCT ON (system, code) system, code, own_code
      FROM industry_code
     WHERE version_id = ANY ($3)
     ORDER BY system, code, version_id DESC
), by_source_code AS (
    SELECT sales.dong_code,
           sales.system,
           sales.industry_code,
           date_trunc($4, sales.starts_on::timestamp)::date AS period,
           sum(sales.amount_won) AS amount,
           bit_or(1::bigint << (sales.starts_on - date_trunc($4, sales.starts_on::timestamp)::date) % 63) AS seen,
           CASE WHEN bool_and(sales.transactions IS NOT NULL) THEN sum(sales.transactions) END AS payments,
           min(sales.merchants) AS merchants,
           max(sales.largest_share) AS largest_share
      FROM card_sales AS sales
     WHERE sales.version_id = ANY ($2)
       AND sales.grain = $5
       AND sales.dong_code LIKE $1 || '%'
       AND NOT EXISTS (
           SELECT 1
             FROM replaced
            WHERE replaced.version_id = sales.version_id
              AND replaced.dong_code = sales.dong_code
              AND sales.starts_on BETWEEN replaced.starts_on AND replaced.ends_on)
     GROUP BY 1, 2, 3, 4
), by_own_code AS (
    SELECT source.dong_code,
           coalesce(code.own_code, source.industry_code) AS industry_code,
           source.period,
           sum(source.amount)::bigint AS amount,
           bit_or(source.seen) AS seen,
           CASE WHEN bool_and(source.payments IS NOT NULL) THEN sum(source.payments) END::bigint AS payments,
           min(source.merchants) AS merchants,
           max(source.largest_share) AS largest_share
      FROM by_source_code AS source
      LEFT JOIN code ON code.system = source.system AND code.code = source.industry_code
     GROUP BY 1, 2, 3
)
SELECT dong_code,
       industry_code,
       array_agg(period ORDER BY period) AS periods,
       array_agg(amount ORDER BY period) AS amounts,
       array_agg(seen ORDER BY period) AS seen,
       array_agg(payments ORDER BY period) AS payments,
       min(merchants) AS merchants,
       max(largest_share) AS largest_share
  FROM by_own_code
 GROUP BY 1, 2
 ORDER BY 1, 2
