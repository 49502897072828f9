DROP TABLE analysis_job;
