-- Wi-Fi: people by hour, what stands in the street, what already works, what is asked for; then the ranked sites.
CREATE TABLE floating_population (
    version_id integer NOT NULL REFERENCES dataset_version (id) ON DELETE CASCADE,
    cell       text NOT NULL,
    day_type   text NOT NULL CHECK (day_type IN ('weekday', 'weekend')),
    hour       smallint NOT NULL CHECK (hour BETWEEN 0 AND 23),
    people     double precision CHECK (people >= 0),
    cell_m     integer NOT NULL CHECK (cell_m > 0),
    place      geometry(Point, 4326) NOT NULL,
    PRIMARY KEY (version_id, cell, day_type, hour)
);
COMMENT ON TABLE floating_population IS 'People present (유동인구) by hour on a grid.';
COMMENT ON COLUMN floating_population.people IS 'Mean persons present in the hour; null where the source masks 3 or fewer.';
COMMENT ON COLUMN floating_population.cell IS 'Longitude and latitude of the cell''s centre to six decimals.';

CREATE TABLE floating_population_dong (
    dong_code  text NOT NULL CHECK (dong_code ~ '^[0-9]{8}$'),
    starts_on  date NOT NULL,
    grain      text NOT NULL CHECK (grain IN ('day', 'quarter')),
    hour_from  smallint NOT NULL CHECK (hour_from BETWEEN 0 AND 23),
    hour_to    smallint NOT NULL CHECK (hour_to BETWEEN 1 AND 24),
    version_id integer NOT NULL REFERENCES dataset_version (id) ON DELETE CASCADE,
    people     double precision CHECK (people >= 0),
    PRIMARY KEY (dong_code, starts_on, grain, hour_from, version_id)
);
COMMENT ON TABLE floating_population_dong IS 'People by dong and band of hours, where the source has no grid.';

CREATE TABLE facility (
    version_id integer NOT NULL REFERENCES dataset_version (id) ON DELETE CASCADE,
    kind       text NOT NULL,
    id         text NOT NULL,
    name       text,
    place      geometry(Point, 4326) NOT NULL,
    PRIMARY KEY (version_id, kind, id)
);
CREATE INDEX facility_place ON facility USING gist (place);
COMMENT ON TABLE facility IS 'Public facilities (bus stops 버스정류소, streetlights 가로등): candidates for an access point.';

CREATE TABLE access_point (
    version_id   integer NOT NULL REFERENCES dataset_version (id) ON DELETE CASCADE,
    id           text NOT NULL,
    installed_on date,
    place_name   text,
    indoor       boolean,
    place        geometry(Point, 4326) NOT NULL,
    PRIMARY KEY (version_id, id)
);
CREATE INDEX access_point_place ON access_point USING gist (place);
COMMENT ON TABLE access_point IS 'Public Wi-Fi that already works. Rows are not devices: several may share a point.';

CREATE TABLE wifi_request (
    version_id     integer NOT NULL REFERENCES dataset_version (id) ON DELETE CASCADE,
    id             text NOT NULL,
    requested_on   date NOT NULL,
    requested_kind text NOT NULL CHECK (requested_kind IN ('wifi', 'bus_stop', 'streetlight', 'other')),
    requester      text NOT NULL CHECK (requester IN ('citizen', 'department', 'unknown')),
    reason_masked  text,
    place          geometry(Point, 4326) NOT NULL,
    PRIMARY KEY (version_id, id)
);
CREATE INDEX wifi_request_place ON wifi_request USING gist (place);
COMMENT ON TABLE wifi_request IS 'Requests (설치 요청) by citizens and departments.';
COMMENT ON COLUMN wifi_request.reason_masked IS 'Reason after masking; the original is never stored.';

CREATE TABLE wifi_site (
    run_id                 integer NOT NULL REFERENCES analysis_run (id) ON DELETE CASCADE,
    rank                   integer NOT NULL CHECK (rank > 0),
    facility_kind          text NOT NULL,
    facility_id            text NOT NULL,
    facility_name          text,
    dong_code              text,
    place                  geometry(Point, 4326) NOT NULL,
    marginal_person_hours  double precision NOT NULL,
    standalone_person_hours double precision NOT NULL,
    cumulative_person_hours double precision NOT NULL,
    cumulative_share       double precision,
    requests_served        integer NOT NULL,
    nearest_access_point_m double precision,
    top_hours              smallint[] NOT NULL,
    PRIMARY KEY (run_id, rank)
);
CREATE INDEX wifi_site_place ON wifi_site USING gist (place);
COMMENT ON TABLE wifi_site IS 'Ranked sites of a run: every prefix of the list is a good plan of that size.';
COMMENT ON COLUMN wifi_site.marginal_person_hours IS 'Person-hours a day that this site adds to those ranked before it.';

CREATE TABLE wifi_summary (
    run_id                   integer PRIMARY KEY REFERENCES analysis_run (id) ON DELETE CASCADE,
    figures                  jsonb NOT NULL
);
COMMENT ON TABLE wifi_summary IS 'Figures of a run as a whole: demand, what is served already, value of the plan.';
