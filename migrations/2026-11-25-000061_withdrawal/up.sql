-- A run found wrong is withdrawn with a reason, not erased.
ALTER TABLE analysis_run
    ADD COLUMN withdrawal_reason     text CHECK (withdrawal_reason IS NULL OR withdrawn_at IS NOT NULL),
    ADD COLUMN withdrawn_for_privacy boolean NOT NULL DEFAULT false CHECK (NOT withdrawn_for_privacy OR withdrawn_at IS NOT NULL);
COMMENT ON COLUMN analysis_run.withdrawal_reason IS 'Why the run was withdrawn, as the district wrote it.';
COMMENT ON COLUMN analysis_run.withdrawn_for_privacy IS 'True when its results may not be read any more; otherwise they stay readable and are marked.';
