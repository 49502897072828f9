ALTER TABLE analysis_job DROP COLUMN message_ko;
