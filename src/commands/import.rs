//! `dongjak import`: reads files, shows what would change, and keeps everything or nothing.

use std::path::{Path, PathBuf};

use diesel::PgConnection;
use sha2::{Digest, Sha256};

use super::registry::{self, Entry};
use super::{operator, posts, say};
use crate::audit::{Entry as AuditEntry, audit_add};
use crate::config::Settings;
use crate::db::{self, While, migrate};
use crate::error::{Error, Result};
use crate::import::{LineSource, ReadOptions, Source};
use crate::run::dataset::{self, DatasetVersion, NewDatasetVersion, RefusedRow};
use crate::run::publication::seen_everywhere;
use crate::run::record::hex;
use crate::run::staged::{RawLine, Staged};

/// Options that change what the bytes mean, or what is said about them.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct ImportOptions {
    /// Encoding of the files, when the reader guesses wrong: utf-8 or cp949.
    #[arg(long)]
    pub encoding: Option<String>,
    /// Coordinate reference system, when the files do not say: EPSG:4326, 5179, 5181, 5186 or 5174.
    #[arg(long)]
    pub crs: Option<String>,
    /// Property that holds the dong code, for boundary files of another making.
    #[arg(long)]
    pub code_property: Option<String>,
    /// Won in one unit of the amounts: 1, or 1000, 10000, ...
    #[arg(long)]
    pub amount_unit: Option<i64>,
    /// Date of the data as YYYY-MM-DD, for files that carry none.
    #[arg(long)]
    pub as_of: Option<chrono::NaiveDate>,
    /// First day that the files may speak of, as YYYY-MM-DD; card sales only. Rows before it are refused.
    #[arg(long)]
    pub from: Option<chrono::NaiveDate>,
    /// Last day that the files may speak of, as YYYY-MM-DD; card sales only. Rows after it are refused.
    #[arg(long)]
    pub to: Option<chrono::NaiveDate>,
    /// Who published the files.
    #[arg(long)]
    pub publisher: Option<String>,
    /// Licence of the files.
    #[arg(long)]
    pub licence: Option<String>,
    /// What must be said where the data are shown.
    #[arg(long)]
    pub attribution: Option<String>,
    /// The files were generated, not observed.
    #[arg(long)]
    pub synthetic: bool,
    /// The publisher has protected small cells already.
    #[arg(long)]
    pub disclosure_checked: bool,
}

impl ImportOptions {
    fn as_json(&self) -> serde_json::Value {
        let mut options = serde_json::Map::new();
        for (name, value) in [
            ("encoding", self.encoding.clone()),
            ("crs", self.crs.clone()),
            ("codeProperty", self.code_property.clone()),
            ("amountUnit", self.amount_unit.map(|unit| unit.to_string())),
            ("asOf", self.as_of.map(|day| day.to_string())),
            ("from", self.from.map(|day| day.to_string())),
            ("to", self.to.map(|day| day.to_string())),
        ] {
            if let Some(value) = value {
                options.insert(name.to_owned(), value.into());
            }
        }
        // The same bytes declared synthetic and then observed are two different statements about the world.
        options.insert("synthetic".to_owned(), self.synthetic.into());
        serde_json::Value::Object(options)
    }
}

/// What an import has done.
#[derive(Debug, Clone)]
pub enum Outcome {
    /// A new version was written.
    Imported(DatasetVersion),
    /// These bytes were imported before.
    AlreadyImported(DatasetVersion),
    /// A dry run kept nothing; these sentences say what would change.
    DryRun(Vec<String>),
}

/// Reads the files from the disk, imports them and says what happened.
pub fn command(
    settings: &Settings,
    dataset: &str,
    files: &[PathBuf],
    options: &ImportOptions,
    dry_run: bool,
) -> Result<()> {
    let entry = registry::entry(dataset)?;
    // Posts come in any number and are read line by line; every other file is read whole.
    let files = match dataset {
        "posts" => Files::Lines(files.iter().cloned().map(LineSource::disk).collect()),
        _ => Files::Whole(files.iter().map(|path| read_whole(path)).collect::<Result<Vec<_>>>()?),
    };
    let mut conn = db::connect(settings.required_database_url()?)?;
    require_migrated(&mut conn)?;
    match import_files(&mut conn, settings, entry, &files, options, dry_run)? {
        Outcome::Imported(v) => {
            seen_everywhere(&mut conn);
            say::line(&format!(
                "Imported {} as version {}: layout {}, {} lines read, {} rows kept, {} refused.",
                v.dataset, v.id, v.layout, v.lines_read, v.rows_kept, v.rows_refused
            ));
            v.notes.iter().flatten().for_each(|note| say::line(&format!("  {note}")));
            if v.rows_refused > 0 {
                say::line(&format!("  `dongjak refused {}` lists what was refused and why.", v.id));
            }
        }
        Outcome::AlreadyImported(v) => say::line(&format!(
            "Already imported as version {} on {}; nothing was changed.",
            v.id,
            v.imported_at.format("%Y-%m-%d")
        )),
        Outcome::DryRun(changes) => {
            changes.iter().for_each(|change| say::line(change));
            say::line("Nothing was kept: this was a dry run.");
        }
    }
    Ok(())
}

/// Imports files that are in memory. All or nothing, also when the process is killed.
pub fn import_sources(
    conn: &mut PgConnection,
    settings: &Settings,
    entry: &Entry,
    sources: &[Source],
    options: &ImportOptions,
    dry_run: bool,
) -> Result<Outcome> {
    import_files(conn, settings, entry, &Files::Whole(sources.to_vec()), options, dry_run)
}

/// Files of one import.
enum Files {
    Whole(Vec<Source>),
    Lines(Vec<LineSource>),
}

impl Files {
    fn names(&self) -> Vec<String> {
        match self {
            Self::Whole(sources) => sources.iter().map(|s| s.name.clone()).collect(),
            Self::Lines(sources) => sources.iter().map(|s| s.name.clone()).collect(),
        }
    }

    /// One file has the digest of its bytes, several that of their digests.
    fn digest(&self) -> Result<String> {
        let digests: Vec<[u8; 32]> = match self {
            Self::Whole(sources) => sources.iter().map(|s| Sha256::digest(&s.bytes).into()).collect(),
            Self::Lines(sources) => sources.iter().map(posts::digest).collect::<Result<_>>()?,
        };
        match digests.as_slice() {
            [one] => Ok(hex(one)),
            many => Ok(hex(&Sha256::digest(many.concat()))),
        }
    }
}

fn read_whole(path: &Path) -> Result<Source> {
    let name = path.file_name().map_or_else(String::new, |n| n.to_string_lossy().into_owned());
    let bytes = std::fs::read(path)
        .map_err(|e| Error::bad_input(format!("The file {} cannot be read: {e}.", path.display())))?;
    Ok(Source { name, bytes })
}

fn import_files(
    conn: &mut PgConnection,
    settings: &Settings,
    entry: &Entry,
    files: &Files,
    options: &ImportOptions,
    dry_run: bool,
) -> Result<Outcome> {
    let sha256 = files.digest()?;
    let json = options.as_json();
    if let Some(known) = dataset::version_find(conn, entry.dataset, &sha256, &json)? {
        return Ok(Outcome::AlreadyImported(known));
    }
    let read = read_options(options)?;
    if read.period != (None, None) && entry.dataset != "card-sales" {
        return Err(Error::bad_input(format!("--from and --to are for card-sales, not for {}.", entry.dataset)));
    }
    let staged = match files {
        Files::Whole(sources) => registry::stage(conn, settings, entry, sources, &read)?,
        Files::Lines(sources) => posts::stage(settings, sources)?,
    };
    if staged.rows == 0 {
        let first = staged.refused.first().map_or_else(String::new, |r| {
            format!(" The first of {} refused lines is line {}: {}", staged.refused.len(), r.line, r.reason)
        });
        return Err(Error::bad_input(format!("No row of the file can be used, so nothing was imported.{first}")));
    }
    if dry_run {
        return dry_run_report(conn, entry, &staged).map(Outcome::DryRun);
    }
    let version = NewDatasetVersion {
        dataset: entry.dataset.to_owned(),
        layout: staged.layout.clone(),
        files: files.names(),
        sha256,
        options: json,
        publisher: options.publisher.clone().unwrap_or_else(|| {
            if options.synthetic { "dongjak-insight demo".to_owned() } else { entry.publisher.to_owned() }
        }),
        licence: options.licence.clone().unwrap_or_else(|| {
            if options.synthetic { "MIT OR Apache-2.0".to_owned() } else { entry.licence.to_owned() }
        }),
        attribution: options.attribution.clone().unwrap_or_else(|| {
            if options.synthetic {
                "합성 데이터 (generated, not observed)".to_owned()
            } else {
                entry.attribution.to_owned()
            }
        }),
        period_start: staged.period.map(|p| p.0),
        period_end: staged.period.map(|p| p.1),
        lines_read: count(staged.lines_read),
        rows_kept: count(staged.rows),
        rows_refused: count(u64::try_from(staged.refused.len()).unwrap_or(u64::MAX)),
        synthetic: options.synthetic,
        disclosure_checked: options.disclosure_checked,
        notes: staged.notes.clone(),
    };
    db::in_transaction(conn, |conn| {
        one_at_a_time(conn, entry.dataset)?;
        let written = dataset::version_insert(conn, &version, &staged.scopes)?;
        dataset::refused_insert(conn, &refused_rows(written.id, &staged))?;
        (staged.write)(conn, written.id)?;
        let subject = format!("{} version {}", written.dataset, written.id);
        let detail = serde_json::json!({"sha256": written.sha256, "rows": written.rows_kept});
        audit_add(conn, &AuditEntry { actor: &operator(), action: "import", subject, detail })?;
        Ok(Outcome::Imported(written))
    })
}

/// Says plainly when the database has not been prepared.
pub fn require_migrated(conn: &mut PgConnection) -> Result<()> {
    match migrate::pending(conn)? {
        0 => Ok(()),
        _ => Err(Error::bad_input("The database is older than this version. Run `dongjak migrate` first.")),
    }
}

/// Two imports of one dataset at once would not see each other's rows. The lock ends with the transaction.
pub(super) fn one_at_a_time(conn: &mut PgConnection, dataset: &str) -> Result<()> {
    use diesel::prelude::*;
    #[derive(QueryableByName)]
    struct Got {
        #[diesel(sql_type = diesel::sql_types::Bool)]
        got: bool,
    }
    let got: Got = diesel::sql_query("SELECT pg_try_advisory_xact_lock(hashtext('dongjak import ' || $1)) AS got")
        .bind::<diesel::sql_types::Text, _>(dataset)
        .get_result(conn)
        .doing("waiting for another import")?;
    if got.got {
        Ok(())
    } else {
        Err(Error::bad_input(format!("Another import of {dataset} is at work. Try again when it is done.")))
    }
}

fn refused_rows(version_id: i32, staged: &Staged) -> Vec<RefusedRow> {
    let row = |r: &crate::run::staged::RefusedLine| RefusedRow {
        version_id,
        file: r.file.clone(),
        line: count(r.line),
        reason: r.reason.clone(),
        // PostgreSQL text cannot hold NUL.
        raw: match &r.raw {
            RawLine::Whole(line) if staged.keep_raw => Some(line.replace('\0', "\u{fffd}")),
            RawLine::Whole(_) | RawLine::Digest(_) => None,
        },
        raw_sha256: match &r.raw {
            RawLine::Whole(line) => hex(&Sha256::digest(line.as_bytes())),
            RawLine::Digest(digest) => digest.clone(),
        },
    };
    // One line may be refused for one reason only; the first one found stands.
    let mut rows: Vec<RefusedRow> = staged.refused.iter().map(row).collect();
    rows.sort_by(|a, b| (&a.file, a.line).cmp(&(&b.file, b.line)));
    rows.dedup_by(|a, b| (&a.file, a.line) == (&b.file, b.line));
    rows
}

fn dry_run_report(conn: &mut PgConnection, entry: &Entry, staged: &Staged) -> Result<Vec<String>> {
    let mut report = vec![format!(
        "{} as layout {}: {} lines read, {} rows would be kept, {} refused.",
        entry.dataset,
        staged.layout,
        staged.lines_read,
        staged.rows,
        staged.refused.len()
    )];
    report.extend(staged.notes.iter().map(|note| format!("  {note}")));
    for refused in staged.refused.iter().take(5) {
        report.push(format!("  refused line {}: {}", refused.line, refused.reason));
    }
    let overlapping = dataset::versions_in_force(conn, entry.dataset)?;
    for version in overlapping {
        let touches = match (staged.period, version.period_start.zip(version.period_end)) {
            (Some(new), Some(old)) => new.0 <= old.1 && old.0 <= new.1,
            _ => true,
        };
        if touches {
            report.push(format!(
                "  It would speak instead of version {} ({} rows) where both speak for the same place and days; runs that named version {} keep reading it.",
                version.id, version.rows_kept, version.id
            ));
        }
    }
    Ok(report)
}

fn read_options(options: &ImportOptions) -> Result<ReadOptions> {
    ReadOptions::parse(
        options.encoding.as_deref(),
        options.crs.as_deref(),
        options.code_property.clone(),
        options.amount_unit,
        options.as_of,
        (options.from, options.to),
    )
    .map_err(Error::bad_input)
}

fn count(n: u64) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}
