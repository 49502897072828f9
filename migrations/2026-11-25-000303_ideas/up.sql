-- Ideas for policies that rest on data, and what departments need: contributions are only added, decisions as well.
CREATE TABLE idea_call (
    number    integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    title_ko  text NOT NULL CHECK (title_ko <> ''),
    title_en  text NOT NULL CHECK (title_en <> ''),
    opens_on  date NOT NULL,
    closes_on date NOT NULL CHECK (closes_on >= opens_on),
    made_at   timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE idea_call IS 'Calls for ideas (빅데이터 정책 아이디어 공모). One is open on the days from the first to the last, both included.';

CREATE TABLE policy_idea (
    number       integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    call         integer NOT NULL REFERENCES idea_call (number),
    topic        text NOT NULL,
    title        text NOT NULL,
    description  text NOT NULL,
    public_data  text[] NOT NULL,
    private_data text[] NOT NULL,
    receipt      bytea NOT NULL UNIQUE CHECK (octet_length(receipt) = 32),
    filed_at     timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE policy_idea IS 'Ideas (정책 아이디어). Every text is masked; as it was written it stands apart, in the schema personal.';
COMMENT ON COLUMN policy_idea.public_data IS 'Public data that the idea combines.';
COMMENT ON COLUMN policy_idea.private_data IS 'Data of companies that the idea combines.';

CREATE TABLE idea_decision (
    number     integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    idea       integer NOT NULL REFERENCES policy_idea (number),
    decision   text NOT NULL CHECK (decision IN ('PUBLISHED', 'DECLINED', 'WITHDRAWN')),
    note       text,
    decided_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX idea_decision_idea ON idea_decision (idea, number DESC);
COMMENT ON TABLE idea_decision IS 'What was decided about an idea; the newest decision counts. An idea without one waits.';
COMMENT ON COLUMN idea_decision.note IS 'Why, in words for whoever has filed it.';

CREATE TABLE data_demand (
    number     integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    department text NOT NULL,
    title      text NOT NULL,
    purpose    text NOT NULL,
    data       text[] NOT NULL,
    analysis   text NOT NULL,
    needed_on  date,
    filed_at   timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE data_demand IS 'What departments need (데이터 수요조사): data, and the analysis of them. Texts are masked.';
COMMENT ON COLUMN data_demand.data IS 'Which data.';
COMMENT ON COLUMN data_demand.needed_on IS 'By when; null when it does not matter.';
