//! Posts (언급) about childcare and other things, in our own layout of JSON Lines.
//!
//! About seven in ten are about childcare; the rest are other talk, adverts, and reposts of the same words.

use chrono::Datelike;
use serde::Serialize;

use super::days::{DAYS, date_at};
use super::district::traits;
use super::epidemic::{self, Epidemic};
use super::post_writer::{Neighbourhood, Occasion, text};
use super::random::Random;
use super::{DemoDong, GeneratedFile};

/// Posts that somebody wrote, and posts that somebody passed on.
const ORIGINALS: usize = 4_600;
const REPOSTS: usize = 400;

const SECONDS_A_DAY: usize = 86_400;

/// Channels with their share.
const CHANNELS: [(&str, f64); 5] = [("cafe", 0.46), ("blog", 0.19), ("twitter", 0.14), ("insta", 0.14), ("news", 0.07)];

/// A post before it has its number.
#[derive(Debug, Clone)]
struct Draft {
    /// Seconds since 2019-01-01 in Korea.
    written_at: usize,
    channel: &'static str,
    text: String,
    author: String,
    reposts: u32,
}

/// One line of the file.
#[derive(Serialize)]
struct Line<'a> {
    id: String,
    created_at: String,
    channel: &'a str,
    text: &'a str,
    author: &'a str,
    reposts: u32,
}

/// One file, in the order of time.
pub fn files(seed: u64, dongs: &[DemoDong]) -> Vec<GeneratedFile> {
    let mut random = Random::for_topic(seed, "posts");
    let epidemic = epidemic::invent(seed);
    let neighbourhoods: Vec<Neighbourhood> =
        dongs.iter().map(|dong| Neighbourhood { name: dong.name.clone(), traits: traits(seed, dong) }).collect();
    let day_weights = day_weights(&epidemic);
    let mut drafts: Vec<Draft> = (0..ORIGINALS)
        .map(|_| {
            let day = random.weighted(day_weights.iter().copied());
            original(&mut random, &neighbourhoods, day, epidemic.caution.get(day).copied().unwrap_or(0.0))
        })
        .collect();
    for _ in 0..REPOSTS {
        let Some(source) = drafts.get(random.below(ORIGINALS)).cloned() else { break };
        drafts.push(repost(&mut random, source));
    }
    // Equal seconds are settled by words, so that the order never depends on the sort.
    drafts.sort_by(|a, b| (a.written_at, &a.text, &a.author).cmp(&(b.written_at, &b.text, &b.author)));
    let mut lines = String::new();
    for (index, draft) in drafts.iter().enumerate() {
        // A record of strings and a number always has a JSON form.
        lines.push_str(&serde_json::to_string(&line(index + 1, draft)).unwrap_or_default());
        lines.push('\n');
    }
    vec![GeneratedFile { dataset: "posts", name: "posts-synthetic.jsonl".into(), bytes: lines.into_bytes() }]
}

fn line(number: usize, draft: &Draft) -> Line<'_> {
    let (day, second) = (draft.written_at / SECONDS_A_DAY, draft.written_at % SECONDS_A_DAY);
    let (hour, minute, second) = (second / 3_600, second / 60 % 60, second % 60);
    Line {
        id: format!("synthetic-{number:05}"),
        created_at: format!("{}T{hour:02}:{minute:02}:{second:02}+09:00", date_at(day)),
        channel: draft.channel,
        text: &draft.text,
        author: &draft.author,
        reposts: draft.reposts,
    }
}

/// More is written before the new school year, on workdays, and when the epidemic is near.
fn day_weights(epidemic: &Epidemic) -> Vec<f64> {
    (0..DAYS)
        .map(|day| {
            let date = date_at(day);
            let season = match date.month() {
                2 | 3 => 1.5,
                11 | 12 => 1.2,
                _ => 1.0,
            };
            let week = if date.weekday().num_days_from_monday() >= 5 { 0.75 } else { 1.1 };
            season * week * (1.0 + 0.8 * epidemic.caution.get(day).copied().unwrap_or(0.0))
        })
        .collect()
}

fn original(random: &mut Random, neighbourhoods: &[Neighbourhood], day: usize, caution: f64) -> Draft {
    let channel = CHANNELS.get(random.weighted(CHANNELS.iter().map(|one| one.1))).map_or("other", |one| one.0);
    // Families with small children write; where there are more of them, more is written.
    let weights = neighbourhoods.iter().map(|one| one.traits.residents * one.traits.small_children_share);
    let home = neighbourhoods.get(random.weighted(weights));
    Draft {
        written_at: day * SECONDS_A_DAY + 6 * 3_600 + random.below(18 * 3_600),
        channel,
        text: text(random, &Occasion { home, channel, caution }),
        author: author(random),
        reposts: random.count(if channel == "twitter" { 1.6 } else { 0.2 }),
    }
}

/// The same words within two days under another name, sometimes without the last full stop.
fn repost(random: &mut Random, source: Draft) -> Draft {
    let later = source.written_at + 600 + random.below(2 * SECONDS_A_DAY);
    let text = if random.chance(0.2) { source.text.trim_end_matches(['.', '!', '~']).to_owned() } else { source.text };
    Draft { written_at: later.min(DAYS * SECONDS_A_DAY - 1), text, author: author(random), reposts: 0, ..source }
}

fn author(random: &mut Random) -> String {
    format!("synthetic-user-{:04}", random.below(1_800))
}
