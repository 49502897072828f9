ALTER TABLE analysis_run DROP COLUMN withdrawn_for_privacy, DROP COLUMN withdrawal_reason;
