-- Requests for Wi-Fi that came through the API. Rows are only added; the end of a request is a row of its own.
CREATE TABLE filed_wifi_request (
    number         integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    requested_kind text NOT NULL CHECK (requested_kind IN ('wifi', 'bus_stop', 'streetlight', 'other')),
    requester      text NOT NULL CHECK (requester IN ('citizen', 'department')),
    place          geometry(Point, 4326) NOT NULL,
    reason_masked  text,
    receipt        bytea NOT NULL UNIQUE CHECK (octet_length(receipt) = 32),
    filed_at       timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX filed_wifi_request_place ON filed_wifi_request USING gist (place);
COMMENT ON TABLE filed_wifi_request IS 'Requests (설치 요청) that came through the API. Runs read them once a dataset version holds them.';
COMMENT ON COLUMN filed_wifi_request.reason_masked IS 'Reason after masking.';
COMMENT ON COLUMN filed_wifi_request.receipt IS 'SHA-256 of the receipt with which the request can be withdrawn.';

CREATE TABLE wifi_request_end (
    number   integer PRIMARY KEY REFERENCES filed_wifi_request (number),
    how      text NOT NULL CHECK (how IN ('WITHDRAWN', 'REJECTED')),
    reason   text,
    ended_at timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE wifi_request_end IS 'How a request ended: withdrawn by whoever filed it, or rejected by the district.';
COMMENT ON COLUMN wifi_request_end.reason IS 'Why it was rejected.';
