-- Markets and shopping streets, the sales of commercial areas, and the use of merchants by payment scheme.
CREATE TABLE market (
    version_id  integer NOT NULL REFERENCES dataset_version (id) ON DELETE CASCADE,
    layout      text NOT NULL,
    id          text NOT NULL,
    name_ko     text NOT NULL,
    kind        text NOT NULL CHECK (kind IN ('traditional_market', 'shopping_street', 'alley_area', 'developed_area', 'tourist_zone', 'other')),
    address     text,
    district_ko text,
    shops       integer CHECK (shops >= 0),
    opened_in   smallint CHECK (opened_in BETWEEN 1300 AND 2100),
    place       geometry(Point, 4326),
    PRIMARY KEY (version_id, layout, id)
);
CREATE INDEX market_place ON market USING gist (place);
COMMENT ON TABLE market IS 'Traditional markets (전통시장), shopping streets (상점가) and commercial areas (상권), as several lists name them.';
COMMENT ON COLUMN market.layout IS 'Which list it comes from: two lists may both be in force.';
COMMENT ON COLUMN market.id IS 'Code in the list where it has one (시장코드, 상권_코드), otherwise its name; with the address where neither is unique.';
COMMENT ON COLUMN market.district_ko IS 'District as the file or the address names it (자치구); null where neither does.';
COMMENT ON COLUMN market.shops IS 'Shops (점포수); null where the list does not count them.';
COMMENT ON COLUMN market.opened_in IS 'Year of opening (개설연도).';
COMMENT ON COLUMN market.place IS 'Null where the list has no coordinates.';

CREATE TABLE area_sales (
    area_code     text NOT NULL,
    area_name     text NOT NULL,
    area_kind     text NOT NULL,
    industry_code text NOT NULL,
    quarter       date NOT NULL,
    version_id    integer NOT NULL REFERENCES dataset_version (id) ON DELETE CASCADE,
    amount_won    bigint NOT NULL CHECK (amount_won >= 0),
    transactions  bigint CHECK (transactions >= 0),
    PRIMARY KEY (area_code, industry_code, quarter, version_id)
);
COMMENT ON TABLE area_sales IS 'Estimated sales of commercial areas (추정매출-상권) by industry and quarter.';
COMMENT ON COLUMN area_sales.area_kind IS '골목상권, 전통시장, 발달상권 or 관광특구, as the file says.';
COMMENT ON COLUMN area_sales.industry_code IS 'Code of the city''s portal (서비스_업종_코드).';
COMMENT ON COLUMN area_sales.quarter IS 'First day of the quarter.';

CREATE TABLE merchant_usage (
    dong_code     text NOT NULL CHECK (dong_code ~ '^[0-9]{8}$'),
    scheme        text NOT NULL,
    industry_code text NOT NULL,
    month         date NOT NULL,
    version_id    integer NOT NULL REFERENCES dataset_version (id) ON DELETE CASCADE,
    merchants     integer NOT NULL CHECK (merchants >= 0),
    transactions  bigint NOT NULL CHECK (transactions >= 0),
    amount_won    bigint NOT NULL CHECK (amount_won >= 0),
    PRIMARY KEY (dong_code, scheme, industry_code, month, version_id)
);
COMMENT ON TABLE merchant_usage IS 'Use of merchants (가맹점 이용현황) by payment scheme, dong, industry and month. No row is missing; a row with 0 is a true zero.';
COMMENT ON COLUMN merchant_usage.scheme IS 'Such as zero_pay (제로페이), gift_certificate (지역사랑상품권), card (카드).';
COMMENT ON COLUMN merchant_usage.industry_code IS 'Code of the district''s own list.';
COMMENT ON COLUMN merchant_usage.month IS 'First day of the month.';
COMMENT ON COLUMN merchant_usage.merchants IS 'Merchants at which the scheme was used or accepted in the month.';
