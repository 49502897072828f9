ALTER TABLE economy_sentiment
    DROP COLUMN region_index,
    DROP COLUMN nation_index,
    DROP COLUMN region_gap,
    DROP COLUMN region_se;
