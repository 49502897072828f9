-- Posts of the named versions ($1) from the first month of which no text was dropped: a month that lacks some of its
-- posts would look quieter than it was. Of two versions that speak for the same day (Korean time), the newer one is read.
SELECT post.id,
       (post.created_at AT TIME ZONE 'Asia/Seoul')::date AS written_on,
       post.channel,
       post.author_hash,
       post.text_masked
  FROM post
 WHERE post.version_id = ANY ($1)
   AND post.text_masked IS NOT NULL
   AND (post.created_at AT TIME ZONE 'Asia/Seoul') >= COALESCE((
       SELECT date_trunc('month', max(dropped.created_at AT TIME ZONE 'Asia/Seoul')) + interval '1 month'
         FROM post AS dropped
        WHERE dropped.version_id = ANY ($1)
          AND dropped.text_masked IS NULL), '-infinity')
   AND NOT EXISTS (
       SELECT 1
         FROM dataset_scope AS newer
        WHERE newer.version_id = ANY ($1)
          AND newer.version_id > post.version_id
          AND (post.created_at AT TIME ZONE 'Asia/Seoul')::date BETWEEN newer.starts_on AND newer.ends_on)
 ORDER BY written_on, post.id COLLATE "C", post.version_id
