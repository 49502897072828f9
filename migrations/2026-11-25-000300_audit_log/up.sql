-- Who has changed what, when. Rows are only ever added; each carries a digest over itself and the row before it.
CREATE TABLE audit_log (
    number   bigint PRIMARY KEY,
    at       timestamptz NOT NULL,
    db_role  text NOT NULL,
    actor    text NOT NULL CHECK (actor <> ''),
    action   text NOT NULL CHECK (action <> ''),
    subject  text NOT NULL,
    detail   jsonb NOT NULL,
    previous bytea NOT NULL,
    hash     bytea NOT NULL UNIQUE
);
COMMENT ON TABLE audit_log IS 'What was changed by whom (감사 기록). Rows are only added, and each seals the one before.';
COMMENT ON COLUMN audit_log.number IS 'Counts from 1 without a gap.';
COMMENT ON COLUMN audit_log.db_role IS 'The role of the database session.';
COMMENT ON COLUMN audit_log.actor IS 'A key by number, an address by its mark, or a command with the user who typed it.';
COMMENT ON COLUMN audit_log.subject IS 'What was changed, such as `run 7`.';
COMMENT ON COLUMN audit_log.detail IS 'What else matters of it; never personal data.';
COMMENT ON COLUMN audit_log.previous IS 'Hash of the row before; of the first, 32 zero bytes.';
COMMENT ON COLUMN audit_log.hash IS 'SHA-256 over the hash before and every field, each with its length before it.';

-- Whoever may add a row cannot choose its number, time or hash. The owner's rights let it see the row before.
CREATE FUNCTION audit_log_seal() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    last   public.audit_log;
    field  text;
    sealed bytea;
BEGIN
    -- One row at a time, until the transaction ends: a chain has one end.
    PERFORM pg_advisory_xact_lock(3664527);
    SELECT * INTO last FROM public.audit_log ORDER BY number DESC LIMIT 1;
    NEW.number := coalesce(last.number, 0) + 1;
    NEW.at := clock_timestamp();
    NEW.db_role := session_user;
    NEW.previous := coalesce(last.hash, decode(repeat('00', 32), 'hex'));
    sealed := NEW.previous;
    FOREACH field IN ARRAY ARRAY[
        NEW.number::text, to_char(NEW.at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US'), NEW.db_role,
        NEW.actor, NEW.action, NEW.subject, NEW.detail::text
    ] LOOP
        sealed := sealed || int4send(octet_length(field)) || convert_to(field, 'UTF8');
    END LOOP;
    NEW.hash := sha256(sealed);
    RETURN NEW;
END
$$;
CREATE TRIGGER seal BEFORE INSERT ON audit_log FOR EACH ROW EXECUTE FUNCTION audit_log_seal();
ALTER TABLE audit_log ENABLE ALWAYS TRIGGER seal;

CREATE FUNCTION audit_log_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'The audit log takes no %: rows are only ever added.', TG_OP USING ERRCODE = 'insufficient_privilege';
END
$$;
CREATE TRIGGER only_added BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_log
    FOR EACH STATEMENT EXECUTE FUNCTION audit_log_refuse();
ALTER TABLE audit_log ENABLE ALWAYS TRIGGER only_added;
