-- Economy: what the files say (source tables), then what a run has found (result tables).
-- The dong code leads every key, so that a cluster can be distributed by it.
CREATE TABLE industry (
    code            text NOT NULL,
    name_ko         text NOT NULL,
    name_en         text,
    parent          text,
    contact         smallint CHECK (contact BETWEEN 0 AND 2),
    relief_eligible boolean,
    version_id      integer NOT NULL REFERENCES dataset_version (id) ON DELETE CASCADE,
    PRIMARY KEY (code, version_id)
);
COMMENT ON TABLE industry IS 'Industries (업종) of the district''s own list: data, not an enumeration.';
COMMENT ON COLUMN industry.contact IS 'How close the trade brings people: 0 little, 1 some, 2 much.';

CREATE TABLE industry_code (
    system     text NOT NULL,
    code       text NOT NULL,
    own_code   text NOT NULL,
    version_id integer NOT NULL REFERENCES dataset_version (id) ON DELETE CASCADE,
    PRIMARY KEY (system, code, version_id)
);
COMMENT ON TABLE industry_code IS 'Joins a portal''s code of an industry to ours. Applied when facts are read, so that a better table needs no new import.';

CREATE TABLE calendar_day (
    on_date    date NOT NULL,
    kind       text NOT NULL CHECK (kind IN ('holiday', 'seollal', 'chuseok', 'temporary', 'election')),
    name_ko    text NOT NULL,
    version_id integer NOT NULL REFERENCES dataset_version (id) ON DELETE CASCADE,
    PRIMARY KEY (on_date, kind, version_id)
);
COMMENT ON TABLE calendar_day IS 'Holidays and other days that move sales (달력).';

CREATE TABLE card_sales (
    dong_code     text NOT NULL CHECK (dong_code ~ '^[0-9]{8}$'),
    system        text NOT NULL,
    industry_code text NOT NULL,
    grain         text NOT NULL CHECK (grain IN ('day', 'week', 'month', 'quarter')),
    starts_on     date NOT NULL,
    version_id    integer NOT NULL REFERENCES dataset_version (id) ON DELETE CASCADE,
    amount_won    bigint NOT NULL,
    transactions  bigint CHECK (transactions >= 0),
    merchants     integer CHECK (merchants >= 0),
    largest_share double precision CHECK (largest_share BETWEEN 0 AND 1),
    PRIMARY KEY (dong_code, system, industry_code, grain, starts_on, version_id)
);
COMMENT ON TABLE card_sales IS 'Card sales (카드매출) by dong and industry. No row is missing; a row with 0 is a true zero.';
COMMENT ON COLUMN card_sales.system IS 'Whose industry codes these are: own, seoul, card, ...';
COMMENT ON COLUMN card_sales.amount_won IS 'Won, whole numbers.';
COMMENT ON COLUMN card_sales.merchants IS 'Merchants behind the cell; null when the source does not say.';
COMMENT ON COLUMN card_sales.largest_share IS 'Share of the largest merchant, 0 to 1.';

CREATE TABLE establishment (
    dong_code      text NOT NULL CHECK (dong_code ~ '^[0-9]{8}$'),
    system         text NOT NULL,
    industry_code  text NOT NULL,
    quarter        date NOT NULL,
    version_id     integer NOT NULL REFERENCES dataset_version (id) ON DELETE CASCADE,
    establishments integer NOT NULL CHECK (establishments >= 0),
    franchises     integer CHECK (franchises >= 0),
    opened         integer CHECK (opened >= 0),
    closed         integer CHECK (closed >= 0),
    PRIMARY KEY (dong_code, system, industry_code, quarter, version_id)
);
COMMENT ON TABLE establishment IS 'Establishments (점포) by dong, industry and quarter.';
COMMENT ON COLUMN establishment.quarter IS 'First day of the quarter.';

CREATE TABLE covid_cases (
    area       text NOT NULL,
    on_date    date NOT NULL,
    version_id integer NOT NULL REFERENCES dataset_version (id) ON DELETE CASCADE,
    new_cases  integer NOT NULL CHECK (new_cases >= 0),
    PRIMARY KEY (area, on_date, version_id)
);
COMMENT ON TABLE covid_cases IS 'New confirmed cases a day (신규 확진자), persons.';
COMMENT ON COLUMN covid_cases.area IS '`seoul`, or the five-digit code of a district.';

CREATE TABLE bsi (
    area          text NOT NULL,
    system        text NOT NULL,
    industry_code text NOT NULL,
    month         date NOT NULL,
    version_id    integer NOT NULL REFERENCES dataset_version (id) ON DELETE CASCADE,
    actual        double precision,
    outlook       double precision,
    respondents   integer CHECK (respondents >= 0),
    PRIMARY KEY (area, system, industry_code, month, version_id)
);
COMMENT ON TABLE bsi IS 'Business sentiment of small firms (경기체감지수, BSI): 100 means no change.';
COMMENT ON COLUMN bsi.month IS 'First day of the month.';

CREATE TABLE economy_sensitivity (
    run_id            integer NOT NULL REFERENCES analysis_run (id) ON DELETE CASCADE,
    scope             text NOT NULL CHECK (scope IN ('district', 'dong', 'industry')),
    code              text NOT NULL,
    status            text NOT NULL,
    reason            jsonb,
    beta              double precision,
    se                double precision,
    lower             double precision,
    upper             double precision,
    p_value           double precision,
    weeks             integer,
    effects           jsonb NOT NULL DEFAULT '[]',
    interpolated_share double precision,
    PRIMARY KEY (run_id, scope, code)
);
COMMENT ON TABLE economy_sensitivity IS 'Sensitivity (민감도) of sales to the epidemic, one row for the district, each dong and each industry.';
COMMENT ON COLUMN economy_sensitivity.beta IS 'Change of log year-on-year sales for one unit of log(1 + mean daily new cases).';
COMMENT ON COLUMN economy_sensitivity.weeks IS 'Complete pairs of weeks that the estimate rests on.';

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

CREATE TABLE economy_sentiment (
    run_id        integer NOT NULL REFERENCES analysis_run (id) ON DELETE CASCADE,
    industry_code text NOT NULL,
    month         date NOT NULL,
    status        text NOT NULL,
    reason        jsonb,
    actual        double precision,
    average       double precision,
    gap           double precision,
    se            double precision,
    lower         double precision,
    upper         double precision,
    respondents   integer,
    PRIMARY KEY (run_id, industry_code, month)
);
COMMENT ON TABLE economy_sentiment IS 'Business sentiment of an industry against the average of all industries in the same month.';
