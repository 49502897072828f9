//! Speed and memory of reading Korean posts on one core, one JSON object a line: `script/bench text` says how.
//!
//!   tokenise      short film reviews into morphemes
//!   ingest        posts: read, mask, find copies, tokenise, attribute, classify; all but the writing to the database
//!   parity FILE   the same reviews as mecab-ko cuts them, written by benches/mecab_reference.py, compared token for token

#![allow(clippy::print_stdout, clippy::print_stderr, clippy::expect_used)]

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::time::Instant;

use cpu_time::ProcessTime;
use dongjak_insight::childcare::analysis::{PostInput, Reader, read_posts};
use dongjak_insight::childcare::import::PostReader;
use dongjak_insight::childcare::lexicon;
use dongjak_insight::import::Line;
use dongjak_insight::text::dictionary::{Dictionary, DictionaryFiles, UserWords};
use dongjak_insight::text::tokeniser::Tokeniser;

fn dictionary() -> Dictionary {
    let state = std::env::var_os("DONGJAK_STATE_DIR").map_or_else(|| PathBuf::from(".local"), PathBuf::from);
    let read = |name: &str| std::fs::read(state.join("dictionary").join(name)).expect("script/setup brings it");
    let files = DictionaryFiles {
        system: read("sys.dic"),
        unknown: read("unk.dic"),
        matrix: read("matrix.bin"),
        characters: read("char.bin"),
        settings: read("dicrc"),
    };
    Dictionary::from_bytes(files).expect("a whole dictionary")
}

/// Texts of nsmc/test_a.tsv.gz.
fn reviews() -> Vec<String> {
    let folder = std::env::var_os("DONGJAK_REFERENCE_DIR").expect("DONGJAK_REFERENCE_DIR");
    let file = std::fs::File::open(Path::new(&folder).join("nsmc/test_a.tsv.gz")).expect("nsmc/test_a.tsv.gz");
    BufReader::new(flate2::read::GzDecoder::new(file))
        .lines()
        .map(|line| line.expect("a line").split('\t').nth(1).expect("a text").to_owned())
        .collect()
}

/// Most memory so far, in MB.
fn peak_mb() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").expect("a Linux kernel");
    let mark = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).expect("VmHWM");
    mark.trim().trim_end_matches(" kB").parse::<f64>().expect("a number") / 1024.0
}

fn tokenise() {
    let tokeniser = Tokeniser::new(dictionary(), &lexicon::user_words().expect("the shipped words")).expect("they fit");
    let reviews = reviews();
    let (began, cpu) = (Instant::now(), ProcessTime::now());
    let tokens: usize = reviews.iter().map(|text| tokeniser.tokenise(text).len()).sum();
    let (wall, cpu) = (began.elapsed().as_secs_f64(), cpu.elapsed().as_secs_f64());
    let letters: usize = reviews.iter().map(|text| text.chars().count()).sum();
    println!(
        "{}",
        serde_json::json!({
            "bench": "tokenise", "texts": reviews.len(), "letters_a_text": letters as f64 / reviews.len() as f64,
            "tokens": tokens, "texts_per_cpu_second": reviews.len() as f64 / cpu,
            "tokens_per_cpu_second": tokens as f64 / cpu, "wall_seconds": wall, "peak_mb": peak_mb(),
        })
    );
}

fn ingest() {
    let tokeniser = Tokeniser::new(dictionary(), &lexicon::user_words().expect("the shipped words")).expect("they fit");
    let listening = lexicon::listening().expect("the shipped model");
    let dongs = lexicon::shipped_dongs().expect("the shipped dongs");
    let gazetteer = lexicon::gazetteer(&dongs, &lexicon::shipped_names().expect("the shipped names"));
    let lines: Vec<String> = posts();
    let reader = PostReader::new(b"bench".to_vec(), chrono::Utc::now());
    let total = ProcessTime::now();
    let cpu = ProcessTime::now();
    let posts: Vec<PostInput> = lines
        .iter()
        .filter_map(|line| reader.read(Line::Whole(line.as_bytes())).ok().flatten())
        .map(|read| PostInput {
            id: read.post.id,
            on: read.post.created_at.date_naive(),
            channel: read.post.channel.into(),
            author: read.post.author_hash,
            text: read.post.text_masked.expect("a text"),
        })
        .collect();
    let masked = cpu.elapsed().as_secs_f64();
    let cpu = ProcessTime::now();
    let readings = read_posts(&posts, Reader { listening: &listening, gazetteer: &gazetteer, tokeniser: &tokeniser });
    let understood = cpu.elapsed().as_secs_f64();
    let total = total.elapsed().as_secs_f64();
    println!(
        "{}",
        serde_json::json!({
            "bench": "ingest", "posts": posts.len(), "copies": readings.iter().filter(|r| r.duplicate).count(),
            "read_and_mask_per_cpu_second": posts.len() as f64 / masked,
            "understand_per_cpu_second": posts.len() as f64 / understood,
            "posts_per_cpu_second": posts.len() as f64 / total, "peak_mb": peak_mb(),
        })
    );
}

/// Labelled posts of the project and film reviews between them, one every twenty minutes of a year.
fn posts() -> Vec<String> {
    let labelled = include_str!("../data/training/posts.tsv").lines().filter_map(|row| row.rsplit('\t').next());
    let first = chrono::DateTime::from_timestamp(1_577_836_800, 0).expect("a moment");
    let line = |(n, text): (i64, String)| {
        let at = first + chrono::Duration::minutes(20 * n);
        serde_json::json!({"id": n.to_string(), "created_at": at.to_rfc3339(), "channel": "cafe", "author": format!("a{}", n % 5_000), "text": text})
            .to_string()
    };
    (0..).zip(labelled.map(str::to_owned).chain(reviews())).map(line).collect()
}

fn parity(path: &str) {
    let tokeniser = Tokeniser::new(dictionary(), &UserWords::default()).expect("no words fit any dictionary");
    let reference = BufReader::new(std::fs::File::open(path).expect("the reference file"));
    let (mut same, mut all) = (0_u64, 0_u64);
    let mut kinds = BTreeMap::<&str, u64>::new();
    for (text, line) in reviews().iter().zip(reference.lines()) {
        let expected: Vec<(String, String)> = serde_json::from_str(&line.expect("a line")).expect("tokens");
        let found: Vec<(String, String)> =
            tokeniser.tokenise(text).into_iter().map(|morpheme| (morpheme.surface, morpheme.tag)).collect();
        all += 1;
        if found == expected {
            same += 1;
            continue;
        }
        let surfaces = |tokens: &[(String, String)]| tokens.iter().map(|t| t.0.clone()).collect::<Vec<_>>();
        *kinds.entry(if surfaces(&found) == surfaces(&expected) { "other tags" } else { "other cuts" }).or_default() +=
            1;
        if std::env::var_os("DONGJAK_BENCH_DIFFERENCES").is_some() {
            eprintln!("{text}\n  mecab-ko {expected:?}\n  here     {found:?}");
        }
    }
    println!(
        "{}",
        serde_json::json!({"bench": "parity", "texts": all, "same": same, "share": same as f64 / all as f64, "differences": kinds})
    );
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["tokenise"] => tokenise(),
        ["ingest"] => ingest(),
        ["parity", path] => parity(path),
        _ => eprintln!("tokenise, ingest or parity FILE"),
    }
}
