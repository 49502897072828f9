-- A version is in force while one of its scopes is not inside the same scope of a newer version of the dataset.
SELECT version.id
  FROM dataset_version AS version
 WHERE version.dataset = $1
   AND EXISTS (
       SELECT 1
         FROM dataset_scope AS mine
        WHERE mine.version_id = version.id
          AND NOT EXISTS (
              SELECT 1
                FROM dataset_scope AS theirs
                JOIN dataset_version AS newer ON newer.id = theirs.version_id
               WHERE newer.dataset = version.dataset
                 AND newer.id > version.id
                 AND theirs.scope = mine.scope
                 AND (theirs.starts_on IS NULL OR theirs.starts_on <= mine.starts_on)
                 AND (theirs.ends_on IS NULL OR theirs.ends_on >= mine.ends_on)))
 ORDER BY version.id
