//! A database and a server for one test.

pub mod command;
pub mod published;
pub mod socket;

use std::io::Write;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

use diesel::prelude::*;
use diesel::sql_query;
use dongjak_insight::config::Settings;
use dongjak_insight::db::migrate;
use serde_json::{Value, json};

/// A database of its own for one test, dropped at the end.
pub struct TestDatabase {
    name: String,
    admin: String,
    pub url: String,
}

/// The address of the test cluster, or a line that says which test was not run.
pub fn cluster(test: &str) -> Option<String> {
    match std::env::var("DONGJAK_TEST_DATABASE_URL") {
        Ok(url) if !url.is_empty() => Some(url),
        _ if std::env::var("CI").is_ok_and(|ci| ci == "true") => {
            panic!("{test} needs DONGJAK_TEST_DATABASE_URL, and in CI it must run")
        }
        _ => {
            not_run(test, "needs a database; script/test brings one");
            None
        }
    }
}

/// Says by name that a test was not run. Written past the capture of the test harness, which hides what passes.
pub fn not_run(test: &str, why: &str) {
    let _ = writeln!(std::io::stderr(), "not run: {test} ({why})");
}

/// A migrated, empty database. Copying a template takes milliseconds where migrating takes a second.
pub fn database(test: &str) -> Option<TestDatabase> {
    static TEMPLATE: OnceLock<String> = OnceLock::new();
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let admin = cluster(test)?;
    let template = TEMPLATE.get_or_init(|| {
        let name = format!("dongjak_template_{}", std::process::id());
        execute(&admin, &format!("CREATE DATABASE {name}"));
        migrate::migrate(&with_database(&admin, &name)).expect("the template is migrated");
        name
    });
    let name = format!("dongjak_test_{}_{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
    // Two copies at once would find the template in use.
    static COPYING: std::sync::Mutex<()> = std::sync::Mutex::new(());
    let copying = COPYING.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    execute(&admin, &format!("CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY"));
    drop(copying);
    let url = with_database(&admin, &name);
    Some(TestDatabase { name, admin, url })
}

impl TestDatabase {
    pub fn connect(&self) -> PgConnection {
        PgConnection::establish(&self.url).expect("the test database answers")
    }

    /// Settings as a server on this database would read them.
    pub fn settings(&self) -> Settings {
        self.settings_with(&[])
    }

    pub fn settings_with(&self, more: &[(&str, &str)]) -> Settings {
        let url = self.url.clone();
        Settings::read(|name| match name {
            "DATABASE_URL" => Some(url.clone()),
            "PORT" => Some("0".to_owned()),
            "DONGJAK_POOL_SIZE" => {
                Some(more.iter().find(|(n, _)| *n == name).map_or("2", |(_, value)| value).to_owned())
            }
            _ => more.iter().find(|(n, _)| *n == name).map(|(_, value)| (*value).to_owned()),
        })
        .expect("the settings of the test make sense")
    }

    /// From now on nobody reaches the database, and the server has found that out.
    pub fn lock_out(&self, server: &TestServer) {
        let query = "{ datasets { totalCount } }";
        server.data(query);
        self.refuse_connections();
        execute(
            &self.admin,
            &format!("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{}'", self.name),
        );
        let stale = (0..400).any(|_| {
            std::thread::sleep(std::time::Duration::from_millis(5));
            server.ask(query)["extensions"]["stale"] == true
        });
        assert!(stale, "the server still finds a database that is locked");
    }

    /// From now on nobody new reaches the database; whoever has a connection keeps it.
    pub fn refuse_connections(&self) {
        execute(&self.admin, &format!("ALTER DATABASE {} ALLOW_CONNECTIONS false", self.name));
    }

    /// The database can be reached again.
    pub fn let_in(&self) {
        execute(&self.admin, &format!("ALTER DATABASE {} ALLOW_CONNECTIONS true", self.name));
    }

    pub fn serve(&self) -> TestServer {
        TestServer::start(self.settings())
    }
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        execute(&self.admin, &format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name));
    }
}

fn with_database(url: &str, name: &str) -> String {
    let (front, query) = url.split_once('?').map_or((url, None), |(front, query)| (front, Some(query)));
    let slash = front.rfind('/').expect("a database URL has a path");
    let query = query.map_or_else(String::new, |q| format!("?{q}"));
    format!("{}/{name}{query}", &front[..slash])
}

fn execute(url: &str, statement: &str) {
    let mut conn = PgConnection::establish(url).expect("the test cluster answers");
    sql_query(statement).execute(&mut conn).unwrap_or_else(|e| panic!("{statement}: {e}"));
}

/// The real program on a port of its own, stopped at the end of the test.
pub struct TestServer {
    pub url: String,
    pub draining: dongjak_insight::server::Draining,
    handle: actix_web::dev::ServerHandle,
    thread: Option<std::thread::JoinHandle<()>>,
}

impl TestServer {
    pub fn start(settings: Settings) -> Self {
        let (send, receive) = std::sync::mpsc::channel();
        let thread = std::thread::spawn(move || {
            actix_web::rt::System::new().block_on(async move {
                let listening = dongjak_insight::server::listen(&settings).expect("the server listens");
                let handle = listening.server.handle();
                send.send((listening.url, handle, listening.draining)).expect("the test waits");
                listening.server.await.expect("the server runs");
            });
        });
        let (url, handle, draining) = receive.recv().expect("the server starts");
        Self { url, draining, handle, thread: Some(thread) }
    }

    /// Status and body of a GET.
    pub fn get(&self, path: &str) -> (u16, String) {
        let mut answer = agent().get(format!("{}{path}", self.url)).call().expect("the server answers");
        (answer.status().as_u16(), answer.body_mut().read_to_string().expect("text"))
    }

    /// The whole answer to a query.
    pub fn ask(&self, query: &str) -> Value {
        self.ask_with(query, json!({}))
    }

    pub fn ask_with(&self, query: &str, variables: Value) -> Value {
        let body = json!({"query": query, "variables": variables}).to_string();
        let (_, answer) = self.post(&body, "application/json");
        serde_json::from_str(&answer).unwrap_or_else(|e| panic!("{e}: {answer}"))
    }

    /// The data of a query that must not fail.
    pub fn data(&self, query: &str) -> Value {
        let answer = self.ask(query);
        assert!(answer.get("errors").is_none(), "{query}\n{answer:#}");
        answer["data"].clone()
    }

    /// The code and the message of a query that must fail.
    pub fn refusal(&self, query: &str) -> (String, String) {
        let answer = self.ask(query);
        let error = &answer["errors"][0];
        assert!(error.is_object(), "{query}\n{answer:#}");
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        (text(&error["extensions"]["code"]), text(&error["message"]))
    }

    /// Status and body of a POST.
    pub fn post(&self, body: &str, content_type: &str) -> (u16, String) {
        let mut answer = agent()
            .post(format!("{}/graphql", self.url))
            .header("Content-Type", content_type)
            .send(body)
            .expect("the server answers");
        (answer.status().as_u16(), answer.body_mut().read_to_string().expect("text"))
    }
}

impl Drop for TestServer {
    fn drop(&mut self) {
        drop(self.handle.stop(false));
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// A client that hands every status back instead of failing.
pub fn agent() -> ureq::Agent {
    ureq::Agent::config_builder().http_status_as_error(false).build().into()
}
