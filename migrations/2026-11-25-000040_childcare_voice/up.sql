CREATE TABLE childcare_voice (
    run_id integer PRIMARY KEY REFERENCES analysis_run (id) ON DELETE CASCADE,
    voice  jsonb NOT NULL
);
COMMENT ON TABLE childcare_voice IS 'What parents say: volumes by period, issues, keywords. Suppressed values are absent, not hidden.';
