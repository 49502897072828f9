//! What earlier runs did with the posts that a run reads.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::sql_types::{Array, Date, Integer, Nullable};

use crate::childcare::analysis::{EarlierRun, Grain, Group, Issue, Number, Polarity};
use crate::childcare::results::voice::{KeywordRow, Voice};
use crate::childcare::results::{self, PlaceRow};
use crate::db::While;
use crate::error::Result;
use crate::graphql::stored::StoredFigures;
use crate::run::dataset::DatasetVersion;
use crate::run::reading::Reading;

#[derive(QueryableByName)]
struct RunRow {
    #[diesel(sql_type = Integer)]
    run_id: i32,
    #[diesel(sql_type = Array<Integer>)]
    versions: Vec<i32>,
    #[diesel(sql_type = Nullable<Date>)]
    first_day: Option<NaiveDate>,
    #[diesel(sql_type = Nullable<Date>)]
    last_day: Option<NaiveDate>,
}

/// The runs before one that have read posts of the same days.
pub fn earlier(conn: &mut PgConnection, reading: Reading, posts: &[DatasetVersion]) -> Result<Vec<EarlierRun>> {
    let first = posts.iter().filter_map(|version| version.period_start).min();
    let last = posts.iter().filter_map(|version| version.period_end).max();
    let Some((first, last)) = first.zip(last) else { return Ok(Vec::new()) };
    let mut own: Vec<i32> = posts.iter().map(|version| version.id).collect();
    own.sort_unstable();
    let rows: Vec<RunRow> = diesel::sql_query(include_str!("earlier.sql"))
        .bind::<Integer, _>(reading.before())
        .bind::<Date, _>(first)
        .bind::<Date, _>(last)
        .load(conn)
        .doing("looking for earlier runs of the same posts")?;
    let mut runs = Vec::new();
    for row in rows {
        let places = results::places(conn, row.run_id)?;
        let voice = results::voice::load(conn, row.run_id)?;
        let last = row.last_day.filter(|_| row.versions != own);
        runs.extend(row.first_day.and_then(|first| told(&places, &voice, first, last)));
    }
    Ok(runs)
}

/// What a run shows and hides; `None` when it has counted no posts.
fn told(
    places: &[std::sync::Arc<PlaceRow>],
    voice: &Voice,
    first_day: NaiveDate,
    last: Option<NaiveDate>,
) -> Option<EarlierRun> {
    let start = voice.volumes.iter().map(|row| (row.starts_on, row.grain)).min_by_key(|(on, _)| *on);
    let (first, grain) = start.unwrap_or((first_day, Grain::Month));
    let mut run =
        EarlierRun { grain, first, last, shown: BTreeMap::new(), hidden: BTreeSet::new(), words: BTreeMap::new() };
    for row in places {
        by_polarity(&mut run, &row.figures, &|polarity| Some(Number::Place(row.place.clone(), polarity)));
    }
    for row in &voice.volumes {
        let number = match &row.channel {
            None => Number::Period(row.place.clone(), row.starts_on),
            Some(channel) => Number::Channel(channel.clone(), row.starts_on),
        };
        note(&mut run, &row.figures, "mentions", Some(number), |posts| posts);
    }
    for row in &voice.issues {
        let issue = Issue::named(&row.issue);
        by_polarity(&mut run, &row.figures, &|polarity| Some(Number::Issue(issue?, row.place.clone(), polarity)));
    }
    for row in &voice.trends {
        let issue = Issue::named(&row.issue);
        by_polarity(&mut run, &row.figures, &|polarity| Some(Number::Trend(issue?, row.starts_on, polarity)));
    }
    for row in &voice.keywords {
        let posts = row.figures.get("posts").and_then(|figure| figure.value);
        run.words
            .extend(group(row).zip(posts).map(|(group, posts)| ((group, row.term.clone()), posts.round() as usize)));
    }
    (!run.shown.is_empty() || !run.hidden.is_empty()).then_some(run)
}

/// The group of a stored keyword; `None` when this version does not know it.
fn group(row: &KeywordRow) -> Option<Group> {
    let issue = match &row.issue {
        Some(name) => Some(Issue::named(name)?),
        None => None,
    };
    let polarity = match &row.polarity {
        Some(name) => Some(Polarity::ALL.into_iter().find(|polarity| polarity.name() == name)?),
        None => None,
    };
    Some(Group { place: Some(row.place.clone()).filter(|place| place != "district"), issue, polarity })
}

/// All posts of a row, and those of each polarity: share times all.
fn by_polarity(run: &mut EarlierRun, figures: &StoredFigures, number: &dyn Fn(Option<Polarity>) -> Option<Number>) {
    note(run, figures, "mentions", number(None), |posts| posts);
    let all = figures.get("mentions").and_then(|figure| figure.value);
    for (polarity, name) in Polarity::ALL.into_iter().zip(["positive_share", "neutral_share", "negative_share"]) {
        match (all, number(Some(polarity))) {
            // Of no posts no share is given.
            (Some(0.0), Some(number)) => {
                run.shown.insert(number, 0);
            }
            (all, number) => note(run, figures, name, number, |share| share * all.unwrap_or(0.0)),
        }
    }
}

fn note(run: &mut EarlierRun, figures: &StoredFigures, name: &str, number: Option<Number>, posts: impl Fn(f64) -> f64) {
    let (Some(figure), Some(number)) = (figures.get(name), number) else { return };
    match figure.value {
        Some(value) => {
            run.shown.insert(number, posts(value).round() as u64);
        }
        None if figure.status == "SUPPRESSED" => {
            run.hidden.insert(number);
        }
        None => {}
    }
}
