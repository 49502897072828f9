-- The text of a post can be dropped after some days; what was counted of it stays.
ALTER TABLE post ALTER COLUMN text_masked DROP NOT NULL;
COMMENT ON COLUMN post.text_masked IS 'Text after masking; the original is never stored. Null once it was dropped.';
