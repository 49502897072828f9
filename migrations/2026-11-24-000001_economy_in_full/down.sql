ALTER TABLE economy_sentiment DROP COLUMN outlook;
DROP TABLE economy_mix_sentiment;
DROP TABLE economy_ranking;
DROP TABLE economy_policy;
DROP TABLE economy_scope;
DROP TABLE policy_event;
