DROP TABLE wifi_cell;
ALTER TABLE wifi_summary DROP COLUMN plan;
