//! The rooms stay as they were drawn: an import only goes down, and pure rooms know nothing of the world.

use std::path::{Path, PathBuf};

/// Rooms by level; a room may use those below it, never those above or beside it.
const LEVELS: [(&str, u8); 24] = [
    ("stats", 1),
    ("text", 1),
    ("siting", 1),
    ("geo", 1),
    ("calendar", 1),
    ("config", 1),
    ("error", 1),
    ("demo", 1),
    ("db", 2),
    ("audit", 2),
    ("graphql", 2),
    ("import", 2),
    ("keys", 2),
    ("dong", 3),
    ("run", 3),
    ("change", 3),
    ("economy", 4),
    ("childcare", 4),
    ("wifi", 4),
    ("ideas", 4),
    ("jobs", 5),
    ("api", 6),
    ("server", 7),
    ("commands", 8),
];

/// What a pure room must not name.
const WORLD: [&str; 12] = [
    "std::fs",
    "std::env",
    "std::net",
    "std::time::Instant",
    "std::time::SystemTime",
    "std::process",
    "diesel",
    "actix_web",
    "async_graphql",
    "Utc::now",
    "Local::now",
    "tokio",
];

fn files(dir: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(dir).expect("a folder of the project").flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(files(&path));
        } else if path.extension().is_some_and(|e| e == "rs") {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// Lines of code outside comments and outside the tests at the bottom of a file.
fn code(path: &Path) -> Vec<(usize, String)> {
    let text = std::fs::read_to_string(path).expect("a file of the project");
    let end = text.find("#[cfg(test)]").unwrap_or(text.len());
    text[..end]
        .lines()
        .enumerate()
        .filter(|(_, line)| !line.trim_start().starts_with("//"))
        .map(|(at, line)| (at + 1, line.to_owned()))
        .collect()
}

fn source() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

fn is_test_file(path: &Path) -> bool {
    path.file_stem().is_some_and(|stem| ["tests", "testing"].iter().any(|end| stem.to_string_lossy().ends_with(end)))
        || path.components().any(|part| part.as_os_str() == "tests")
}

#[test]
fn imports_only_go_down() {
    let mut wrong = Vec::new();
    for (room, level) in LEVELS {
        for path in files(&source().join(room)).into_iter().filter(|path| !is_test_file(path)) {
            for (line, text) in code(&path) {
                for used in text.split("crate::").skip(1) {
                    let used: String = used.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
                    let Some((_, used_level)) = LEVELS.iter().find(|(name, _)| *name == used) else { continue };
                    // The words of GraphQL and of errors may be used beside one another on the lowest levels.
                    let beside = used == "error"
                        || used == "config"
                        || (room, used.as_str()) == ("dong", "run")
                        || matches!((room, used.as_str()), ("audit", "db") | ("keys", "db" | "audit"));
                    if used != room && *used_level >= level && !beside {
                        wrong.push(format!("{}:{line}: {room} must not use {used}", path.display()));
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn pure_rooms_know_nothing_of_the_world() {
    let pure =
        ["stats", "text", "siting", "geo", "calendar", "economy/analysis", "childcare/analysis", "wifi/analysis"];
    let mut wrong = Vec::new();
    for room in pure {
        for path in files(&source().join(room)).into_iter().filter(|path| !is_test_file(path)) {
            for (line, text) in code(&path) {
                wrong.extend(
                    WORLD
                        .iter()
                        .filter(|word| text.contains(*word))
                        .map(|word| format!("{}:{line}: a pure room names {word}", path.display())),
                );
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_folder_of_the_source_has_a_mod_file_that_says_what_it_is() {
    fn folders(dir: &Path, found: &mut Vec<PathBuf>) {
        for entry in std::fs::read_dir(dir).expect("a folder").flatten().filter(|e| e.path().is_dir()) {
            found.push(entry.path());
            folders(&entry.path(), found);
        }
    }
    let mut all = Vec::new();
    folders(&source(), &mut all);
    for folder in all {
        let text = std::fs::read_to_string(folder.join("mod.rs")).unwrap_or_default();
        assert!(text.starts_with("//!"), "{} has no mod.rs that begins with a sentence", folder.display());
    }
}
