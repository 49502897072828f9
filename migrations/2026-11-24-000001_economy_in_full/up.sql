-- Economy in full: policy events, shocks, relative sensitivity, ranks.
CREATE TABLE policy_event (
    code       text NOT NULL,
    name_ko    text NOT NULL,
    name_en    text,
    starts_on  date NOT NULL,
    ends_on    date,
    kind       text NOT NULL CHECK (kind IN ('subsidy', 'distancing', 'other')),
    industries text[] NOT NULL,
    dongs      text[] NOT NULL,
    source     text,
    version_id integer NOT NULL REFERENCES dataset_version (id) ON DELETE CASCADE,
    PRIMARY KEY (code, version_id),
    CHECK (ends_on >= starts_on)
);
COMMENT ON TABLE policy_event IS 'Policies with a first day (정책): relief funds, distancing stages.';
COMMENT ON COLUMN policy_event.industries IS 'Own codes of the industries that it reached; empty means all.';
COMMENT ON COLUMN policy_event.dongs IS 'Codes of the dongs that it reached; empty means all.';
COMMENT ON COLUMN policy_event.source IS 'Where the dates were published.';

CREATE TABLE economy_scope (
    run_id  integer NOT NULL REFERENCES analysis_run (id) ON DELETE CASCADE,
    scope   text NOT NULL CHECK (scope IN ('district', 'dong', 'industry')),
    code    text NOT NULL,
    figures jsonb NOT NULL,
    PRIMARY KEY (run_id, scope, code)
);
COMMENT ON TABLE economy_scope IS 'Relative sensitivity and shape of the shock, by scope of a run.';
COMMENT ON COLUMN economy_scope.figures IS 'Figures by name: value, status, reason, interval, sample size. Suppressed values are absent from the row, not hidden in it.';

CREATE TABLE economy_policy (
    run_id integer NOT NULL REFERENCES analysis_run (id) ON DELETE CASCADE,
    code   text NOT NULL,
    effect jsonb,
    PRIMARY KEY (run_id, code)
);
COMMENT ON TABLE economy_policy IS 'Effects of policy events: groups compared, difference in logs, randomisation test, weekly path.';
COMMENT ON COLUMN economy_policy.effect IS 'Null where the data do not cover the event, or nothing can be compared with.';

CREATE TABLE economy_ranking (
    run_id  integer PRIMARY KEY REFERENCES analysis_run (id) ON DELETE CASCADE,
    ranking jsonb NOT NULL
);
COMMENT ON TABLE economy_ranking IS 'Components of the composite index by dong, as observed and in every resampled year: ranks follow for any weights. Dongs that may not be shown are absent.';

CREATE TABLE economy_mix_sentiment (
    run_id    integer NOT NULL REFERENCES analysis_run (id) ON DELETE CASCADE,
    dong_code text NOT NULL,
    month     date NOT NULL,
    gap       double precision NOT NULL,
    se        double precision,
    coverage  double precision NOT NULL,
    PRIMARY KEY (run_id, dong_code, month)
);
COMMENT ON TABLE economy_mix_sentiment IS 'Sentiment that the mix of industries implies for a dong; there is no survey by dong.';
COMMENT ON COLUMN economy_mix_sentiment.coverage IS 'Share of the dong''s sales in industries that the survey covers.';

ALTER TABLE economy_sentiment ADD COLUMN outlook double precision;
COMMENT ON COLUMN economy_sentiment.outlook IS 'Index as expected for the month, index points.';
