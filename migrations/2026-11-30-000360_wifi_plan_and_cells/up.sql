-- A run may be asked for a plan that is too large for an answer at once; it is kept beside the figures of the run.
ALTER TABLE wifi_summary ADD COLUMN plan jsonb;
COMMENT ON COLUMN wifi_summary.plan IS 'The plan that the parameters of the run ask for; null where they ask for none.';

-- Where the source counts people by dong, a run spreads them over squares; a map shows the squares of that run.
CREATE TABLE wifi_cell (
    run_id               integer NOT NULL REFERENCES analysis_run (id) ON DELETE CASCADE,
    number               integer NOT NULL,
    dong_code            text,
    place                geometry(Point, 4326) NOT NULL,
    weekday_person_hours double precision NOT NULL,
    weekend_person_hours double precision NOT NULL,
    masked_hours         integer NOT NULL,
    PRIMARY KEY (run_id, number)
);
COMMENT ON TABLE wifi_cell IS 'People of a dong spread over squares of 100 m, as the run used them.';
COMMENT ON COLUMN wifi_cell.weekday_person_hours IS 'Persons counted on a weekday times hours, masked counts left out.';
COMMENT ON COLUMN wifi_cell.weekend_person_hours IS 'The same on a day at the weekend.';
COMMENT ON COLUMN wifi_cell.masked_hours IS 'Hours of both days of which a part is masked.';
