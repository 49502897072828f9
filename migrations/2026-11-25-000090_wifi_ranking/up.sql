ALTER TABLE wifi_site
    ADD COLUMN cost_won bigint,
    ADD COLUMN bound_share double precision,
    ADD COLUMN dong_share_before double precision,
    ADD COLUMN dong_share_after double precision,
    ADD COLUMN stability double precision;
COMMENT ON COLUMN wifi_site.cost_won IS 'Cost of the site by the costs of the run, won; null in runs that knew none.';
COMMENT ON COLUMN wifi_site.bound_share IS 'What the list counts up to here over what no list of as many sites can exceed, 0 to 1.';
COMMENT ON COLUMN wifi_site.dong_share_before IS 'Share of the demand of its dong that access points and better sites reach, 0 to 1.';
COMMENT ON COLUMN wifi_site.dong_share_after IS 'The same with this site.';
COMMENT ON COLUMN wifi_site.stability IS 'Share of the people in its reach whom the lists of other settings reach too, on average, 0 to 1.';

CREATE TABLE wifi_scenario (
    run_id           integer NOT NULL REFERENCES analysis_run (id) ON DELETE CASCADE,
    number           integer NOT NULL,
    kind             text NOT NULL,
    setting          double precision NOT NULL,
    own_person_hours double precision NOT NULL,
    kept_person_hours double precision NOT NULL,
    PRIMARY KEY (run_id, number)
);
COMMENT ON TABLE wifi_scenario IS 'The ranked list under other settings than those of the run.';
COMMENT ON COLUMN wifi_scenario.kind IS '`radius`, `request_weight`, `daytime`, `evening` or `weights`.';
COMMENT ON COLUMN wifi_scenario.setting IS 'Radius in metres, person-hours a request, or number of the draw; 0 for hours of the day.';
COMMENT ON COLUMN wifi_scenario.own_person_hours IS 'Person-hours a day of the list made under the settings.';
COMMENT ON COLUMN wifi_scenario.kept_person_hours IS 'Person-hours a day, by the same settings, of the list of the run.';
