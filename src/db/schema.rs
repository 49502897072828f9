// @generated automatically by Diesel CLI.

pub mod sql_types {
    #[derive(diesel::query_builder::QueryId, diesel::sql_types::SqlType)]
    #[diesel(postgres_type(name = "geometry"))]
    pub struct Geometry;
}

diesel::table! {
    use diesel::sql_types::*;
    use super::sql_types::Geometry;

    /// Public Wi-Fi that already works. Rows are not devices: several may share a point.
    access_point (version_id, id) {
        version_id -> Int4,
        id -> Text,
        installed_on -> Nullable<Date>,
        place_name -> Nullable<Text>,
        indoor -> Nullable<Bool>,
        place -> Geometry,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    /// A run that was asked for (분석 작업). It outlives the process that works on it.
    analysis_job (id) {
        id -> Int4,
        analysis -> Text,
        /// Checked parameters with every default filled in.
        parameters -> Jsonb,
        /// For whom the run is published when it is done; null: it is not published.
        audience -> Nullable<Text>,
        state -> Text,
        /// What the worker does; null while nobody works.
        stage -> Nullable<Text>,
        /// How often a worker has taken it.
        attempts -> Int4,
        run_id -> Nullable<Int4>,
        /// Why it failed, in words for whoever asked.
        message -> Nullable<Text>,
        /// Why it failed, in words for the operator.
        log_message -> Nullable<Text>,
        created_at -> Timestamptz,
        started_at -> Nullable<Timestamptz>,
        ended_at -> Nullable<Timestamptz>,
        /// The same in Korean, where it was written.
        message_ko -> Nullable<Text>,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    /// One computation of one question (분석 실행). Its results never change; publishing makes them visible.
    analysis_run (id) {
        id -> Int4,
        analysis -> Text,
        method_version -> Text,
        parameters -> Jsonb,
        code_revision -> Text,
        seed -> Nullable<Int8>,
        /// SHA-256 over the method, the parameters and the digests of every input: equal hash, equal question.
        source_hash -> Text,
        /// True when any input was generated.
        synthetic -> Bool,
        started_at -> Timestamptz,
        finished_at -> Timestamptz,
        /// PUBLIC, or INTERNAL for signed-in users; null until it is published.
        audience -> Nullable<Text>,
        published_at -> Nullable<Timestamptz>,
        withdrawn_at -> Nullable<Timestamptz>,
        /// Why the run was withdrawn, as the district wrote it.
        withdrawal_reason -> Nullable<Text>,
        /// True when its results may not be read any more; otherwise they stay readable and are marked.
        withdrawn_for_privacy -> Bool,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    /// Keys (API 키) by digest. A revoked key stays, so that its last use can still be read.
    api_key (id) {
        id -> Int4,
        /// Who holds the key, in words.
        label -> Text,
        /// SHA-256 of the key; 256 random bits need no slow hash.
        digest -> Bytea,
        /// How many requests a minute it may make.
        tier -> Text,
        scopes -> Array<Nullable<Text>>,
        created_at -> Timestamptz,
        expires_at -> Nullable<Timestamptz>,
        /// Written at most once a minute.
        last_used_at -> Nullable<Timestamptz>,
        revoked_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    /// Estimated sales of commercial areas (추정매출-상권) by industry and quarter.
    area_sales (area_code, industry_code, quarter, version_id) {
        area_code -> Text,
        area_name -> Text,
        /// 골목상권, 전통시장, 발달상권 or 관광특구, as the file says.
        area_kind -> Text,
        /// Code of the city's portal (서비스_업종_코드).
        industry_code -> Text,
        /// First day of the quarter.
        quarter -> Date,
        version_id -> Int4,
        amount_won -> Int8,
        transactions -> Nullable<Int8>,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    /// What was changed by whom (감사 기록). Rows are only added, and each seals the one before.
    audit_log (number) {
        /// Counts from 1 without a gap.
        number -> Int8,
        at -> Timestamptz,
        /// The role of the database session.
        db_role -> Text,
        /// A key by number, an address by its mark, or a command with the user who typed it.
        actor -> Text,
        action -> Text,
        /// What was changed, such as `run 7`.
        subject -> Text,
        /// What else matters of it; never personal data.
        detail -> Jsonb,
        /// Hash of the row before; of the first, 32 zero bytes.
        previous -> Bytea,
        /// SHA-256 over the hash before and every field, each with its length before it.
        hash -> Bytea,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    /// Business sentiment of small firms (경기체감지수, BSI): 100 means no change.
    bsi (area, system, industry_code, month, version_id) {
        area -> Text,
        system -> Text,
        industry_code -> Text,
        /// First day of the month.
        month -> Date,
        version_id -> Int4,
        actual -> Nullable<Float8>,
        outlook -> Nullable<Float8>,
        respondents -> Nullable<Int4>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::sql_types::Geometry;

    /// Buildings (건물) with their floor area: people of a dong are spread over its ground by it.
    building (version_id, id) {
        version_id -> Int4,
        id -> Text,
        /// Total floor area (연면적), square metres.
        floor_area_m2 -> Float8,
        place -> Geometry,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    /// Holidays and other days that move sales (달력).
    calendar_day (on_date, kind, version_id) {
        on_date -> Date,
        kind -> Text,
        name_ko -> Text,
        version_id -> Int4,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    /// Card sales (카드매출) by dong and industry. No row is missing; a row with 0 is a true zero.
    card_sales (dong_code, system, industry_code, grain, starts_on, version_id) {
        dong_code -> Text,
        /// Whose industry codes these are: own, seoul, card, ...
        system -> Text,
        industry_code -> Text,
        grain -> Text,
        starts_on -> Date,
        version_id -> Int4,
        /// Won, whole numbers.
        amount_won -> Int8,
        transactions -> Nullable<Int8>,
        /// Merchants behind the cell; null when the source does not say.
        merchants -> Nullable<Int4>,
        /// Share of the largest merchant, 0 to 1.
        largest_share -> Nullable<Float8>,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    /// What a change was answered (멱등 처리), so that the same request does nothing twice.
    change_answer (key_digest) {
        /// Digest under the installation's secret over who asked and the idempotency key.
        key_digest -> Bytea,
        mutation -> Text,
        /// Digest under the installation's secret over the input.
        input_digest -> Bytea,
        /// What the answer is made of; never a receipt, never personal data.
        answer -> Jsonb,
        answered_at -> Timestamptz,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::sql_types::Geometry;

    /// Buildings in which a childcare service could open (후보지).
    childcare_candidate (version_id, id) {
        version_id -> Int4,
        id -> Text,
        name -> Text,
        kind -> Text,
        /// Cost of opening, won.
        cost_won -> Nullable<Int8>,
        /// Fit for all-day care (종일 보육).
        all_day -> Bool,
        /// Fit for part-time care (시간제보육).
        part_time -> Bool,
        place -> Geometry,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    /// Places, accessibility and unmet need by place of a run.
    childcare_care (run_id, place) {
        run_id -> Int4,
        /// A dong code, or `district`.
        place -> Text,
        /// Figures by name: value, status, reason, interval, sample size.
        figures -> Jsonb,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    /// What parents say and what care there is, by place of a run.
    childcare_dong (run_id, place) {
        run_id -> Int4,
        /// A dong code, `district`, `unresolved` or `outside`.
        place -> Text,
        /// Figures by name: value, status, reason, interval, sample size. Suppressed values are absent from the row, not hidden in it.
        figures -> Jsonb,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    /// What choosing sites needs: cells with children and what they can reach, candidates. Plans follow for any question.
    childcare_siting (run_id) {
        run_id -> Int4,
        problem -> Jsonb,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    /// Use of childcare places by month and band of hours (시간제보육 이용).
    childcare_use (version_id, line) {
        version_id -> Int4,
        line -> Int8,
        month -> Date,
        dong_code -> Nullable<Text>,
        /// Id or name of the centre, where the file speaks of one.
        centre -> Nullable<Text>,
        kind -> Text,
        hour_from -> Int2,
        hour_to -> Int2,
        /// Places offered in the band in the month: one place on one day counts once.
        places -> Int4,
        /// Places taken, counted like the places.
        used -> Int4,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    /// Use against places by place, kind of care and band of hours of a run.
    childcare_use_rate (run_id, place, kind, hour_from, hour_to) {
        run_id -> Int4,
        /// A dong code, `district`, or `unresolved` for centres that are not on the map.
        place -> Text,
        kind -> Text,
        hour_from -> Int2,
        hour_to -> Int2,
        /// Months that were added up.
        months -> Int2,
        last_month -> Date,
        /// Figures by name. Suppressed values are absent from the row, not hidden in it.
        figures -> Jsonb,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    /// What parents say: volumes by period, issues, keywords. Suppressed values are absent, not hidden.
    childcare_voice (run_id) {
        run_id -> Int4,
        voice -> Jsonb,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    /// Components of vulnerability by dong and catchment: ranks follow for any weights. Suppressed counts are absent.
    childcare_vulnerability (run_id) {
        run_id -> Int4,
        evidence -> Jsonb,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    /// Registered children by dong and age (주민등록).
    children (dong_code, month, age, version_id) {
        dong_code -> Text,
        month -> Date,
        age -> Int2,
        version_id -> Int4,
        persons -> Int4,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    /// New confirmed cases a day (신규 확진자), persons.
    covid_cases (area, on_date, version_id) {
        /// `seoul`, or the five-digit code of a district.
        area -> Text,
        on_date -> Date,
        version_id -> Int4,
        new_cases -> Int4,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    /// What departments need (데이터 수요조사): data, and the analysis of them. Texts are masked.
    data_demand (number) {
        number -> Int4,
        department -> Text,
        title -> Text,
        purpose -> Text,
        /// Which data.
        data -> Array<Nullable<Text>>,
        analysis -> Text,
        /// By when; null when it does not matter.
        needed_on -> Nullable<Date>,
        filed_at -> Timestamptz,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    /// What a version speaks for: it replaces older versions for this scope and these days.
    dataset_scope (version_id, scope) {
        version_id -> Int4,
        /// A dong code, an area, or empty for the whole dataset.
        scope -> Text,
        /// First day that the version speaks for; null for a snapshot without time.
        starts_on -> Nullable<Date>,
        ends_on -> Nullable<Date>,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    /// One imported file or set of files (데이터셋 버전). Never changed after its import.
    dataset_version (id) {
        id -> Int4,
        /// Name of the dataset as in `dongjak import <dataset>`.
        dataset -> Text,
        /// The layout that was recognised in the header.
        layout -> Text,
        files -> Array<Nullable<Text>>,
        /// SHA-256 of the bytes; of several files, of their digests joined in order.
        sha256 -> Text,
        /// Options that change what the bytes mean: encoding, crs, unit.
        options -> Jsonb,
        publisher -> Text,
        licence -> Text,
        attribution -> Text,
        period_start -> Nullable<Date>,
        period_end -> Nullable<Date>,
        /// Data lines of the file; kept and refused together, unless the layout is one line a case.
        lines_read -> Int8,
        rows_kept -> Int8,
        rows_refused -> Int8,
        /// True when the file was generated, not observed.
        synthetic -> Bool,
        /// True when the importer declares that the publisher has already protected small cells.
        disclosure_checked -> Bool,
        notes -> Array<Nullable<Text>>,
        imported_at -> Timestamptz,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::sql_types::Geometry;

    /// Daycare centres (어린이집) that were open on the day of the file.
    daycare_centre (version_id, id) {
        version_id -> Int4,
        id -> Text,
        name -> Text,
        kind -> Nullable<Text>,
        /// Licensed places (정원).
        capacity -> Int4,
        enrolled -> Nullable<Int4>,
        /// Children on the waiting list (대기 아동), where the file has one.
        waiting -> Nullable<Int4>,
        /// Offers part-time care (시간제보육), as far as the file says.
        part_time -> Nullable<Bool>,
        /// Null where the file has no coordinates, or those that stand in for an unknown address: the centre is counted, not placed.
        place -> Nullable<Geometry>,
        /// District as the file names it (시군구명).
        area -> Nullable<Text>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::sql_types::Geometry;

    /// Boundary of an administrative dong (행정동) as one file drew it.
    dong_boundary (dong_code, version_id) {
        dong_code -> Text,
        name_ko -> Text,
        version_id -> Int4,
        /// EPSG:4326; whether the Han river is inside depends on the file.
        boundary -> Geometry,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    /// Code table that joins the 7-digit codes of Statistics Korea to the 8-digit codes of the ministry.
    dong_code (dong_code_, version_id) {
        #[sql_name = "dong_code"]
        dong_code_ -> Text,
        statistics_code -> Text,
        name_ko -> Text,
        district_ko -> Text,
        version_id -> Int4,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    /// Baseline index of the district: a moving week of sales over the weeks before the first case, against the same of a year before, minus 1.
    economy_baseline_index (run_id, on_date) {
        run_id -> Int4,
        on_date -> Date,
        value -> Float8,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    /// Policies by other outcomes than weekly sales: markets, chains, use of merchants.
    economy_comparison (run_id, policy, outcome, scheme) {
        run_id -> Int4,
        policy -> Text,
        outcome -> Text,
        /// Of the use of merchants; otherwise empty.
        scheme -> Text,
        comparison -> Nullable<Jsonb>,
        /// Why there is no comparison.
        shortfall -> Nullable<Text>,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    /// Exposure to the epidemic by week of a run: one series for all scopes.
    economy_exposure (run_id, iso_year, iso_week) {
        run_id -> Int4,
        iso_year -> Int4,
        iso_week -> Int4,
        /// log(1 + mean daily new cases of the week).
        log_cases -> Float8,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    /// Sales of the last weeks over those of the base year, with interval.
    economy_level (run_id, scope, code) {
        run_id -> Int4,
        scope -> Text,
        code -> Text,
        status -> Text,
        /// Null unless the status is ESTIMATED.
        level -> Nullable<Jsonb>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::sql_types::Geometry;

    /// Markets and shopping streets of a run, one row for what several lists say.
    economy_market (run_id, number) {
        run_id -> Int4,
        number -> Int4,
        name_ko -> Text,
        kind -> Text,
        address -> Nullable<Text>,
        lists -> Array<Nullable<Text>>,
        shops -> Nullable<Int4>,
        opened_in -> Nullable<Int2>,
        /// The dong whose boundary holds the place; null without a place, or with one beyond the district.
        dong_code -> Nullable<Text>,
        place -> Nullable<Geometry>,
        /// How its own sales were found; null where only those of its dong are known.
        sales_link -> Nullable<Text>,
        quarters -> Array<Nullable<Date>>,
        sales_won -> Array<Nullable<Float8>>,
        /// Own sales over those of the same quarter of the base year, minus 1.
        change -> Array<Nullable<Float8>>,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    /// Sentiment that the mix of industries implies for a dong; there is no survey by dong.
    economy_mix_sentiment (run_id, dong_code, month) {
        run_id -> Int4,
        dong_code -> Text,
        month -> Date,
        gap -> Float8,
        se -> Nullable<Float8>,
        /// Share of the dong's sales in industries that the survey covers.
        coverage -> Float8,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    /// Effects of policy events: groups compared, difference in logs, randomisation test, weekly path.
    economy_policy (run_id, code) {
        run_id -> Int4,
        code -> Text,
        /// Null where the data do not cover the event, or nothing can be compared with.
        effect -> Nullable<Jsonb>,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    /// Components of the composite index by dong, as observed and in every resampled year: ranks follow for any weights. Dongs that may not be shown are absent.
    economy_ranking (run_id) {
        run_id -> Int4,
        ranking -> Jsonb,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    /// Relative sensitivity and shape of the shock, by scope of a run.
    economy_scope (run_id, scope, code) {
        run_id -> Int4,
        scope -> Text,
        code -> Text,
        /// Figures by name: value, status, reason, interval, sample size. Suppressed values are absent from the row, not hidden in it.
        figures -> Jsonb,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    /// Sensitivity (민감도) of sales to the epidemic, one row for the district, each dong and each industry.
    economy_sensitivity (run_id, scope, code) {
        run_id -> Int4,
        scope -> Text,
        code -> Text,
        status -> Text,
        reason -> Nullable<Jsonb>,
        /// Change of log year-on-year sales for one unit of log(1 + mean daily new cases).
        beta -> Nullable<Float8>,
        se -> Nullable<Float8>,
        lower -> Nullable<Float8>,
        upper -> Nullable<Float8>,
        p_value -> Nullable<Float8>,
        /// Complete pairs of weeks that the estimate rests on.
        weeks -> Nullable<Int4>,
        effects -> Jsonb,
        interpolated_share -> Nullable<Float8>,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    /// Business sentiment of an industry against the average of all industries in the same month.
    economy_sentiment (run_id, industry_code, month) {
        run_id -> Int4,
        industry_code -> Text,
        month -> Date,
        status -> Text,
        reason -> Nullable<Jsonb>,
        actual -> Nullable<Float8>,
        average -> Nullable<Float8>,
        gap -> Nullable<Float8>,
        se -> Nullable<Float8>,
        lower -> Nullable<Float8>,
        upper -> Nullable<Float8>,
        respondents -> Nullable<Int4>,
        /// Index as expected for the month, index points.
        outlook -> Nullable<Float8>,
        /// Index of the region that the run names (sentimentArea), index points.
        region_index -> Nullable<Float8>,
        /// Index of the whole country, index points.
        nation_index -> Nullable<Float8>,
        /// Index of the region minus that of the country, index points.
        region_gap -> Nullable<Float8>,
        /// Standard error of that gap; null where the numbers of firms are not known.
        region_se -> Nullable<Float8>,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    /// Card sales by period with their change against the base year, of one dong, one industry, a cell of both, or the district.
    economy_series (dong_code, run_id, industry_code, grain) {
        run_id -> Int4,
        /// Empty for all dongs.
        dong_code -> Text,
        /// Empty for all industries.
        industry_code -> Text,
        grain -> Text,
        /// MEASURED, or SUPPRESSED: then the arrays of numbers are empty.
        status -> Text,
        /// Hidden for its own sake, not as a partner of another; later runs keep to it.
        sensitive -> Bool,
        /// Share of all sales that was filled in, 0 to 1.
        interpolated_share -> Nullable<Float8>,
        /// First day of every period, in order.
        starts_on -> Array<Nullable<Date>>,
        /// Won, by period.
        sales_won -> Array<Nullable<Float8>>,
        /// Sales over those of the holiday-aligned period of the base year, minus 1; null where there is none.
        change_aligned -> Array<Nullable<Float8>>,
        /// Sales over those of the same period of the base year, minus 1; null where there is none.
        change_plain -> Array<Nullable<Float8>>,
        /// By period: MEASURED, IMPUTED, PROVISIONAL.
        statuses -> Array<Nullable<Text>>,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    /// Shops, sales, shares and the parts of their change by quarter, of the district, a dong, an industry or a cell of both.
    economy_structure (run_id, dong_code, industry_code) {
        run_id -> Int4,
        /// Empty for all dongs.
        dong_code -> Text,
        /// Empty for all industries.
        industry_code -> Text,
        /// SUPPRESSED: the arrays of numbers are empty.
        status -> Text,
        /// First day of every quarter, in order; the other arrays follow it, with null for what is not known.
        quarters -> Array<Nullable<Date>>,
        establishments -> Array<Nullable<Int8>>,
        franchises -> Array<Nullable<Int8>>,
        opened -> Array<Nullable<Int8>>,
        closed -> Array<Nullable<Int8>>,
        sales_won -> Array<Nullable<Float8>>,
        payments -> Array<Nullable<Float8>>,
        market_share -> Array<Nullable<Float8>>,
        /// Log of sales over those of the same quarter of the base year.
        amount_log -> Array<Nullable<Float8>>,
        /// Log of won a payment over that of the same quarter of the base year.
        ticket_log -> Array<Nullable<Float8>>,
        /// People counted on the street (길단위 유동인구), where the run has read them.
        footfall -> Array<Nullable<Float8>>,
        /// Sales of the quarter, or of the one of the base year, were filled in for a cell.
        imputed -> Array<Nullable<Bool>>,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    /// Use of merchants (가맹점 이용) by scheme and month, of the district, a dong or an industry.
    economy_usage (run_id, scheme, dong_code, industry_code) {
        run_id -> Int4,
        scheme -> Text,
        /// Empty for all dongs.
        dong_code -> Text,
        /// Empty for all industries.
        industry_code -> Text,
        status -> Text,
        months -> Array<Nullable<Date>>,
        merchants -> Array<Nullable<Int8>>,
        transactions -> Array<Nullable<Int8>>,
        amount_won -> Array<Nullable<Int8>>,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    /// Establishments (점포) by dong, industry and quarter.
    establishment (dong_code, system, industry_code, quarter, version_id) {
        dong_code -> Text,
        system -> Text,
        industry_code -> Text,
        /// First day of the quarter.
        quarter -> Date,
        version_id -> Int4,
        establishments -> Int4,
        franchises -> Nullable<Int4>,
        opened -> Nullable<Int4>,
        closed -> Nullable<Int4>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::sql_types::Geometry;

    /// Public facilities (bus stops 버스정류소, streetlights 가로등, parks 공원, stations 역 and others): candidates for an access point.
    facility (version_id, kind, id) {
        version_id -> Int4,
        kind -> Text,
        id -> Text,
        name -> Nullable<Text>,
        place -> Geometry,
        /// What a site here costs, won, where the source says so.
        install_cost_won -> Nullable<Int8>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::sql_types::Geometry;

    /// Requests (설치 요청) that came through the API. Runs read them once a dataset version holds them.
    filed_wifi_request (number) {
        number -> Int4,
        requested_kind -> Text,
        requester -> Text,
        place -> Geometry,
        /// Reason after masking.
        reason_masked -> Nullable<Text>,
        /// SHA-256 of the receipt with which the request can be withdrawn.
        receipt -> Bytea,
        filed_at -> Timestamptz,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::sql_types::Geometry;

    /// People present (유동인구) by hour on a grid.
    floating_population (version_id, cell, day_type, hour) {
        version_id -> Int4,
        /// Longitude and latitude of the cell's centre to six decimals.
        cell -> Text,
        day_type -> Text,
        hour -> Int2,
        /// Mean persons present in the hour; null where the source masks 3 or fewer.
        people -> Nullable<Float8>,
        cell_m -> Int4,
        place -> Geometry,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    /// People by dong and band of hours, where the source has no grid.
    floating_population_dong (dong_code, starts_on, grain, hour_from, version_id) {
        dong_code -> Text,
        starts_on -> Date,
        grain -> Text,
        hour_from -> Int2,
        hour_to -> Int2,
        version_id -> Int4,
        people -> Nullable<Float8>,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    /// Calls for ideas (빅데이터 정책 아이디어 공모). One is open on the days from the first to the last, both included.
    idea_call (number) {
        number -> Int4,
        title_ko -> Text,
        title_en -> Text,
        opens_on -> Date,
        closes_on -> Date,
        made_at -> Timestamptz,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    /// What was decided about an idea; the newest decision counts. An idea without one waits.
    idea_decision (number) {
        number -> Int4,
        idea -> Int4,
        decision -> Text,
        /// Why, in words for whoever has filed it.
        note -> Nullable<Text>,
        decided_at -> Timestamptz,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    /// Industries (업종) of the district's own list: data, not an enumeration.
    industry (code, version_id) {
        code -> Text,
        name_ko -> Text,
        name_en -> Nullable<Text>,
        parent -> Nullable<Text>,
        /// How close the trade brings people: 0 little, 1 some, 2 much.
        contact -> Nullable<Int2>,
        relief_eligible -> Nullable<Bool>,
        version_id -> Int4,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    /// Joins a portal's code of an industry to ours. Applied when facts are read, so that a better table needs no new import.
    industry_code (system, code, version_id) {
        system -> Text,
        code -> Text,
        own_code -> Text,
        version_id -> Int4,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::sql_types::Geometry;

    /// Traditional markets (전통시장), shopping streets (상점가) and commercial areas (상권), as several lists name them.
    market (version_id, layout, id) {
        version_id -> Int4,
        /// Which list it comes from: two lists may both be in force.
        layout -> Text,
        /// Code in the list where it has one (시장코드, 상권_코드), otherwise its name; with the address where neither is unique.
        id -> Text,
        name_ko -> Text,
        kind -> Text,
        address -> Nullable<Text>,
        /// District as the file or the address names it (자치구); null where neither does.
        district_ko -> Nullable<Text>,
        /// Shops (점포수); null where the list does not count them.
        shops -> Nullable<Int4>,
        /// Year of opening (개설연도).
        opened_in -> Nullable<Int2>,
        /// Null where the list has no coordinates.
        place -> Nullable<Geometry>,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    /// Use of merchants (가맹점 이용현황) by payment scheme, dong, industry and month. No row is missing; a row with 0 is a true zero.
    merchant_usage (dong_code, scheme, industry_code, month, version_id) {
        dong_code -> Text,
        /// Such as zero_pay (제로페이), gift_certificate (지역사랑상품권), card (카드).
        scheme -> Text,
        /// Code of the district's own list.
        industry_code -> Text,
        /// First day of the month.
        month -> Date,
        version_id -> Int4,
        /// Merchants at which the scheme was used or accepted in the month.
        merchants -> Int4,
        transactions -> Int8,
        amount_won -> Int8,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    /// Policies with a first day (정책): relief funds, distancing stages.
    policy_event (code, version_id) {
        code -> Text,
        name_ko -> Text,
        name_en -> Nullable<Text>,
        starts_on -> Date,
        ends_on -> Nullable<Date>,
        kind -> Text,
        /// Own codes of the industries that it reached; empty means all.
        industries -> Array<Nullable<Text>>,
        /// Codes of the dongs that it reached; empty means all.
        dongs -> Array<Nullable<Text>>,
        /// Where the dates were published.
        source -> Nullable<Text>,
        version_id -> Int4,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    /// Ideas (정책 아이디어). Every text is masked; as it was written it stands apart, in the schema personal.
    policy_idea (number) {
        number -> Int4,
        call -> Int4,
        topic -> Text,
        title -> Text,
        description -> Text,
        /// Public data that the idea combines.
        public_data -> Array<Nullable<Text>>,
        /// Data of companies that the idea combines.
        private_data -> Array<Nullable<Text>>,
        receipt -> Bytea,
        filed_at -> Timestamptz,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    /// Public posts about childcare. Never served; only counts of them are.
    post (version_id, id) {
        version_id -> Int4,
        id -> Text,
        created_at -> Timestamptz,
        channel -> Text,
        /// Text after masking; the original is never stored. Null once it was dropped.
        text_masked -> Nullable<Text>,
        /// Salted hash of the author; the name is never stored.
        author_hash -> Nullable<Text>,
        reposts -> Int4,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::sql_types::Geometry;

    /// Ground that everybody may enter (공공공간): streets, parks, squares. Large ones are cut into pieces, so that a cell meets few corners.
    public_space (version_id, number, piece) {
        version_id -> Int4,
        /// Number of the feature in the files, from 1.
        number -> Int4,
        /// Number of the piece of the feature, from 1.
        piece -> Int4,
        /// What it is, as the file says: road, park, square; null where the file says nothing.
        kind -> Nullable<Text>,
        area -> Geometry,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    /// A row that was not taken, with its reason. It never vanishes.
    refused_row (version_id, file, line) {
        version_id -> Int4,
        file -> Text,
        line -> Int8,
        reason -> Text,
        /// The line as it stood in the file; null for posts and requests, whose text is never kept.
        raw -> Nullable<Text>,
        raw_sha256 -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    /// The dataset versions that a run has read.
    run_input (run_id, version_id) {
        run_id -> Int4,
        version_id -> Int4,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::sql_types::Geometry;

    /// People of a dong spread over squares, as the run used them.
    wifi_cell (run_id, number) {
        run_id -> Int4,
        number -> Int4,
        dong_code -> Nullable<Text>,
        place -> Geometry,
        /// Persons counted on a weekday times hours, masked counts left out.
        weekday_person_hours -> Float8,
        /// The same on a day at the weekend.
        weekend_person_hours -> Float8,
        /// Hours of both days of which a part is masked.
        masked_hours -> Int4,
        /// Side of the square in metres.
        cell_m -> Int4,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::sql_types::Geometry;

    /// Requests (설치 요청) by citizens and departments.
    wifi_request (version_id, id) {
        version_id -> Int4,
        id -> Text,
        requested_on -> Date,
        requested_kind -> Text,
        requester -> Text,
        /// Reason after masking; the original is never stored.
        reason_masked -> Nullable<Text>,
        place -> Geometry,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    /// How a request ended: withdrawn by whoever filed it, or rejected by the district.
    wifi_request_end (number) {
        number -> Int4,
        how -> Text,
        /// Why it was rejected.
        reason -> Nullable<Text>,
        ended_at -> Timestamptz,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    /// The ranked list under other settings than those of the run.
    wifi_scenario (run_id, number) {
        run_id -> Int4,
        number -> Int4,
        /// `radius`, `request_weight`, `daytime`, `evening` or `weights`.
        kind -> Text,
        /// Radius in metres, person-hours a request, or number of the draw; 0 for hours of the day.
        setting -> Float8,
        /// Person-hours a day of the list made under the settings.
        own_person_hours -> Float8,
        /// Person-hours a day, by the same settings, of the list of the run.
        kept_person_hours -> Float8,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::sql_types::Geometry;

    /// Ranked sites of a run: every prefix of the list is a good plan of that size.
    wifi_site (run_id, rank) {
        run_id -> Int4,
        rank -> Int4,
        facility_kind -> Text,
        facility_id -> Text,
        facility_name -> Nullable<Text>,
        dong_code -> Nullable<Text>,
        place -> Geometry,
        /// Person-hours a day that this site adds to those ranked before it.
        marginal_person_hours -> Float8,
        standalone_person_hours -> Float8,
        cumulative_person_hours -> Float8,
        cumulative_share -> Nullable<Float8>,
        requests_served -> Int4,
        nearest_access_point_m -> Nullable<Float8>,
        top_hours -> Array<Nullable<Int2>>,
        /// Cost of the site by the costs of the run, won; null in runs that knew none.
        cost_won -> Nullable<Int8>,
        /// What the list counts up to here over what no list of as many sites can exceed, 0 to 1.
        bound_share -> Nullable<Float8>,
        /// Share of the demand of its dong that access points and better sites reach, 0 to 1.
        dong_share_before -> Nullable<Float8>,
        /// The same with this site.
        dong_share_after -> Nullable<Float8>,
        /// Share of the people in its reach whom the lists of other settings reach too, on average, 0 to 1.
        stability -> Nullable<Float8>,
        /// The marginal person-hours with nobody behind each masked count; null where none is masked.
        marginal_lower -> Nullable<Float8>,
        /// The same with three persons behind each.
        marginal_upper -> Nullable<Float8>,
        standalone_lower -> Nullable<Float8>,
        standalone_upper -> Nullable<Float8>,
        cumulative_lower -> Nullable<Float8>,
        cumulative_upper -> Nullable<Float8>,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    /// Figures of a run as a whole: demand, what is served already, value of the plan.
    wifi_summary (run_id) {
        run_id -> Int4,
        figures -> Jsonb,
        /// The plan that the parameters of the run ask for; null where they ask for none.
        plan -> Nullable<Jsonb>,
    }
}

diesel::joinable!(access_point -> dataset_version (version_id));
diesel::joinable!(analysis_job -> analysis_run (run_id));
diesel::joinable!(area_sales -> dataset_version (version_id));
diesel::joinable!(bsi -> dataset_version (version_id));
diesel::joinable!(building -> dataset_version (version_id));
diesel::joinable!(calendar_day -> dataset_version (version_id));
diesel::joinable!(card_sales -> dataset_version (version_id));
diesel::joinable!(childcare_candidate -> dataset_version (version_id));
diesel::joinable!(childcare_care -> analysis_run (run_id));
diesel::joinable!(childcare_dong -> analysis_run (run_id));
diesel::joinable!(childcare_siting -> analysis_run (run_id));
diesel::joinable!(childcare_use -> dataset_version (version_id));
diesel::joinable!(childcare_use_rate -> analysis_run (run_id));
diesel::joinable!(childcare_voice -> analysis_run (run_id));
diesel::joinable!(childcare_vulnerability -> analysis_run (run_id));
diesel::joinable!(children -> dataset_version (version_id));
diesel::joinable!(covid_cases -> dataset_version (version_id));
diesel::joinable!(dataset_scope -> dataset_version (version_id));
diesel::joinable!(daycare_centre -> dataset_version (version_id));
diesel::joinable!(dong_boundary -> dataset_version (version_id));
diesel::joinable!(dong_code -> dataset_version (version_id));
diesel::joinable!(economy_baseline_index -> analysis_run (run_id));
diesel::joinable!(economy_comparison -> analysis_run (run_id));
diesel::joinable!(economy_exposure -> analysis_run (run_id));
diesel::joinable!(economy_level -> analysis_run (run_id));
diesel::joinable!(economy_market -> analysis_run (run_id));
diesel::joinable!(economy_mix_sentiment -> analysis_run (run_id));
diesel::joinable!(economy_policy -> analysis_run (run_id));
diesel::joinable!(economy_ranking -> analysis_run (run_id));
diesel::joinable!(economy_scope -> analysis_run (run_id));
diesel::joinable!(economy_sensitivity -> analysis_run (run_id));
diesel::joinable!(economy_sentiment -> analysis_run (run_id));
diesel::joinable!(economy_series -> analysis_run (run_id));
diesel::joinable!(economy_structure -> analysis_run (run_id));
diesel::joinable!(economy_usage -> analysis_run (run_id));
diesel::joinable!(establishment -> dataset_version (version_id));
diesel::joinable!(facility -> dataset_version (version_id));
diesel::joinable!(floating_population -> dataset_version (version_id));
diesel::joinable!(floating_population_dong -> dataset_version (version_id));
diesel::joinable!(idea_decision -> policy_idea (idea));
diesel::joinable!(industry -> dataset_version (version_id));
diesel::joinable!(industry_code -> dataset_version (version_id));
diesel::joinable!(market -> dataset_version (version_id));
diesel::joinable!(merchant_usage -> dataset_version (version_id));
diesel::joinable!(policy_event -> dataset_version (version_id));
diesel::joinable!(policy_idea -> idea_call (call));
diesel::joinable!(post -> dataset_version (version_id));
diesel::joinable!(public_space -> dataset_version (version_id));
diesel::joinable!(refused_row -> dataset_version (version_id));
diesel::joinable!(run_input -> analysis_run (run_id));
diesel::joinable!(run_input -> dataset_version (version_id));
diesel::joinable!(wifi_cell -> analysis_run (run_id));
diesel::joinable!(wifi_request -> dataset_version (version_id));
diesel::joinable!(wifi_request_end -> filed_wifi_request (number));
diesel::joinable!(wifi_scenario -> analysis_run (run_id));
diesel::joinable!(wifi_site -> analysis_run (run_id));
diesel::joinable!(wifi_summary -> analysis_run (run_id));

diesel::allow_tables_to_appear_in_same_query!(
    access_point,
    analysis_job,
    analysis_run,
    api_key,
    area_sales,
    audit_log,
    bsi,
    building,
    calendar_day,
    card_sales,
    change_answer,
    childcare_candidate,
    childcare_care,
    childcare_dong,
    childcare_siting,
    childcare_use,
    childcare_use_rate,
    childcare_voice,
    childcare_vulnerability,
    children,
    covid_cases,
    data_demand,
    dataset_scope,
    dataset_version,
    daycare_centre,
    dong_boundary,
    dong_code,
    economy_baseline_index,
    economy_comparison,
    economy_exposure,
    economy_level,
    economy_market,
    economy_mix_sentiment,
    economy_policy,
    economy_ranking,
    economy_scope,
    economy_sensitivity,
    economy_sentiment,
    economy_series,
    economy_structure,
    economy_usage,
    establishment,
    facility,
    filed_wifi_request,
    floating_population,
    floating_population_dong,
    idea_call,
    idea_decision,
    industry,
    industry_code,
    market,
    merchant_usage,
    policy_event,
    policy_idea,
    post,
    public_space,
    refused_row,
    run_input,
    wifi_cell,
    wifi_request,
    wifi_request_end,
    wifi_scenario,
    wifi_site,
    wifi_summary,
);
