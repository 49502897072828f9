//! Posts on their way from the file to the table, a few thousand at a time; and the secret that hides their authors.
//!
//! The file is read three times: for its digest, to check every line, and to store. So a file of any length takes the
//! same memory, but for sixteen bytes a post with which double ids are found.

use std::collections::HashSet;
use std::io::{self, Read as _};
use std::path::Path;

use chrono::{DateTime, NaiveDate, Utc};
use diesel::PgConnection;
use sha2::{Digest, Sha256};

use super::registry::seoul;
use crate::childcare::import::{PostReader, ReadPost};
use crate::childcare::tables;
use crate::config::Settings;
use crate::error::{Error, Result};
use crate::import::{Line, LineSource};
use crate::run::dataset::Scope;
use crate::run::record::hex;
use crate::run::staged::{RawLine, RefusedLine, Staged};

/// Posts that are written at once.
const BATCH: usize = 4_000;

/// Digest of a file, read once.
pub fn digest(source: &LineSource) -> Result<[u8; 32]> {
    let mut reader = source.open().map_err(|e| unreadable(source, &e))?;
    let mut hash = Sha256::new();
    let mut part = vec![0; 64 * 1_024];
    loop {
        match reader.read(&mut part).map_err(|e| unreadable(source, &e))? {
            0 => return Ok(hash.finalize().into()),
            length => hash.update(&part[..length]),
        }
    }
}

/// Checks every line; the posts themselves are read again when they are written.
pub fn stage(settings: &Settings, sources: &[LineSource]) -> Result<Staged> {
    let reader = PostReader::new(author_salt(&settings.state_dir)?, Utc::now());
    let mut found = Found::default();
    walk(sources, &reader, |file, line, raw, read| {
        found.lines += 1;
        match read {
            Ok(post) => found.take(&post),
            Err(reason) => found.refused.push(RefusedLine {
                file: file.to_owned(),
                line,
                reason,
                raw: RawLine::Digest(hex(&Sha256::digest(raw))),
            }),
        }
        Ok(())
    })?;
    let mut notes = Vec::new();
    if found.masked > 0 {
        notes.push(format!("Personal data were masked in {} posts.", found.masked));
    }
    if found.channels > 0 {
        notes.push(format!("{} posts name a channel that is not known and count as other.", found.channels));
    }
    let sources = sources.to_vec();
    Ok(Staged {
        layout: "json-lines".to_owned(),
        lines_read: found.lines,
        rows: found.rows,
        refused: found.refused,
        notes,
        scopes: Scope::around(found.days.iter().flat_map(|(first, last)| [("", *first), ("", *last)])),
        period: found.days,
        keep_raw: false,
        write: Box::new(move |conn, version| write(conn, version, &sources, &reader, found.rows)),
    })
}

#[derive(Default)]
struct Found {
    lines: u64,
    rows: u64,
    masked: u64,
    channels: u64,
    days: Option<(NaiveDate, NaiveDate)>,
    refused: Vec<RefusedLine>,
}

impl Found {
    fn take(&mut self, read: &ReadPost) {
        self.rows += 1;
        self.masked += u64::from(read.masked);
        self.channels += u64::from(read.channel_unknown);
        let day = day(read.post.created_at);
        self.days = Some(self.days.map_or((day, day), |(first, last)| (first.min(day), last.max(day))));
    }
}

fn day(at: DateTime<Utc>) -> NaiveDate {
    at.with_timezone(&seoul()).date_naive()
}

fn write(
    conn: &mut PgConnection,
    version: i32,
    sources: &[LineSource],
    reader: &PostReader,
    expected: u64,
) -> Result<()> {
    let mut batch = Vec::with_capacity(BATCH);
    let mut written = 0;
    walk(sources, reader, |_, _, _, read| {
        if let Ok(ReadPost { post, .. }) = read {
            batch.push(tables::Post { version_id: version, ..post });
            written += 1;
        }
        if batch.len() == BATCH {
            tables::posts_store(conn, &batch)?;
            batch.clear();
        }
        Ok(())
    })?;
    tables::posts_store(conn, &batch)?;
    if written == expected {
        return Ok(());
    }
    Err(Error::bad_input("The file changed while it was imported, so nothing was kept. Import it again."))
}

/// Hands every line that is not blank to `each`: file, number, bytes, and the post or why there is none. An id counts
/// once over all files.
fn walk(
    sources: &[LineSource],
    reader: &PostReader,
    mut each: impl FnMut(&str, u64, &[u8], std::result::Result<ReadPost, String>) -> Result<()>,
) -> Result<()> {
    let mut ids = HashSet::<[u8; 16]>::new();
    for source in sources {
        source
            .for_each(|number, line| -> std::result::Result<(), Stopped> {
                let read = match reader.read(line).transpose() {
                    None => return Ok(()),
                    Some(Ok(read)) if !ids.insert(short_digest(&read.post.id)) => {
                        Err("the id stands twice in the file".to_owned())
                    }
                    Some(read) => read,
                };
                let raw = if let Line::Whole(bytes) = line { bytes } else { b"" };
                each(&source.name, number, raw, read).map_err(Stopped::Ours)
            })
            .map_err(|stopped| match stopped {
                Stopped::Ours(error) => error,
                Stopped::Disk(error) => unreadable(source, &error),
            })?;
    }
    Ok(())
}

enum Stopped {
    Ours(Error),
    Disk(io::Error),
}

impl From<io::Error> for Stopped {
    fn from(error: io::Error) -> Self {
        Self::Disk(error)
    }
}

fn short_digest(text: &str) -> [u8; 16] {
    let digest: [u8; 32] = Sha256::digest(text.as_bytes()).into();
    let mut short = [0; 16];
    short.copy_from_slice(&digest[..16]);
    short
}

fn unreadable(source: &LineSource, error: &io::Error) -> Error {
    Error::bad_input(format!("The file {} cannot be read: {error}.", source.name))
}

/// The secret of this installation, made at the first import. It lies in the state folder and not in the database, so
/// that a copy of the database does not tell who wrote a post.
fn author_salt(folder: &Path) -> Result<Vec<u8>> {
    let path = folder.join("author-salt");
    let failed = |e: &io::Error| {
        Error::bad_input(format!("The secret for authors in {} cannot be read or written: {e}.", path.display()))
    };
    match std::fs::read(&path) {
        Ok(salt) if salt.len() >= 32 => return Ok(salt),
        Ok(_) => return Err(failed(&io::Error::other("it is shorter than 32 bytes"))),
        Err(e) if e.kind() != io::ErrorKind::NotFound => return Err(failed(&e)),
        Err(_) => {}
    }
    let mut salt = vec![0; 32];
    getrandom::fill(&mut salt).map_err(|e| Error::internal(format!("random bytes: {e}")))?;
    std::fs::create_dir_all(folder).map_err(|e| failed(&e))?;
    write_secret(&path, &salt).map_err(|e| failed(&e))?;
    // Of two imports that begin at once the first one's secret stands.
    std::fs::read(&path).map_err(|e| failed(&e))
}

/// Written aside and linked into place, so that a reader never sees half of it.
fn write_secret(path: &Path, salt: &[u8]) -> io::Result<()> {
    use std::io::Write;
    use std::os::unix::fs::OpenOptionsExt;
    let aside = path.with_extension(format!("new-{}", std::process::id()));
    let mut file = std::fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&aside)?;
    file.write_all(salt)?;
    file.sync_all()?;
    let linked = std::fs::hard_link(&aside, path);
    std::fs::remove_file(&aside)?;
    linked.or_else(|e| if e.kind() == io::ErrorKind::AlreadyExists { Ok(()) } else { Err(e) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_secret_is_made_once_and_only_its_owner_may_read_it() {
        use std::os::unix::fs::PermissionsExt;
        let folder = std::env::temp_dir().join(format!("dongjak-salt-{}", std::process::id()));
        let first = author_salt(&folder).unwrap();
        assert_eq!((first.len(), &author_salt(&folder).unwrap()), (32, &first));
        let mode = std::fs::metadata(folder.join("author-salt")).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        std::fs::write(folder.join("author-salt"), "short").unwrap();
        assert!(author_salt(&folder).is_err());
        std::fs::remove_dir_all(folder).unwrap();
    }
}
