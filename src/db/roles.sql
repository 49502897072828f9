-- The roles of the database and what each may do. May be run again at any time: by an administrator the first time, later
-- by dj_migrator and its members too. Every `dongjak migrate` does so where the tables belong to dj_migrator. A role that exists is left as it is; its rights are set anew.
DO $roles$
DECLARE
    role  text;
    item  record;
    whose text;
    admin boolean := (SELECT rolsuper OR rolcreaterole FROM pg_roles WHERE rolname = current_user);
BEGIN
    FOREACH role IN ARRAY ARRAY['dj_migrator', 'dj_importer', 'dj_server', 'dj_writer', 'dj_backup'] LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role) THEN
            BEGIN
                EXECUTE format('CREATE ROLE %I LOGIN', role);
            EXCEPTION WHEN duplicate_object OR unique_violation THEN
                NULL; -- Somebody has made it in this moment.
            END;
        END IF;
    END LOOP;

    -- Roles without tables: a restore finds them, and this runs once more after it.
    IF to_regclass('public.audit_log') IS NULL THEN
        RETURN;
    END IF;

    -- Everything of ours belongs to dj_migrator; whoever owned it stays its member, and so keeps every right. The schema comes
    -- first, because an owner must be allowed to make something in it.
    FOR item IN
        SELECT 'SCHEMA personal' AS what, pg_get_userbyid(nspowner) AS owner, 1 AS turn
          FROM pg_namespace
         WHERE nspname = 'personal'
         UNION ALL
        SELECT format('TABLE %I.%I', n.nspname, c.relname), pg_get_userbyid(c.relowner), 2
          FROM pg_class AS c
          JOIN pg_namespace AS n ON n.oid = c.relnamespace
         WHERE n.nspname IN ('public', 'personal')
           AND c.relkind IN ('r', 'p', 'v')
           AND NOT EXISTS (SELECT FROM pg_depend AS d WHERE d.objid = c.oid AND d.deptype = 'e')
         UNION ALL
        SELECT format('FUNCTION %s', p.oid::regprocedure), pg_get_userbyid(p.proowner), 2
          FROM pg_proc AS p
         WHERE p.pronamespace = 'public'::regnamespace
           AND NOT EXISTS (SELECT FROM pg_depend AS d WHERE d.objid = p.oid AND d.deptype = 'e')
         ORDER BY turn
    LOOP
        IF item.owner <> 'dj_migrator' THEN
            -- Only an administrator can make somebody a member; later owners are members already.
            IF NOT pg_has_role(item.owner, 'dj_migrator', 'MEMBER') THEN
                EXECUTE format('GRANT dj_migrator TO %I', item.owner);
            END IF;
            EXECUTE format('ALTER %s OWNER TO dj_migrator', item.what);
        END IF;
    END LOOP;

    -- Nobody makes tables, temporary ones either, but those who must. Rights on the database are its administrator's.
    IF admin THEN
        EXECUTE 'REVOKE CREATE ON SCHEMA public FROM PUBLIC';
        EXECUTE format('REVOKE CREATE, TEMPORARY ON DATABASE %I FROM PUBLIC', current_database());
        EXECUTE format('GRANT CONNECT, CREATE, TEMPORARY ON DATABASE %I TO dj_migrator', current_database());
        EXECUTE format('GRANT CONNECT, TEMPORARY ON DATABASE %I TO dj_importer', current_database());
        EXECUTE format('GRANT CONNECT ON DATABASE %I TO dj_server, dj_writer, dj_backup', current_database());
        EXECUTE 'GRANT USAGE, CREATE ON SCHEMA public TO dj_migrator';
        EXECUTE 'GRANT USAGE ON SCHEMA public TO dj_importer, dj_server, dj_writer, dj_backup';
        EXECUTE format('ALTER ROLE dj_server IN DATABASE %I SET default_transaction_read_only = on', current_database());
    END IF;
    EXECUTE 'REVOKE ALL ON ALL TABLES IN SCHEMA public, personal FROM dj_importer, dj_server, dj_writer, dj_backup';

    -- What is served: results, what explains them, and what the place looks like. A table that is not named here is not
    -- served, and a test asks for a decision about every table.
    FOREACH whose IN ARRAY ARRAY[
        '__diesel_schema_migrations', 'access_point', 'analysis_job', 'analysis_run', 'building', 'childcare_care', 'childcare_dong',
        'childcare_siting', 'childcare_use_rate', 'childcare_voice', 'childcare_vulnerability', 'data_demand',
        'daycare_centre', 'dataset_scope', 'dataset_version', 'dong_boundary', 'dong_code', 'economy_baseline_index',
        'economy_comparison', 'economy_exposure', 'economy_level', 'economy_market', 'economy_mix_sentiment',
        'economy_policy', 'economy_ranking', 'economy_scope', 'economy_sensitivity', 'economy_sentiment',
        'economy_series', 'economy_structure', 'economy_usage', 'facility', 'floating_population',
        'floating_population_dong', 'idea_call',
        'idea_decision', 'industry', 'policy_event', 'public_space', 'run_input', 'wifi_cell', 'wifi_scenario', 'wifi_site',
        'wifi_summary'
    ] LOOP
        EXECUTE format('GRANT SELECT ON public.%I TO dj_server', whose);
    END LOOP;
    EXECUTE 'GRANT SELECT (number, call, topic, title, description, public_data, private_data, filed_at) ON policy_idea TO dj_server';
    EXECUTE 'GRANT SELECT (version_id, reason) ON refused_row TO dj_server';
    EXECUTE 'GRANT SELECT (version_id, id, requested_on, requested_kind, requester, place) ON wifi_request TO dj_server';

    -- Changes by clients: rows are added, never changed, but for the marks named here; nothing is ever removed.
    EXECUTE 'GRANT INSERT ON audit_log TO dj_writer';
    EXECUTE 'GRANT SELECT, INSERT ON change_answer, filed_wifi_request, wifi_request_end, policy_idea, idea_decision, data_demand, analysis_job TO dj_writer';
    EXECUTE 'GRANT SELECT ON idea_call, analysis_run, dataset_version, run_input, __diesel_schema_migrations TO dj_writer';
    EXECUTE 'GRANT UPDATE (audience, published_at, withdrawn_at, withdrawal_reason, withdrawn_for_privacy) ON analysis_run TO dj_writer';
    EXECUTE 'GRANT UPDATE (state, stage, ended_at) ON analysis_job TO dj_writer';
    EXECUTE 'GRANT SELECT, UPDATE (last_used_at) ON api_key TO dj_writer';
    EXECUTE 'GRANT USAGE ON SCHEMA personal TO dj_writer, dj_importer, dj_backup';
    EXECUTE 'GRANT SELECT, INSERT ON personal.secret TO dj_writer';
    EXECUTE 'GRANT INSERT, SELECT (kind, number, actor, filed_at), UPDATE (texts, contact) ON personal.contribution TO dj_writer';

    -- Imports, analyses, publications, and what is dropped after its time.
    FOR item IN
        SELECT format('public.%I', tablename) AS what
          FROM pg_tables
         WHERE schemaname = 'public'
           AND tablename NOT IN ('spatial_ref_sys', 'api_key', 'audit_log', 'change_answer', 'filed_wifi_request',
                                 'wifi_request_end', 'idea_call', 'idea_decision', 'policy_idea', 'data_demand',
                                 '__diesel_schema_migrations')
    LOOP
        EXECUTE format('GRANT SELECT, INSERT ON %s TO dj_importer', item.what);
    END LOOP;
    EXECUTE 'GRANT SELECT ON __diesel_schema_migrations, spatial_ref_sys, filed_wifi_request, wifi_request_end TO dj_importer';
    EXECUTE 'GRANT INSERT ON audit_log, wifi_request_end TO dj_importer';
    EXECUTE 'GRANT UPDATE (text_masked, author_hash) ON post TO dj_importer';
    EXECUTE 'GRANT UPDATE (notes) ON dataset_version TO dj_importer';
    EXECUTE 'GRANT UPDATE (audience, published_at, withdrawn_at, withdrawal_reason, withdrawn_for_privacy) ON analysis_run TO dj_importer';
    EXECUTE 'GRANT UPDATE ON analysis_job TO dj_importer';
    EXECUTE 'GRANT SELECT (answered_at), DELETE ON change_answer TO dj_importer';
    EXECUTE 'GRANT SELECT (filed_at), DELETE ON personal.contribution TO dj_importer';

    -- A backup locks every table and reads what is not personal: pg_dump --exclude-table-data='personal.*'. Of personal
    -- rows it sees none, because no policy lets it.
    EXECUTE 'GRANT SELECT ON ALL TABLES IN SCHEMA public, personal TO dj_backup';
    EXECUTE 'GRANT SELECT ON ALL SEQUENCES IN SCHEMA public, personal TO dj_backup';
    FOR item IN SELECT relname AS what FROM pg_class WHERE relnamespace = 'personal'::regnamespace AND relkind = 'r' LOOP
        EXECUTE format('ALTER TABLE personal.%I ENABLE ROW LEVEL SECURITY', item.what);
        EXECUTE format('DROP POLICY IF EXISTS those_who_need_it ON personal.%I', item.what);
        EXECUTE format('CREATE POLICY those_who_need_it ON personal.%I TO dj_writer, dj_importer USING (true)', item.what);
    END LOOP;
END
$roles$;
