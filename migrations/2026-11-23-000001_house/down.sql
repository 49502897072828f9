-- The extension stays: other schemas of the same database may use it.
DROP TABLE run_input;
DROP TABLE analysis_run;
DROP TABLE dong_boundary;
DROP TABLE dong_code;
DROP TABLE refused_row;
DROP TABLE dataset_scope;
DROP TABLE dataset_version;
