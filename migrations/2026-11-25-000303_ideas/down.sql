DROP TABLE data_demand;
DROP TABLE idea_decision;
DROP TABLE policy_idea;
DROP TABLE idea_call;
