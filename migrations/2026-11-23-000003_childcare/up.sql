-- Childcare: posts, centres and children as the files say; then what a run has found.
CREATE TABLE post (
    version_id  integer NOT NULL REFERENCES dataset_version (id) ON DELETE CASCADE,
    id          text NOT NULL,
    created_at  timestamptz NOT NULL,
    channel     text NOT NULL CHECK (channel IN ('cafe', 'blog', 'twitter', 'insta', 'news', 'other')),
    text_masked text NOT NULL,
    author_hash text,
    reposts     integer NOT NULL DEFAULT 0 CHECK (reposts >= 0),
    PRIMARY KEY (version_id, id)
);
COMMENT ON TABLE post IS 'Public posts about childcare. Never served; only counts of them are.';
COMMENT ON COLUMN post.text_masked IS 'Text after masking; the original is never stored.';
COMMENT ON COLUMN post.author_hash IS 'Salted hash of the author; the name is never stored.';

CREATE TABLE daycare_centre (
    version_id integer NOT NULL REFERENCES dataset_version (id) ON DELETE CASCADE,
    id         text NOT NULL,
    name       text NOT NULL,
    kind       text,
    capacity   integer NOT NULL CHECK (capacity >= 0),
    enrolled   integer CHECK (enrolled >= 0),
    waiting    integer CHECK (waiting >= 0),
    part_time  boolean,
    place      geometry(Point, 4326) NOT NULL,
    PRIMARY KEY (version_id, id)
);
CREATE INDEX daycare_centre_place ON daycare_centre USING gist (place);
COMMENT ON TABLE daycare_centre IS 'Daycare centres (어린이집) that were open on the day of the file.';
COMMENT ON COLUMN daycare_centre.capacity IS 'Licensed places (정원).';
COMMENT ON COLUMN daycare_centre.part_time IS 'Offers part-time care (시간제보육), as far as the file says.';

CREATE TABLE children (
    dong_code  text NOT NULL CHECK (dong_code ~ '^[0-9]{8}$'),
    month      date NOT NULL,
    age        smallint NOT NULL CHECK (age BETWEEN 0 AND 18),
    version_id integer NOT NULL REFERENCES dataset_version (id) ON DELETE CASCADE,
    persons    integer NOT NULL CHECK (persons >= 0),
    PRIMARY KEY (dong_code, month, age, version_id)
);
COMMENT ON TABLE children IS 'Registered children by dong and age (주민등록).';

CREATE TABLE childcare_dong (
    run_id               integer NOT NULL REFERENCES analysis_run (id) ON DELETE CASCADE,
    place                text NOT NULL,
    figures              jsonb NOT NULL,
    PRIMARY KEY (run_id, place)
);
COMMENT ON TABLE childcare_dong IS 'What parents say and what care there is, by place of a run.';
COMMENT ON COLUMN childcare_dong.place IS 'A dong code, `district`, `unresolved` or `outside`.';
COMMENT ON COLUMN childcare_dong.figures IS 'Figures by name: value, status, reason, interval, sample size. Suppressed values are absent from the row, not hidden in it.';
