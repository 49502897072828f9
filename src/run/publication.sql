-- One text that changes with every publication, withdrawal, import and removal.
SELECT md5(concat_ws(';',
           (SELECT string_agg(concat_ws(':', id, audience, published_at, withdrawn_at, withdrawn_for_privacy,
                                        withdrawal_reason), ',' ORDER BY id)
              FROM analysis_run
             WHERE published_at IS NOT NULL),
           (SELECT concat_ws(':', count(*), max(id), sum(id)) FROM dataset_version))) AS key
