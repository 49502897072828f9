ALTER TABLE facility ADD COLUMN install_cost_won bigint CHECK (install_cost_won > 0);
COMMENT ON TABLE facility IS 'Public facilities (bus stops 버스정류소, streetlights 가로등, parks 공원, stations 역 and others): candidates for an access point.';
COMMENT ON COLUMN facility.install_cost_won IS 'What a site here costs, won, where the source says so.';
