ALTER TABLE wifi_site
    DROP COLUMN marginal_lower,
    DROP COLUMN marginal_upper,
    DROP COLUMN standalone_lower,
    DROP COLUMN standalone_upper,
    DROP COLUMN cumulative_lower,
    DROP COLUMN cumulative_upper;
DROP TABLE building;
