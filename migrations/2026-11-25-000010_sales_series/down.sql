DROP TABLE economy_baseline_index;

CREATE TABLE economy_week (
    run_id      integer NOT NULL REFERENCES analysis_run (id) ON DELETE CASCADE,
    scope       text NOT NULL CHECK (scope IN ('district', 'dong', 'industry')),
    code        text NOT NULL,
    iso_year    integer NOT NULL,
    iso_week    integer NOT NULL CHECK (iso_week BETWEEN 1 AND 53),
    status      text NOT NULL,
    reason      jsonb,
    sales_won   double precision,
    yoy_aligned double precision,
    yoy_plain   double precision,
    PRIMARY KEY (run_id, scope, code, iso_year, iso_week)
);
COMMENT ON TABLE economy_week IS 'Weekly sales and their year-on-year change, holiday-aligned and plain.';
COMMENT ON COLUMN economy_week.yoy_aligned IS 'Sales over the holiday-aligned week of the base year, minus 1.';

-- The old table knows no cells, months or quarters, and keeps no reasons of single weeks that the new one states by status.
INSERT INTO economy_week (run_id, scope, code, iso_year, iso_week, status, sales_won, yoy_aligned, yoy_plain)
SELECT run_id,
       CASE WHEN dong_code <> '' THEN 'dong' WHEN industry_code <> '' THEN 'industry' ELSE 'district' END,
       dong_code || industry_code,
       extract(isoyear FROM starts_on[at])::integer,
       extract(week FROM starts_on[at])::integer,
       statuses[at],
       sales_won[at],
       change_aligned[at],
       change_plain[at]
  FROM economy_series, generate_subscripts(starts_on, 1) AS at
 WHERE grain = 'week'
   AND (dong_code = '' OR industry_code = '');
DROP TABLE economy_series;
