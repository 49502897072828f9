-- What every change by a client needs: its answer, once only, and what is personal in it, apart from everything else.
CREATE TABLE change_answer (
    key_digest   bytea PRIMARY KEY CHECK (octet_length(key_digest) = 32),
    mutation     text NOT NULL,
    input_digest bytea NOT NULL CHECK (octet_length(input_digest) = 32),
    answer       jsonb NOT NULL,
    answered_at  timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE change_answer IS 'What a change was answered (멱등 처리), so that the same request does nothing twice.';
COMMENT ON COLUMN change_answer.key_digest IS 'Digest under the installation''s secret over who asked and the idempotency key.';
COMMENT ON COLUMN change_answer.input_digest IS 'Digest under the installation''s secret over the input.';
COMMENT ON COLUMN change_answer.answer IS 'What the answer is made of; never a receipt, never personal data.';

-- Nothing in this schema is ever served, and a backup may leave it out.
CREATE SCHEMA personal;
COMMENT ON SCHEMA personal IS 'Personal data (개인정보): never served, dropped after their time.';

CREATE TABLE personal.secret (
    name text PRIMARY KEY,
    bits bytea NOT NULL CHECK (octet_length(bits) >= 32)
);
COMMENT ON TABLE personal.secret IS 'The installation''s secret. Without it no mark leads back to an address.';

CREATE TABLE personal.contribution (
    kind     text NOT NULL CHECK (kind IN ('wifi_request', 'policy_idea', 'data_demand')),
    number   integer NOT NULL,
    actor    text NOT NULL,
    texts    jsonb,
    contact  text,
    filed_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (kind, number)
);
CREATE INDEX contribution_actor ON personal.contribution (kind, actor, filed_at);
COMMENT ON TABLE personal.contribution IS 'Who has filed what, and the words as they were written, before masking.';
COMMENT ON COLUMN personal.contribution.texts IS 'Texts by field; null once they were withdrawn.';
COMMENT ON COLUMN personal.contribution.contact IS 'How the writer wants to be reached; null once it was withdrawn.';
