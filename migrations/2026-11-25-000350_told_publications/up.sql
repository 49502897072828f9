-- Whoever publishes, withdraws or imports tells every server that listens, at the end of the transaction. What is told is
-- only that something has changed; the servers then look for themselves.
CREATE FUNCTION tell_publications() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('dongjak_publications', '');
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION tell_publications() IS 'Tells servers that what is published may have changed. Every table that the key of the publications is made of has a trigger with it.';

CREATE TRIGGER tell_publications
    AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON analysis_run
    FOR EACH STATEMENT EXECUTE FUNCTION tell_publications();
CREATE TRIGGER tell_publications
    AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON dataset_version
    FOR EACH STATEMENT EXECUTE FUNCTION tell_publications();
