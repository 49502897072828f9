//! Roles of the database: who serves can change nothing and read nothing personal, and the product works with them.

use std::process::Command;

use diesel::connection::SimpleConnection as _;
use diesel::prelude::*;
use diesel_migrations::MigrationHarness as _;
use dongjak_insight::config::Settings;
use dongjak_insight::db::migrate::MIGRATIONS;
use serde_json::{Value, json};

use crate::changes::{CITIZEN, From, INSIDE, ask, change, codes};
use crate::demo::demo;
use crate::jobs::small;
use crate::support::command::program;
use crate::support::{TestDatabase, TestServer, agent, database};

/// The same database for another role; the test cluster lets everybody in who can reach its socket.
fn as_role(db: &TestDatabase, role: &str) -> String {
    let (scheme, rest) = db.url.split_once("://").expect("an address");
    format!("{scheme}://{role}@{}", rest.split_once('@').map_or(rest, |(_, host)| host))
}

fn tables(db: &TestDatabase) -> Vec<(String, String)> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = diesel::sql_types::Text)]
        schema: String,
        #[diesel(sql_type = diesel::sql_types::Text)]
        name: String,
    }
    let rows: Vec<Row> = diesel::sql_query(
        "SELECT schemaname::text AS schema, tablename::text AS name FROM pg_tables \
          WHERE schemaname IN ('public', 'personal') AND tablename <> 'spatial_ref_sys' ORDER BY 1, 2",
    )
    .load(&mut db.connect())
    .expect("the tables");
    rows.into_iter().map(|row| (row.schema, row.name)).collect()
}

/// The statements of the list that succeed, each undone at once. A refusal must be one of rights, not of anything else.
fn succeed(conn: &mut PgConnection, statements: &[String]) -> Vec<String> {
    let tried = |statement: &&String| {
        let outcome = conn.test_transaction_of(statement);
        match outcome {
            Ok(()) => true,
            Err(e) if e.contains("permission denied") || e.contains("must be owner") => false,
            Err(e) => panic!("{statement}: {e}"),
        }
    };
    statements.iter().filter(tried).cloned().collect()
}

trait TestTransaction {
    fn test_transaction_of(&mut self, statement: &str) -> Result<(), String>;
}

impl TestTransaction for PgConnection {
    fn test_transaction_of(&mut self, statement: &str) -> Result<(), String> {
        self.batch_execute("BEGIN").expect("a transaction");
        let outcome = self.batch_execute(statement).map_err(|e| e.to_string());
        self.batch_execute("ROLLBACK").expect("its end");
        outcome
    }
}

fn connect(db: &TestDatabase, role: &str) -> PgConnection {
    PgConnection::establish(&as_role(db, role)).unwrap_or_else(|e| panic!("{role}: {e}"))
}

/// Every statement that would write to the table.
fn writes((schema, table): &(String, String)) -> Vec<String> {
    let table = format!("{schema}.{table}");
    vec![
        format!("INSERT INTO {table} DEFAULT VALUES"),
        format!("DELETE FROM {table}"),
        format!("TRUNCATE {table}"),
        format!("ALTER TABLE {table} ADD COLUMN more integer"),
        format!("DROP TABLE {table}"),
    ]
}

fn updates(db: &TestDatabase, (schema, table): &(String, String)) -> Vec<String> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = diesel::sql_types::Text)]
        name: String,
    }
    let columns: Vec<Row> = diesel::sql_query(
        "SELECT column_name::text AS name FROM information_schema.columns WHERE table_schema = $1 AND table_name = $2 \
            AND identity_generation IS DISTINCT FROM 'ALWAYS'",
    )
    .bind::<diesel::sql_types::Text, _>(schema)
    .bind::<diesel::sql_types::Text, _>(table)
    .load(&mut db.connect())
    .expect("the columns");
    columns.iter().map(|column| format!("UPDATE {schema}.{table} SET {0} = NULL WHERE false", column.name)).collect()
}

#[test]
fn who_serves_changes_nothing_makes_nothing_and_reads_nothing_personal() {
    let Some(db) = database("who_serves_changes_nothing") else { return };
    db.must(&["roles"]);
    db.must(&["roles"]);
    let tables = tables(&db);
    assert!(tables.len() > 60, "{} tables", tables.len());
    let mut conn = connect(&db, "dj_server");
    let read_only: String =
        diesel::select(diesel::dsl::sql::<diesel::sql_types::Text>("current_setting('default_transaction_read_only')"))
            .get_result(&mut conn)
            .expect("a setting");
    assert_eq!(read_only, "on");
    // The setting is a second lock; the rights must hold without it.
    conn.batch_execute("SET default_transaction_read_only = off").expect("anybody may set it");
    let mut tried: Vec<String> = tables.iter().flat_map(writes).collect();
    tried.extend(tables.iter().flat_map(|table| updates(&db, table)));
    tried.extend(
        [
            "CREATE TABLE mine (n integer)",
            "CREATE TEMPORARY TABLE mine (n integer)",
            "CREATE SCHEMA mine",
            "CREATE FUNCTION mine() RETURNS integer LANGUAGE sql AS 'SELECT 1'",
            "CREATE ROLE mine",
            "CREATE TABLE personal.mine (n integer)",
        ]
        .map(str::to_owned),
    );
    tried.extend(
        [
            "post",
            "card_sales",
            "area_sales",
            "establishment",
            "merchant_usage",
            "children",
            "childcare_use",
            "api_key",
            "audit_log",
            "change_answer",
            "filed_wifi_request",
            "wifi_request_end",
            "personal.contribution",
            "personal.secret",
        ]
        .map(|table| format!("SELECT * FROM {table}")),
    );
    tried.extend(
        ["SELECT raw FROM refused_row", "SELECT reason_masked FROM wifi_request", "SELECT receipt FROM policy_idea"]
            .map(str::to_owned),
    );
    let done = succeed(&mut conn, &tried);
    assert!(done.is_empty(), "{} of {} statements succeed: {done:#?}", done.len(), tried.len());
    assert!(tried.len() > 500, "only {} statements were tried", tried.len());
}

#[test]
fn every_table_is_either_served_or_named_here_as_not_served() {
    let Some(db) = database("every_table_is_either_served") else { return };
    db.must(&["roles"]);
    let not_served = [
        "api_key",
        "area_sales",
        "audit_log",
        "bsi",
        "calendar_day",
        "card_sales",
        "change_answer",
        "childcare_candidate",
        "childcare_use",
        "children",
        "covid_cases",
        "establishment",
        "filed_wifi_request",
        "industry_code",
        "market",
        "merchant_usage",
        "policy_idea",
        "post",
        "refused_row",
        "wifi_request",
        "wifi_request_end",
        "contribution",
        "secret",
    ];
    let mut conn = connect(&db, "dj_server");
    for (schema, table) in tables(&db) {
        let served = conn.test_transaction_of(&format!("SELECT * FROM {schema}.{table}")).is_ok();
        assert_ne!(
            served,
            not_served.contains(&table.as_str()),
            "decide in roles.sql and here whether {table} is served"
        );
    }
}

#[test]
fn who_writes_for_clients_adds_rows_and_removes_none() {
    let Some(db) = database("who_writes_for_clients_adds_rows") else { return };
    db.must(&["roles"]);
    let mut conn = connect(&db, "dj_writer");
    let tables = tables(&db);
    let removals: Vec<String> = tables.iter().flat_map(|table| writes(table).into_iter().skip(1)).collect();
    assert_eq!(succeed(&mut conn, &removals), Vec::<String>::new());
    let updates: Vec<String> = tables.iter().flat_map(|table| updates(&db, table)).collect();
    let mut allowed = succeed(&mut conn, &updates);
    allowed.sort();
    let expected: Vec<String> = [
        ("personal.contribution", "contact"),
        ("personal.contribution", "texts"),
        ("public.analysis_job", "ended_at"),
        ("public.analysis_job", "stage"),
        ("public.analysis_job", "state"),
        ("public.analysis_run", "audience"),
        ("public.analysis_run", "published_at"),
        ("public.analysis_run", "withdrawal_reason"),
        ("public.analysis_run", "withdrawn_at"),
        ("public.analysis_run", "withdrawn_for_privacy"),
        ("public.api_key", "last_used_at"),
    ]
    .map(|(table, column)| format!("UPDATE {table} SET {column} = NULL WHERE false"))
    .to_vec();
    assert_eq!(allowed, expected);
    let secret = [
        "SELECT texts FROM personal.contribution",
        "SELECT contact FROM personal.contribution",
        "SELECT * FROM post",
        "SELECT * FROM audit_log",
        "SELECT * FROM card_sales",
        "CREATE TEMPORARY TABLE mine (n integer)",
    ]
    .map(str::to_owned);
    assert_eq!(succeed(&mut conn, &secret), Vec::<String>::new());
}

/// Settings of a server that reads as dj_server and makes changes as dj_writer.
fn in_roles(db: &TestDatabase) -> Settings {
    let writing = as_role(db, "dj_writer");
    let more = [("DONGJAK_WRITER_DATABASE_URL", writing.as_str()), ("DONGJAK_TRUSTED_PROXIES", "127.0.0.1")];
    Settings { database_url: Some(as_role(db, "dj_server")), ..db.settings_with(&more) }
}

/// Runs the program as a role; whether it succeeds, and what it says.
fn run_as(db: &TestDatabase, role: &str, arguments: &[&str]) -> (bool, String) {
    let output = program(arguments).env("DATABASE_URL", as_role(db, role)).output().expect("the program starts");
    let said = String::from_utf8_lossy(&output.stderr).into_owned() + &String::from_utf8_lossy(&output.stdout);
    (output.status.success(), said)
}

#[test]
fn runs_are_started_cancelled_published_and_withdrawn_in_the_role_for_changes() {
    let Some((db, _folder)) = small("runs_are_started_cancelled_published_and_withdrawn_in_the_role") else { return };
    let key = |scope: &str| db.must(&["key", "create", "--label", scope, "--scope", scope]);
    let (analyst, admin) = (key("analyse"), key("admin"));
    db.must(&["roles"]);
    let server = TestServer::start(in_roles(&db));
    let do_it = |key: &str, field: &str, input: Value, selection: &str| {
        let payload = change(&server, From { key: Some(key), ..CITIZEN }, field, &input, selection);
        assert_eq!(codes(&payload), Vec::<String>::new(), "{field}: {payload:#}");
        payload
    };
    let start = |n: i32| {
        let input = json!({"idempotencyKey": format!("starting-{n}"), "parameters": {"wifi": {"sites": n}}});
        do_it(&analyst, "startAnalysis", input, "job { id state }")["job"].clone()
    };
    let (first, second) = (start(1), start(2));
    assert_eq!((&first["state"], &second["state"]), (&json!("WAITING"), &json!("WAITING")));
    let input = json!({"idempotencyKey": "cancel-2", "job": second["id"]});
    let cancelled = do_it(&analyst, "cancelAnalysis", input, "job { state endedAt }");
    assert_eq!(cancelled["job"]["state"], "CANCELLED");
    let (done, said) = run_as(&db, "dj_importer", &["work", "--once"]);
    assert!(done, "{said}");
    let asked = format!("{{ analysisJob(id: {}) {{ state run {{ id status }} }} }}", first["id"]);
    let job = ask(&server, From { key: Some(&analyst), ..CITIZEN }, &asked, &json!({})).2;
    let job = &job["data"]["analysisJob"];
    assert_eq!((&job["state"], &job["run"]["status"]), (&json!("DONE"), &json!("COMPUTED")), "{job:#}");
    let sites = || server.data("{ wifiSites { totalCount } }")["wifiSites"].clone();
    assert_eq!(sites(), Value::Null);
    let input = json!({"idempotencyKey": "publish-1", "run": job["run"]["id"], "audience": "PUBLIC"});
    assert_eq!(do_it(&admin, "publishRun", input, "run { status }")["run"]["status"], "PUBLISHED");
    assert_eq!(sites(), json!({"totalCount": 1}), "it is answered with at once");
    for (for_privacy, status) in [(false, "WITHDRAWN"), (true, "RESTRICTED")] {
        let input = json!({"idempotencyKey": format!("withdraw-{for_privacy}"), "run": job["run"]["id"],
                           "reason": "a trial", "forPrivacy": for_privacy});
        assert_eq!(do_it(&admin, "withdrawRun", input, "run { status }")["run"]["status"], status);
        assert_eq!(sites(), Value::Null);
    }
    let audited = |action: &str| {
        db.number(&format!("SELECT count(*) FROM audit_log WHERE db_role = 'dj_writer' AND action = '{action}'"))
    };
    let actions = ["startAnalysis", "cancelAnalysis", "publishRun", "withdrawRun"];
    assert_eq!(actions.map(audited), [2.0, 1.0, 1.0, 2.0]);
}

/// Every owner, every right of a role, and every policy of rows.
fn rights(db: &TestDatabase) -> Vec<String> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = diesel::sql_types::Text)]
        line: String,
    }
    let rows: Vec<Row> = diesel::sql_query(
        "WITH ours AS (SELECT c.oid, c.relname, c.relowner, c.relacl \
                         FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace \
                        WHERE n.nspname IN ('public', 'personal') AND c.relkind IN ('r', 'v', 'S')) \
         SELECT format('%s belongs to %s', relname, pg_get_userbyid(relowner)) AS line FROM ours \
         UNION ALL \
         SELECT format('%s: %s for %s', relname, given.privilege_type, pg_get_userbyid(given.grantee)) \
           FROM ours, aclexplode(relacl) AS given \
         UNION ALL \
         SELECT format('%s.%s: %s for %s', relname, attname, given.privilege_type, pg_get_userbyid(given.grantee)) \
           FROM ours JOIN pg_attribute ON attrelid = ours.oid, aclexplode(attacl) AS given \
         UNION ALL \
         SELECT format('%s: rows for %s', tablename, roles) FROM pg_policies \
         UNION ALL \
         SELECT format('schema %s: %s for %s', nspname, given.privilege_type, pg_get_userbyid(given.grantee)) \
           FROM pg_namespace, aclexplode(nspacl) AS given WHERE nspname IN ('public', 'personal') \
         ORDER BY line",
    )
    .load(&mut db.connect())
    .expect("the rights");
    rows.into_iter().map(|row| row.line).collect()
}

#[test]
fn a_migration_leaves_no_table_without_the_rights_of_the_roles() {
    let Some(db) = database("a_migration_leaves_no_table_without_the_rights") else { return };
    db.must(&["roles"]);
    let before = rights(&db);
    assert!(before.contains(&"data_demand: SELECT for dj_server".to_owned()), "{before:#?}");
    // An older version of the database, and an operator who is a member of dj_migrator but no administrator.
    let mut conn = db.connect();
    while db.number("SELECT count(*) FROM pg_namespace WHERE nspname = 'personal'") > 0.0 {
        conn.revert_last_migration(MIGRATIONS).expect("it goes down");
    }
    let operator = "dj_operator_of_a_test";
    conn.batch_execute(&format!(
        "DO $$ BEGIN CREATE ROLE {operator} LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$; \
         GRANT dj_migrator TO {operator}"
    ))
    .expect("an operator");
    let (done, said) = run_as(&db, operator, &["migrate"]);
    assert!(done && said.contains("Applied") && said.contains("The rights of the roles were set anew."), "{said}");
    assert_eq!(rights(&db), before);
    assert!(db.run(&["doctor"]).out.contains("roles: their rights are set for every table"));
    // Whoever adds a table without the program is told by doctor, and the next migration mends it, also with no step to take.
    conn.batch_execute("CREATE TABLE added_by_hand (n integer)").expect("a table");
    let doctor = db.run(&["doctor"]);
    assert!(doctor.code == 1 && doctor.out.contains("Run `dongjak roles`"), "{}", doctor.out);
    db.must(&["migrate"]);
    assert!(rights(&db).contains(&"added_by_hand: SELECT for dj_backup".to_owned()));
    conn.batch_execute(&format!("DROP TABLE added_by_hand; REVOKE dj_migrator FROM {operator}; DROP ROLE {operator}"))
        .expect("nothing belongs to the operator any more");
}

#[test]
fn a_migration_sets_no_rights_where_nobody_asked_for_roles() {
    let Some(db) = database("a_migration_sets_no_rights_where_nobody_asked") else { return };
    db.connect().revert_last_migration(MIGRATIONS).expect("it goes down");
    let said = db.must(&["migrate"]);
    assert!(said.contains("Applied") && !said.contains("rights"), "{said}");
    assert!(rights(&db).iter().all(|line| !line.contains("dj_")));
    assert!(db.run(&["doctor"]).out.contains("roles: not in use"));
}

#[test]
fn the_product_works_when_each_part_runs_in_its_role() {
    let Some(db) = demo("the_product_works_when_each_part_runs_in_its_role") else { return };
    db.must(&["roles"]);
    let server = TestServer::start(in_roles(&db));
    let mut figures = Vec::new();
    for chapter in ["economy", "childcare", "wifi"] {
        let query = std::fs::read_to_string(format!("{}/assets/samples/{chapter}.graphql", env!("CARGO_MANIFEST_DIR")))
            .expect("a sample");
        server.data(&query);
        assert_eq!(server.get(&format!("/docs/{chapter}")).0, 200);
    }
    for query in [
        "{ wifiPlan(sites: 3) { status chosenSites(first: 2) { nodes { rank } } } wifiSummary { __typename } }",
        "{ wifiCoverage(radiusM: 100) { reachedToday { value } } wifiSensitivity { kind } }",
        "{ wifiEquityCurve(sites: 5, upTo: 1) { minimum } }",
        "{ economicSensitivity(first: 3) { nodes { sensitivity { id value } } } whereToAct(first: 3) { totalCount } }",
        "{ economySales(first: 3) { nodes { periods { sales { id value } } } } baselineIndex { __typename } }",
        "{ economicStructure(first: 3) { nodes { quarters { sales { id value } } } } markets(first: 3) { nodes { name } } }",
        "{ merchantUsage(first: 3) { totalCount } policyEffects { __typename } policyComparisons { __typename } }",
        "{ childcareVulnerability { ranks { __typename } } childcareSites(kind: ALL_DAY, input: {sites: 1}) { status } }",
        "{ childcareVolumes(first: 3) { totalCount } childcareUse(first: 3) { totalCount } }",
        "{ childcareIssues(first: 3) { totalCount } childcareKeywords(first: 3) { totalCount } }",
        "{ childcareIssueTrends(first: 3) { totalCount } childcareAccess(first: 3) { totalCount } }",
        "{ neighbourhoods { code boundary wifi { sites { id value } } childcare { mentions { id value } } economy { sensitivity { id value } } } }",
        "{ datasets { nodes { dataset } } analysisRuns { nodes { id inputs { id } } } }",
        "{ policyIdeas { totalCount } policyIdeaCalls { id } }",
    ] {
        let answer = server.ask(query);
        assert!(answer["errors"].is_null(), "{query}: {answer:#}");
        let text = answer.to_string();
        figures.extend(
            text.split("\"id\":\"")
                .skip(1)
                .filter_map(|rest| rest.split('"').next())
                .filter(|id| id.starts_with("RmlndXJl"))
                .take(2)
                .map(str::to_owned),
        );
    }
    assert!(figures.len() >= 5, "{figures:?}");
    for figure in figures {
        let query = format!(
            "{{ explain(figure: \"{figure}\") {{ formula refusedRows {{ __typename }} sources {{ dataset }} }} }}"
        );
        let answer = server.ask(&query);
        assert!(answer["errors"].is_null() && answer["data"]["explain"]["formula"].is_string(), "{answer:#}");
    }
    for layer in
        ["neighbourhoods", "wifi-sites", "access-points", "candidates", "demand", "public-spaces", "care-centres"]
    {
        let (status, body) = server.get(&format!("/features/{layer}.geojson"));
        assert_eq!(status, 200, "{layer}: {body}");
        let tile = agent().get(format!("{}/tiles/{layer}/14/13971/6348.mvt", server.url)).call().expect("an answer");
        assert_eq!(tile.status().as_u16(), 200, "{layer}");
    }
    assert_eq!(server.get("/health/ready").0, 200);
    // Changes go over the other role, keys are looked up there, and the log says which role it was.
    let key = db.must(&["key", "create", "--label", "digital desk", "--scope", "write"]);
    let desk = From { key: Some(&key), ..CITIZEN };
    let input = json!({"idempotencyKey": "in-its-role", "place": {"longitude": INSIDE.0, "latitude": INSIDE.1}, "reason": "느려요"});
    let filed = change(&server, desk, "requestWifi", &input, "receipt request { byDepartment }");
    assert_eq!((codes(&filed), &filed["request"]["byDepartment"]), (Vec::new(), &json!(true)));
    let withdraw = json!({"idempotencyKey": "in-its-role-2", "receipt": filed["receipt"]});
    assert!(codes(&change(&server, desk, "withdrawWifiRequest", &withdraw, "request { state }")).is_empty());
    let list = db.must(&["audit", "list"]);
    assert!(list.contains("dj_writer"), "{list}");
    assert_eq!(db.number("SELECT count(*) FROM api_key WHERE last_used_at IS NOT NULL"), 1.0);
    drop(server);
    imports_analyses_and_backups_have_their_roles_too(&db);
}

fn imports_analyses_and_backups_have_their_roles_too(db: &TestDatabase) {
    let run = |role: &str, arguments: &[&str]| run_as(db, role, arguments);
    for arguments in [
        &["import", "industries", "data/industries.csv"][..],
        &["requests", "take", "--synthetic"],
        &["requests", "list"],
        &["analyze", "wifi", "--publish"],
        &["withdraw", "1", "--reason", "a trial"],
        &["drop-texts", "--retain-days", "36000"],
        &["drop-personal", "--retain-days", "0"],
    ] {
        let (done, said) = run("dj_importer", arguments);
        assert!(done, "{arguments:?}: {said}");
    }
    for (role, arguments) in [
        ("dj_importer", &["key", "list"][..]),
        ("dj_server", &["withdraw", "2", "--reason", "x"]),
        ("dj_writer", &["drop-texts", "--retain-days", "0"]),
        ("dj_server", &["migrate"]),
    ] {
        let (done, said) = run(role, arguments);
        let refused = said.contains("permission denied") || said.contains("read-only transaction");
        assert!(!done && refused, "{role} {arguments:?}: {said}");
    }
    assert!(run("dj_migrator", &["key", "create", "--label", "another"]).0);
    for arguments in [&["migrate"][..], &["roles"], &["audit", "verify"]] {
        let (done, said) = run("dj_migrator", arguments);
        assert!(done, "{arguments:?}: {said}");
    }
    let dump = Command::new("pg_dump")
        .args(["--exclude-table-data=personal.*", &as_role(db, "dj_backup")])
        .output()
        .expect("pg_dump");
    let text = String::from_utf8_lossy(&dump.stdout);
    assert!(
        dump.status.success() && text.contains("COPY public.wifi_site"),
        "{}",
        String::from_utf8_lossy(&dump.stderr)
    );
    let whole = Command::new("pg_dump")
        .args(["--enable-row-security", "--data-only", "--table=personal.*", &as_role(db, "dj_backup")])
        .output()
        .expect("pg_dump");
    let whole = String::from_utf8_lossy(&whole.stdout).into_owned();
    assert!(!text.contains("COPY personal.") && !whole.contains("\nmarks\t"), "what is personal is in the backup");
}
