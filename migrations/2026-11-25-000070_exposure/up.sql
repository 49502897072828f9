-- What the regressions of a run were made on, so that a slope can be computed again from the run alone.
CREATE TABLE economy_exposure (
    run_id    integer NOT NULL REFERENCES analysis_run (id) ON DELETE CASCADE,
    iso_year  integer NOT NULL,
    iso_week  integer NOT NULL,
    log_cases double precision NOT NULL,
    PRIMARY KEY (run_id, iso_year, iso_week)
);
COMMENT ON TABLE economy_exposure IS 'Exposure to the epidemic by week of a run: one series for all scopes.';
COMMENT ON COLUMN economy_exposure.log_cases IS 'log(1 + mean daily new cases of the week).';
