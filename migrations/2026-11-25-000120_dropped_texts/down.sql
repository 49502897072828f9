-- A text that was dropped cannot come back; its place is taken by an empty one.
UPDATE post SET text_masked = '' WHERE text_masked IS NULL;
ALTER TABLE post ALTER COLUMN text_masked SET NOT NULL;
COMMENT ON COLUMN post.text_masked IS 'Text after masking; the original is never stored.';
