-- Sales of the district, its dongs, its industries and every cell of the two, by week, month and quarter. One line a
-- series with its periods in arrays: a city has thousands of cells, and a client reads a series whole.
CREATE TABLE economy_series (
    run_id             integer NOT NULL REFERENCES analysis_run (id) ON DELETE CASCADE,
    dong_code          text NOT NULL,
    industry_code      text NOT NULL,
    grain              text NOT NULL CHECK (grain IN ('week', 'month', 'quarter')),
    status             text NOT NULL,
    sensitive          boolean NOT NULL,
    interpolated_share double precision,
    starts_on          date[] NOT NULL,
    sales_won          double precision[] NOT NULL,
    change_aligned     double precision[] NOT NULL,
    change_plain       double precision[] NOT NULL,
    statuses           text[] NOT NULL,
    PRIMARY KEY (dong_code, run_id, industry_code, grain)
);
CREATE INDEX economy_series_run ON economy_series (run_id, grain, dong_code, industry_code);
COMMENT ON TABLE economy_series IS 'Card sales by period with their change against the base year, of one dong, one industry, a cell of both, or the district.';
COMMENT ON COLUMN economy_series.dong_code IS 'Empty for all dongs.';
COMMENT ON COLUMN economy_series.industry_code IS 'Empty for all industries.';
COMMENT ON COLUMN economy_series.status IS 'MEASURED, or SUPPRESSED: then the arrays of numbers are empty.';
COMMENT ON COLUMN economy_series.sensitive IS 'Hidden for its own sake, not as a partner of another; later runs keep to it.';
COMMENT ON COLUMN economy_series.interpolated_share IS 'Share of all sales that was filled in, 0 to 1.';
COMMENT ON COLUMN economy_series.starts_on IS 'First day of every period, in order.';
COMMENT ON COLUMN economy_series.sales_won IS 'Won, by period.';
COMMENT ON COLUMN economy_series.change_aligned IS 'Sales over those of the holiday-aligned period of the base year, minus 1; null where there is none.';
COMMENT ON COLUMN economy_series.change_plain IS 'Sales over those of the same period of the base year, minus 1; null where there is none.';
COMMENT ON COLUMN economy_series.statuses IS 'By period: MEASURED, IMPUTED, PROVISIONAL.';

-- Runs that are there keep their weeks.
INSERT INTO economy_series
SELECT run_id,
       CASE scope WHEN 'dong' THEN code ELSE '' END,
       CASE scope WHEN 'industry' THEN code ELSE '' END,
       'week',
       CASE WHEN bool_or(status = 'SUPPRESSED') THEN 'SUPPRESSED' ELSE 'MEASURED' END,
       bool_or(status = 'SUPPRESSED'),
       NULL,
       array_agg(to_date(iso_year || '-' || iso_week, 'IYYY-IW') ORDER BY iso_year, iso_week),
       coalesce(array_agg(sales_won ORDER BY iso_year, iso_week) FILTER (WHERE status <> 'SUPPRESSED'), '{}'),
       coalesce(array_agg(yoy_aligned ORDER BY iso_year, iso_week) FILTER (WHERE status <> 'SUPPRESSED'), '{}'),
       coalesce(array_agg(yoy_plain ORDER BY iso_year, iso_week) FILTER (WHERE status <> 'SUPPRESSED'), '{}'),
       array_agg(status ORDER BY iso_year, iso_week)
  FROM economy_week
 GROUP BY run_id, scope, code;
DROP TABLE economy_week;

CREATE TABLE economy_baseline_index (
    run_id  integer NOT NULL REFERENCES analysis_run (id) ON DELETE CASCADE,
    on_date date NOT NULL,
    value   double precision NOT NULL,
    PRIMARY KEY (run_id, on_date)
);
COMMENT ON TABLE economy_baseline_index IS 'Baseline index of the district: a moving week of sales over the weeks before the first case, against the same of a year before, minus 1.';
