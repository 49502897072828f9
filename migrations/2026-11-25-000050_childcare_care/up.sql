-- Where care is missing and where the next service could open: centres without a place on the map, use of places,
-- candidate sites; then what a run has found.
ALTER TABLE daycare_centre ALTER COLUMN place DROP NOT NULL;
ALTER TABLE daycare_centre ADD COLUMN area text;
COMMENT ON COLUMN daycare_centre.place IS 'Null where the file has no coordinates, or those that stand in for an unknown address: the centre is counted, not placed.';
COMMENT ON COLUMN daycare_centre.area IS 'District as the file names it (시군구명).';
COMMENT ON COLUMN daycare_centre.waiting IS 'Children on the waiting list (대기 아동), where the file has one.';

CREATE TABLE childcare_use (
    version_id integer NOT NULL REFERENCES dataset_version (id) ON DELETE CASCADE,
    line       bigint NOT NULL,
    month      date NOT NULL,
    dong_code  text CHECK (dong_code ~ '^[0-9]{8}$'),
    centre     text,
    kind       text NOT NULL CHECK (kind IN ('all_day', 'part_time')),
    hour_from  smallint NOT NULL CHECK (hour_from BETWEEN 0 AND 23),
    hour_to    smallint NOT NULL CHECK (hour_to BETWEEN 1 AND 24),
    places     integer NOT NULL CHECK (places >= 0),
    used       integer NOT NULL CHECK (used >= 0),
    PRIMARY KEY (version_id, line),
    CHECK (hour_from < hour_to),
    CHECK (dong_code IS NOT NULL OR centre IS NOT NULL)
);
COMMENT ON TABLE childcare_use IS 'Use of childcare places by month and band of hours (시간제보육 이용).';
COMMENT ON COLUMN childcare_use.centre IS 'Id or name of the centre, where the file speaks of one.';
COMMENT ON COLUMN childcare_use.places IS 'Places offered in the band in the month: one place on one day counts once.';
COMMENT ON COLUMN childcare_use.used IS 'Places taken, counted like the places.';

CREATE TABLE childcare_candidate (
    version_id integer NOT NULL REFERENCES dataset_version (id) ON DELETE CASCADE,
    id         text NOT NULL,
    name       text NOT NULL,
    kind       text NOT NULL,
    cost_won   bigint CHECK (cost_won > 0),
    all_day    boolean NOT NULL,
    part_time  boolean NOT NULL,
    place      geometry(Point, 4326) NOT NULL,
    PRIMARY KEY (version_id, id)
);
CREATE INDEX childcare_candidate_place ON childcare_candidate USING gist (place);
COMMENT ON TABLE childcare_candidate IS 'Buildings in which a childcare service could open (후보지).';
COMMENT ON COLUMN childcare_candidate.cost_won IS 'Cost of opening, won.';
COMMENT ON COLUMN childcare_candidate.all_day IS 'Fit for all-day care (종일 보육).';
COMMENT ON COLUMN childcare_candidate.part_time IS 'Fit for part-time care (시간제보육).';

CREATE TABLE childcare_care (
    run_id  integer NOT NULL REFERENCES analysis_run (id) ON DELETE CASCADE,
    place   text NOT NULL,
    figures jsonb NOT NULL,
    PRIMARY KEY (run_id, place)
);
COMMENT ON TABLE childcare_care IS 'Places, accessibility and unmet need by place of a run.';
COMMENT ON COLUMN childcare_care.place IS 'A dong code, or `district`.';
COMMENT ON COLUMN childcare_care.figures IS 'Figures by name: value, status, reason, interval, sample size.';

CREATE TABLE childcare_use_rate (
    run_id    integer NOT NULL REFERENCES analysis_run (id) ON DELETE CASCADE,
    place     text NOT NULL,
    kind      text NOT NULL CHECK (kind IN ('all_day', 'part_time')),
    hour_from smallint NOT NULL,
    hour_to   smallint NOT NULL,
    months    smallint NOT NULL,
    last_month date NOT NULL,
    figures   jsonb NOT NULL,
    PRIMARY KEY (run_id, place, kind, hour_from, hour_to)
);
COMMENT ON TABLE childcare_use_rate IS 'Use against places by place, kind of care and band of hours of a run.';
COMMENT ON COLUMN childcare_use_rate.place IS 'A dong code, `district`, or `unresolved` for centres that are not on the map.';
COMMENT ON COLUMN childcare_use_rate.months IS 'Months that were added up.';
COMMENT ON COLUMN childcare_use_rate.figures IS 'Figures by name. Suppressed values are absent from the row, not hidden in it.';

CREATE TABLE childcare_siting (
    run_id  integer PRIMARY KEY REFERENCES analysis_run (id) ON DELETE CASCADE,
    problem jsonb NOT NULL
);
COMMENT ON TABLE childcare_siting IS 'What choosing sites needs: cells with children and what they can reach, candidates. Plans follow for any question.';

CREATE TABLE childcare_vulnerability (
    run_id   integer PRIMARY KEY REFERENCES analysis_run (id) ON DELETE CASCADE,
    evidence jsonb NOT NULL
);
COMMENT ON TABLE childcare_vulnerability IS 'Components of vulnerability by dong and catchment: ranks follow for any weights. Suppressed counts are absent.';
