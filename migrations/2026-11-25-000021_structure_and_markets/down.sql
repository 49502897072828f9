DROP TABLE economy_level;
DROP TABLE economy_comparison;
DROP TABLE economy_usage;
DROP TABLE economy_market;
DROP TABLE economy_structure;
