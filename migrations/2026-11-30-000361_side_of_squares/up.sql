-- The squares of a run say how wide they are, as the cells of a grid do. All that are there were made 100 m wide.
ALTER TABLE wifi_cell ADD COLUMN cell_m integer NOT NULL DEFAULT 100 CHECK (cell_m > 0);
ALTER TABLE wifi_cell ALTER COLUMN cell_m DROP DEFAULT;
COMMENT ON COLUMN wifi_cell.cell_m IS 'Side of the square in metres.';
COMMENT ON TABLE wifi_cell IS 'People of a dong spread over squares, as the run used them.';
