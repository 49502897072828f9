-- What a run has found about structure, markets, the use of merchants, policies by other outcomes, and where to act.
CREATE TABLE economy_structure (
    run_id         integer NOT NULL REFERENCES analysis_run (id) ON DELETE CASCADE,
    dong_code      text NOT NULL,
    industry_code  text NOT NULL,
    status         text NOT NULL CHECK (status IN ('MEASURED', 'SUPPRESSED')),
    quarters       date[] NOT NULL,
    establishments bigint[] NOT NULL,
    franchises     bigint[] NOT NULL,
    opened         bigint[] NOT NULL,
    closed         bigint[] NOT NULL,
    sales_won      double precision[] NOT NULL,
    payments       double precision[] NOT NULL,
    market_share   double precision[] NOT NULL,
    amount_log     double precision[] NOT NULL,
    ticket_log     double precision[] NOT NULL,
    footfall       double precision[] NOT NULL,
    imputed        boolean[] NOT NULL,
    PRIMARY KEY (run_id, dong_code, industry_code)
);
COMMENT ON TABLE economy_structure IS 'Shops, sales, shares and the parts of their change by quarter, of the district, a dong, an industry or a cell of both.';
COMMENT ON COLUMN economy_structure.dong_code IS 'Empty for all dongs.';
COMMENT ON COLUMN economy_structure.industry_code IS 'Empty for all industries.';
COMMENT ON COLUMN economy_structure.status IS 'SUPPRESSED: the arrays of numbers are empty.';
COMMENT ON COLUMN economy_structure.quarters IS 'First day of every quarter, in order; the other arrays follow it, with null for what is not known.';
COMMENT ON COLUMN economy_structure.amount_log IS 'Log of sales over those of the same quarter of the base year.';
COMMENT ON COLUMN economy_structure.ticket_log IS 'Log of won a payment over that of the same quarter of the base year.';
COMMENT ON COLUMN economy_structure.footfall IS 'People counted on the street (길단위 유동인구), where the run has read them.';
COMMENT ON COLUMN economy_structure.imputed IS 'Sales of the quarter, or of the one of the base year, were filled in for a cell.';

CREATE TABLE economy_market (
    run_id       integer NOT NULL REFERENCES analysis_run (id) ON DELETE CASCADE,
    number       integer NOT NULL,
    name_ko      text NOT NULL,
    kind         text NOT NULL,
    address      text,
    lists        text[] NOT NULL,
    shops        integer,
    opened_in    smallint,
    dong_code    text,
    place        geometry(Point, 4326),
    sales_link   text CHECK (sales_link IN ('code', 'name')),
    quarters     date[] NOT NULL,
    sales_won    double precision[] NOT NULL,
    change       double precision[] NOT NULL,
    PRIMARY KEY (run_id, number)
);
COMMENT ON TABLE economy_market IS 'Markets and shopping streets of a run, one row for what several lists say.';
COMMENT ON COLUMN economy_market.dong_code IS 'The dong whose boundary holds the place; null without a place, or with one beyond the district.';
COMMENT ON COLUMN economy_market.sales_link IS 'How its own sales were found; null where only those of its dong are known.';
COMMENT ON COLUMN economy_market.change IS 'Own sales over those of the same quarter of the base year, minus 1.';

CREATE TABLE economy_usage (
    run_id        integer NOT NULL REFERENCES analysis_run (id) ON DELETE CASCADE,
    scheme        text NOT NULL,
    dong_code     text NOT NULL,
    industry_code text NOT NULL,
    status        text NOT NULL CHECK (status IN ('MEASURED', 'SUPPRESSED')),
    months        date[] NOT NULL,
    merchants     bigint[] NOT NULL,
    transactions  bigint[] NOT NULL,
    amount_won    bigint[] NOT NULL,
    PRIMARY KEY (run_id, scheme, dong_code, industry_code)
);
COMMENT ON TABLE economy_usage IS 'Use of merchants (가맹점 이용) by scheme and month, of the district, a dong or an industry.';
COMMENT ON COLUMN economy_usage.dong_code IS 'Empty for all dongs.';
COMMENT ON COLUMN economy_usage.industry_code IS 'Empty for all industries.';

CREATE TABLE economy_comparison (
    run_id     integer NOT NULL REFERENCES analysis_run (id) ON DELETE CASCADE,
    policy     text NOT NULL,
    outcome    text NOT NULL,
    scheme     text NOT NULL,
    comparison jsonb,
    shortfall  text,
    PRIMARY KEY (run_id, policy, outcome, scheme),
    CHECK ((comparison IS NULL) <> (shortfall IS NULL))
);
COMMENT ON TABLE economy_comparison IS 'Policies by other outcomes than weekly sales: markets, chains, use of merchants.';
COMMENT ON COLUMN economy_comparison.scheme IS 'Of the use of merchants; otherwise empty.';
COMMENT ON COLUMN economy_comparison.shortfall IS 'Why there is no comparison.';

CREATE TABLE economy_level (
    run_id    integer NOT NULL REFERENCES analysis_run (id) ON DELETE CASCADE,
    scope     text NOT NULL CHECK (scope IN ('district', 'dong', 'industry')),
    code      text NOT NULL,
    status    text NOT NULL CHECK (status IN ('ESTIMATED', 'SUPPRESSED', 'INSUFFICIENT_DATA')),
    level     jsonb,
    PRIMARY KEY (run_id, scope, code)
);
COMMENT ON TABLE economy_level IS 'Sales of the last weeks over those of the base year, with interval.';
COMMENT ON COLUMN economy_level.level IS 'Null unless the status is ESTIMATED.';
