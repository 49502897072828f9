COMMENT ON TABLE wifi_cell IS 'People of a dong spread over squares of 100 m, as the run used them.';
ALTER TABLE wifi_cell DROP COLUMN cell_m;
