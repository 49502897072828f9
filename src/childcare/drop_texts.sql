-- Drops texts and authors of the posts written before $1; returns how many by version, and notes it there.
WITH dropped AS (
    UPDATE post
       SET text_masked = NULL,
           author_hash = NULL
     WHERE created_at < $1
       AND text_masked IS NOT NULL
    RETURNING version_id
), counted AS (
    SELECT version_id,
           count(*) AS posts
      FROM dropped
     GROUP BY version_id
), noted AS (
    UPDATE dataset_version
       SET notes = notes || format('The texts of %s posts written before %s were dropped.',
                                   counted.posts, to_char($1 AT TIME ZONE 'Asia/Seoul', 'YYYY-MM-DD HH24:MI'))
      FROM counted
     WHERE dataset_version.id = counted.version_id
)
SELECT version_id, posts
  FROM counted
 ORDER BY version_id
