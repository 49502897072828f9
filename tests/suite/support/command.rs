//! The real program as somebody types it.

use std::path::PathBuf;
use std::process::{Child, Command, Output, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

use super::TestDatabase;

/// What a command has said.
pub struct Said {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl From<Output> for Said {
    fn from(output: Output) -> Self {
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("the program writes UTF-8");
        Self { code: output.status.code().unwrap_or(-1), out: text(output.stdout), err: text(output.stderr) }
    }
}

/// The program with nothing in its environment but what is said here.
pub fn program(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dongjak"));
    command.args(arguments).env_clear().current_dir(env!("CARGO_MANIFEST_DIR")).stdin(Stdio::null());
    if let Some(state) = std::env::var_os("DONGJAK_STATE_DIR") {
        command.env("DONGJAK_STATE_DIR", state);
    }
    command
}

/// Runs the program without a database.
pub fn alone(arguments: &[&str]) -> Said {
    program(arguments).output().expect("the program starts").into()
}

impl TestDatabase {
    /// Runs the program on this database.
    pub fn run(&self, arguments: &[&str]) -> Said {
        program(arguments).env("DATABASE_URL", &self.url).output().expect("the program starts").into()
    }

    /// Runs the program, which must not fail, and hands back what it printed.
    pub fn must(&self, arguments: &[&str]) -> String {
        let said = self.run(arguments);
        assert_eq!(said.code, 0, "{arguments:?}: {}", said.err);
        said.out
    }

    /// Starts the program without waiting for it.
    pub fn spawn(&self, arguments: &[&str]) -> Child {
        program(arguments)
            .env("DATABASE_URL", &self.url)
            .env("PORT", "0")
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program starts")
    }

    /// Imports the codes and boundaries that come with the project.
    pub fn with_dongs(self) -> Self {
        self.must(&["import", "dongs", "data/dong-codes.csv"]);
        self.must(&["import", "dongs", "data/boundaries/sgis-adm3-2020-dongjak.geojson"]);
        self
    }

    /// One number of an SQL query.
    pub fn number(&self, sql: &str) -> f64 {
        use diesel::prelude::*;
        #[derive(QueryableByName)]
        struct Row {
            #[diesel(sql_type = diesel::sql_types::Double)]
            n: f64,
        }
        let row: Row = diesel::sql_query(format!("SELECT ({sql})::double precision AS n"))
            .get_result(&mut self.connect())
            .unwrap_or_else(|e| panic!("{sql}: {e}"));
        row.n
    }

    /// Runs SQL, which must not fail.
    pub fn must_sql(&self, sql: &str) {
        use diesel::connection::SimpleConnection;
        self.connect().batch_execute(sql).unwrap_or_else(|e| panic!("{sql}: {e}"));
    }

    /// Codes of the dongs of the district, in order.
    pub fn codes(&self) -> Vec<String> {
        use diesel::prelude::*;
        use dongjak_insight::db::schema::dong_boundary;
        dong_boundary::table
            .select(dong_boundary::dong_code)
            .order(dong_boundary::dong_code)
            .load(&mut self.connect())
            .expect("the codes of the dongs")
    }

    /// Everything in the database as text.
    pub fn dump(&self) -> String {
        let output = Command::new("pg_dump").arg(&self.url).output().expect("pg_dump is installed");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).expect("a dump is UTF-8")
    }
}

/// A folder that goes with the test.
pub struct Folder(PathBuf);

impl Folder {
    pub fn new() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let name = format!("dongjak-test-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let path = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&path).expect("a folder for the test");
        Self(path)
    }

    /// Writes a file and hands back its path.
    pub fn file(&self, name: &str, content: impl AsRef<[u8]>) -> String {
        let path = self.0.join(name);
        std::fs::write(&path, content).expect("a file of the test");
        path.to_str().expect("a path in UTF-8").to_owned()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
