-- Buildings tell where in a dong its people are; masked counts are filled in, and what that leaves open is kept.
CREATE TABLE building (
    version_id    integer NOT NULL REFERENCES dataset_version (id) ON DELETE CASCADE,
    id            text NOT NULL,
    floor_area_m2 double precision NOT NULL CHECK (floor_area_m2 >= 0),
    place         geometry(Point, 4326) NOT NULL,
    PRIMARY KEY (version_id, id)
);
COMMENT ON TABLE building IS 'Buildings (건물) with their floor area: people of a dong are spread over its ground by it.';
COMMENT ON COLUMN building.floor_area_m2 IS 'Total floor area (연면적), square metres.';

ALTER TABLE wifi_site
    ADD COLUMN marginal_lower double precision,
    ADD COLUMN marginal_upper double precision,
    ADD COLUMN standalone_lower double precision,
    ADD COLUMN standalone_upper double precision,
    ADD COLUMN cumulative_lower double precision,
    ADD COLUMN cumulative_upper double precision;
COMMENT ON COLUMN wifi_site.marginal_lower IS 'The marginal person-hours with nobody behind each masked count; null where none is masked.';
COMMENT ON COLUMN wifi_site.marginal_upper IS 'The same with three persons behind each.';
