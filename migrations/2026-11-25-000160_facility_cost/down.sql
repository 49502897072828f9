ALTER TABLE facility DROP COLUMN install_cost_won;
COMMENT ON TABLE facility IS 'Public facilities (bus stops 버스정류소, streetlights 가로등): candidates for an access point.';
