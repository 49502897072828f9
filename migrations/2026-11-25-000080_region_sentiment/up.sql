ALTER TABLE economy_sentiment
    ADD COLUMN region_index double precision,
    ADD COLUMN nation_index double precision,
    ADD COLUMN region_gap double precision,
    ADD COLUMN region_se double precision;
COMMENT ON COLUMN economy_sentiment.region_index IS 'Index of the region that the run names (sentimentArea), index points.';
COMMENT ON COLUMN economy_sentiment.nation_index IS 'Index of the whole country, index points.';
COMMENT ON COLUMN economy_sentiment.region_gap IS 'Index of the region minus that of the country, index points.';
COMMENT ON COLUMN economy_sentiment.region_se IS 'Standard error of that gap; null where the numbers of firms are not known.';
