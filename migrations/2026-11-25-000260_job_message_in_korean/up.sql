-- Whoever asked reads in a language of their own why a job has failed.
ALTER TABLE analysis_job ADD COLUMN message_ko text;
COMMENT ON COLUMN analysis_job.message_ko IS 'The same in Korean, where it was written.';
