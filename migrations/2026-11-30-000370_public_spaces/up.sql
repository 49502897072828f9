-- An access point out of doors serves people in streets, parks and squares: where those lie says what share of the people
-- of a cell it can serve, and in which cells of a dong people are placed at all.
CREATE TABLE public_space (
    version_id integer NOT NULL REFERENCES dataset_version (id) ON DELETE CASCADE,
    number     integer NOT NULL,
    piece      integer NOT NULL,
    kind       text,
    area       geometry(MultiPolygon, 4326) NOT NULL,
    PRIMARY KEY (version_id, number, piece)
);
CREATE INDEX public_space_area ON public_space USING gist (area);
COMMENT ON TABLE public_space IS 'Ground that everybody may enter (공공공간): streets, parks, squares. Large ones are cut into pieces, so that a cell meets few corners.';
COMMENT ON COLUMN public_space.number IS 'Number of the feature in the files, from 1.';
COMMENT ON COLUMN public_space.piece IS 'Number of the piece of the feature, from 1.';
COMMENT ON COLUMN public_space.kind IS 'What it is, as the file says: road, park, square; null where the file says nothing.';
