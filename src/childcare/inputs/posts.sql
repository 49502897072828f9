-- Posts of the named versions ($1). Of two versions that speak for the same day (Korean time), the newer one is read.
SELECT post.id,
       (post.created_at AT TIME ZONE 'Asia/Seoul')::date AS written_on,
       post.channel,
       post.author_hash,
       post.text_masked
  FROM post
 WHERE post.version_id = ANY ($1)
   AND NOT EXISTS (
       SELECT 1
         FROM dataset_scope AS newer
        WHERE newer.version_id = ANY ($1)
          AND newer.version_id > post.version_id
          AND (post.created_at AT TIME ZONE 'Asia/Seoul')::date BETWEEN newer.starts_on AND newer.ends_on)
 ORDER BY post.id, post.version_id
