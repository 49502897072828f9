DROP TABLE wifi_scenario;
ALTER TABLE wifi_site
    DROP COLUMN cost_won,
    DROP COLUMN bound_share,
    DROP COLUMN dong_share_before,
    DROP COLUMN dong_share_after,
    DROP COLUMN stability;
