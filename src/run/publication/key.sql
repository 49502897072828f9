-- One text that changes with every publication, withdrawal, import and removal, whatever the session that asks has set.
-- Each table that is named here has the trigger tell_publications.
SELECT md5(concat_ws(';',
           (SELECT string_agg(concat_ws(':', id, audience, extract(epoch FROM published_at),
                                        extract(epoch FROM withdrawn_at), withdrawn_for_privacy, withdrawal_reason),
                              ',' ORDER BY id)
              FROM analysis_run
             WHERE published_at IS NOT NULL),
           (SELECT concat_ws(':', count(*), max(id), sum(id)) FROM dataset_version))) AS key
