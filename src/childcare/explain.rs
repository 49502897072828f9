//! How the figures of a childcare run came about: formula, and what the run has stored beside them.
//!
//! Posts and single cells of the map are not kept with a run, so their sums are told and not listed.

use super::results::ChildcareRun;
use super::results::voice::{KeywordRow, TrendRow, VolumeRow};
use crate::graphql::figure::{FigureData, FigureStatus, Unit};
use crate::graphql::stored::{StoredFigures, show};
use crate::run::explain::{Explanation, both};

/// One figure that can be explained: table, name, unit, method of its interval, Korean, English, formula, and the
/// stored figures that it follows from.
struct Known {
    table: &'static str,
    name: &'static str,
    unit: Unit,
    method: &'static str,
    ko: &'static str,
    en: &'static str,
    formula: &'static str,
    terms: &'static [&'static str],
}

macro_rules! known {
    ($($table:literal $name:literal $unit:ident $method:literal $ko:literal $en:literal $formula:literal [$($term:literal),*];)*) => {
        &[$(Known {
            table: $table, name: $name, unit: Unit::$unit, method: $method, ko: $ko, en: $en, formula: $formula, terms: &[$($term),*],
        }),*]
    };
}

#[rustfmt::skip]
const KNOWN: &[Known] = known! {
    "place" "mentions" Posts "exact Poisson (Garwood)" "육아 게시글 수" "Posts about childcare, each counted once" "number of posts after duplicates, adverts and off-topic posts" [];
    "place" "mentions_per_thousand_children" PostsPerThousandChildren "exact Poisson (Garwood)" "아동 1,000명당 게시글 수" "Posts for every 1,000 children" "1000·mentions / children" ["mentions", "children"];
    "place" "positive_share" Ratio "Wilson" "긍정 비율" "Share of the posts that praise" "positive posts / mentions" ["mentions"];
    "place" "neutral_share" Ratio "Wilson" "중립 비율" "Share of the posts that neither praise nor complain" "neutral posts / mentions" ["mentions"];
    "place" "negative_share" Ratio "Wilson" "부정 비율" "Share of the posts that complain" "negative posts / mentions" ["mentions"];
    "place" "balance" Balance "none" "여론 균형(-1~1)" "Balance of opinion, -1 to 1" "positive_share − negative_share" ["positive_share", "negative_share"];
    "place" "children" Persons "none" "0~5세 아동 수" "Registered children aged 0 to 5" "Σ children of ages 0 to 5 in the newest month" [];
    "place" "places" Places "none" "어린이집 정원" "Licensed daycare places inside" "Σ licensed places of the centres inside" [];
    "place" "places_per_child" PlacesPerChild "none" "아동 1명당 정원" "Licensed places for each child living inside" "places / children" ["places", "children"];
    "place" "accessibility" PlacesPerChild "none" "접근성(아동 1명당 닿는 정원)" "Reachable places for each child (E2SFCA)" "R(j) = S(j) / Σ w(d)·P(i);  A(i) = Σ w(d)·R(j);  mean over the children" [];
    "volume" "mentions" Posts "exact Poisson (Garwood)" "기간의 게시글 수" "Posts in the period, each counted once" "number of posts of the period after duplicates, adverts and off-topic posts" [];
    "volume" "mentions_per_thousand_children" PostsPerThousandChildren "exact Poisson (Garwood)" "기간의 아동 1,000명당 게시글 수" "Posts in the period for every 1,000 children" "1000·mentions / children" ["mentions"];
    "issue" "mentions" Posts "exact Poisson (Garwood)" "쟁점 게시글 수" "Posts about the issue" "number of posts that the model gives the issue" [];
    "issue" "positive_share" Ratio "Wilson" "쟁점 긍정 비율" "Share of the posts about the issue that praise" "positive posts / mentions" ["mentions"];
    "issue" "neutral_share" Ratio "Wilson" "쟁점 중립 비율" "Share of the posts about the issue that neither praise nor complain" "neutral posts / mentions" ["mentions"];
    "issue" "negative_share" Ratio "Wilson" "쟁점 부정 비율" "Share of the posts about the issue that complain" "negative posts / mentions" ["mentions"];
    "trend" "mentions" Posts "exact Poisson (Garwood)" "기간의 쟁점 게시글 수" "Posts about the issue in the period" "number of posts that the model gives the issue" [];
    "trend" "positive_share" Ratio "Wilson" "기간의 쟁점 긍정 비율" "Share of the posts about the issue in the period that praise" "positive posts / mentions" ["mentions"];
    "trend" "neutral_share" Ratio "Wilson" "기간의 쟁점 중립 비율" "Share of the posts about the issue in the period that neither praise nor complain" "neutral posts / mentions" ["mentions"];
    "trend" "negative_share" Ratio "Wilson" "기간의 쟁점 부정 비율" "Share of the posts about the issue in the period that complain" "negative posts / mentions" ["mentions"];
    "keyword" "posts" Posts "none" "낱말이 든 게시글 수" "Posts of the group with the word" "number of posts of the group with the word" [];
    "keyword" "log_odds" LogOdds "none" "로그 오즈 차" "Log-odds of the word in the group against the other posts" "δ = ln((y₁+α) / (n₁+a₀−y₁−α)) − ln((y₂+α) / (n₂+a₀−y₂−α)); 1: the group, 2: the other posts" ["posts"];
    "keyword" "z" StandardDeviations "none" "로그 오즈의 z" "Log-odds over its standard error" "δ / √(1/(y₁+α) + 1/(y₂+α))" ["log_odds"];
    "keyword" "p_adjusted" Probability "none" "보정한 p" "Two-sided p, adjusted over the words of the group" "Benjamini and Hochberg over 2·(1 − Φ(|z|))" ["z"];
    "care" "children" Persons "none" "0~5세 아동 수" "Registered children aged 0 to 5" "Σ children of ages 0 to 5 in the newest month" [];
    "care" "places" Places "none" "어린이집 정원" "Licensed daycare places inside" "Σ licensed places of the centres inside" [];
    "care" "vacant_places" Places "none" "빈자리" "Licensed places without a child" "Σ max(0, licensed places − enrolled)" [];
    "care" "public_places" Places "none" "국공립 정원" "Licensed places of public centres" "Σ licensed places of the public centres inside" [];
    "care" "part_time_places" Places "none" "시간제보육 자리" "Part-time places, assumed for each centre that offers them" "centres with part-time care · partTimePlaces" [];
    "care" "places_per_child" PlacesPerChild "none" "아동 1명당 정원" "Licensed places for each child living inside" "places / children" ["places", "children"];
    "care" "waiting" Persons "none" "대기 아동 수" "Children on waiting lists" "Σ waiting children of the centres inside" [];
    "care" "waiting_per_place" Ratio "none" "정원 1자리당 대기 아동 수" "Children waiting for each place of the centres with a waiting list" "waiting / places of the centres with a waiting list" ["waiting"];
    "care" "accessibility" PlacesPerChild "none" "접근성" "Reachable places for each child (E2SFCA)" "R(j) = S(j) / Σ w(d)·P(i);  A(i) = Σ w(d)·R(j);  mean over the children" [];
    "care" "vacant_accessibility" PlacesPerChild "none" "빈자리 접근성" "Reachable vacant places for each child" "accessibility with S = vacant places" [];
    "care" "public_accessibility" PlacesPerChild "none" "국공립 접근성" "Reachable public places for each child" "accessibility with S = public places" [];
    "care" "part_time_accessibility" PlacesPerChild "none" "시간제보육 접근성" "Reachable part-time places for each child" "accessibility with S = part-time places" [];
    "care" "two_step_accessibility" PlacesPerChild "none" "2SFCA 접근성" "Accessibility by 2SFCA" "R(j) = S(j) / Σ P(i),  A(i) = Σ R(j) within one circle" [];
    "care" "three_step_accessibility" PlacesPerChild "none" "3SFCA 접근성" "Accessibility by 3SFCA" "G(i,j) = w(d) / Σ w(d);  R(j) = S(j) / Σ G·w·P;  A(i) = Σ G·w·R" [];
    "care" "gaussian_accessibility" PlacesPerChild "none" "가우시안 2SFCA 접근성" "Accessibility by Gaussian 2SFCA" "w(d) = (exp(−d²/2r²) − exp(−½)) / (1 − exp(−½))" [];
    "care" "unmet_children" Persons "none" "자리가 닿지 않는 아동 수" "Children for whom no place is in reach" "Σ children(cell)·max(0, need − A(cell))" [];
    "care" "unmet_part_time_children" Persons "none" "시간제보육이 닿지 않는 아동 수" "The same of part-time care" "Σ children(cell)·max(0, need − A(cell)), part-time" [];
    "care" "desert" YesNo "none" "보육 사막 여부" "Childcare desert, 1 for yes" "children > 50 and (places = 0 or children / places > 3)" ["children", "places"];
    "care" "children_in_desert" Persons "none" "보육 사막에 사는 아동 수" "Children in cells with less than a third of a place in reach" "Σ children(cell) where A(cell) < 1/3" [];
    "care" "at_border" Ratio "none" "경계 근처 아동의 비율" "Share of the children within reach of the border" "Σ children(cell) near the border / children" ["children"];
    "care" "centres_without_location" Centres "none" "좌표가 없는 어린이집 수" "Centres without coordinates" "number of centres without coordinates" [];
    "care" "places_without_location" Places "none" "좌표가 없는 어린이집의 정원" "Licensed places of those centres" "Σ licensed places of centres without coordinates" [];
    "use" "places" Uses "none" "제공 자리" "Places offered, by band and day" "Σ places over the months" [];
    "use" "used" Uses "none" "이용" "Places taken" "Σ uses over the months" [];
    "use" "use_ratio" Ratio "none" "이용률" "Used over offered" "used / places" ["used", "places"];
};

/// Whether a figure of a table can be explained.
pub fn is_known(table: &str, name: &str) -> bool {
    known(table, name).is_some()
}

fn known(table: &str, name: &str) -> Option<&'static Known> {
    KNOWN.iter().find(|k| k.table == table && k.name == name)
}

/// Stored figures of one row by the path without the name, and the name.
fn row<'a>(all: &'a ChildcareRun, path: &[&'a str]) -> Option<(&'a StoredFigures, &'static Known)> {
    let figures = match path {
        ["place", place, _] => &all.places.iter().find(|row| row.place == *place)?.figures,
        ["care", place, _] => &all.care.iter().find(|row| row.place == *place)?.figures,
        ["use", place, kind, band, _] => {
            let mine = |row: &&super::results::usage::UseRow| {
                row.place == *place && row.kind == *kind && format!("{}-{}", row.band.0, row.band.1) == *band
            };
            &all.usage.iter().find(mine)?.figures
        }
        ["volume", place, channel, day, _] => {
            let mine = |row: &&VolumeRow| {
                row.place == *place && channel_of(row) == *channel && row.starts_on.to_string() == *day
            };
            &all.voice.volumes.iter().find(mine)?.figures
        }
        ["issue", place, issue, _] => {
            &all.voice.issues.iter().find(|row| row.place == *place && row.issue == *issue)?.figures
        }
        ["trend", issue, day, _] => {
            let mine = |row: &&TrendRow| row.issue == *issue && row.starts_on.to_string() == *day;
            &all.voice.trends.iter().find(mine)?.figures
        }
        ["keyword", place, issue, polarity, term, _] => {
            let mine =
                |row: &&KeywordRow| row.place == *place && row.term == *term && group_of(row) == [*issue, *polarity];
            &all.voice.keywords.iter().find(mine)?.figures
        }
        _ => return None,
    };
    Some((figures, known(path.first()?, path.last()?)?))
}

/// Where the posts of a volume were written, as a part of its path.
pub fn channel_of(row: &VolumeRow) -> &str {
    row.channel.as_deref().unwrap_or("all")
}

/// Issue and polarity of the posts that a keyword sets apart, as parts of its path.
pub fn group_of(row: &KeywordRow) -> [&str; 2] {
    [row.issue.as_deref().unwrap_or("all"), row.polarity.as_deref().unwrap_or("all")]
}

/// Every figure of a run with its path.
pub fn figures(all: &ChildcareRun) -> Vec<(Vec<String>, FigureData)> {
    let mut found = Vec::new();
    let mut put = |start: &[&str], figures: &StoredFigures| {
        for k in KNOWN.iter().filter(|k| k.table == start[0] && figures.contains_key(k.name)) {
            let path = start.iter().chain([&k.name]).map(|part| (*part).to_owned()).collect();
            found.push((path, show(figures, k.name, k.unit, k.method)));
        }
    };
    all.places.iter().for_each(|row| put(&["place", &row.place], &row.figures));
    all.care.iter().for_each(|row| put(&["care", &row.place], &row.figures));
    for row in &all.voice.volumes {
        put(&["volume", &row.place, channel_of(row), &row.starts_on.to_string()], &row.figures);
    }
    all.voice.issues.iter().for_each(|row| put(&["issue", &row.place, &row.issue], &row.figures));
    all.voice.trends.iter().for_each(|row| put(&["trend", &row.issue, &row.starts_on.to_string()], &row.figures));
    for row in &all.voice.keywords {
        let [issue, polarity] = group_of(row);
        put(&["keyword", &row.place, issue, polarity, &row.term], &row.figures);
    }
    for row in &all.usage {
        put(&["use", &row.place, &row.kind, &format!("{}-{}", row.band.0, row.band.1)], &row.figures);
    }
    found
}

/// A figure of a run and how it came about; none where the run has no such figure.
pub fn explain(all: &ChildcareRun, path: &[&str]) -> Option<(FigureData, Explanation)> {
    let (figures, known) = row(all, path)?;
    let figure = show(figures, known.name, known.unit, known.method);
    let place = path.get(1..path.len() - 1)?.join(" ");
    let mut explanation = Explanation::new(
        both(format!("{place}: {}.", known.ko), format!("{place}: {}.", known.en)),
        both(known.ko, known.en),
        known.formula,
    );
    if known.table == "care" || known.name == "accessibility" {
        explanation = explanation.with_parameters(&["zones", "detour", "care"]);
    } else if matches!(known.table, "place" | "issue") {
        explanation = explanation.with_parameters(&["minPosts"]);
    } else if matches!(known.table, "volume" | "trend") {
        explanation = explanation.with_parameters(&["minPosts", "grain"]);
    }
    for name in known.terms {
        let own = figures.get(*name);
        let (ko, en) = self::known(known.table, name).map_or((*name, *name), |k| (k.ko, k.en));
        explanation.term(name, ko, en, own.and_then(|f| f.value));
    }
    explanation.term("value", "수치", "The figure", figure.value);
    explanation.filled = figure.value.map(|value| format!("{} = {value}", known.formula));
    if let Some(reason) = &figure.reason {
        explanation.leave_out(&reason.ko, &reason.en, None);
    }
    if known.table == "keyword"
        || known.table == "place" && known.terms.contains(&"mentions")
        || known.name == "mentions"
    {
        explanation.leave_out(
            "중복, 광고, 주제에서 벗어난 게시글은 세지 않습니다. 게시글은 실행과 함께 보관하지 않습니다.",
            "Duplicates, adverts and off-topic posts do not count. Posts are not kept with a run, so they are not listed.",
            None,
        );
    }
    let hidden = matches!(figure.status, FigureStatus::Suppressed | FigureStatus::Restricted);
    let explanation = if hidden { explanation.hidden(figure.reason.clone()) } else { explanation };
    Some((figure, explanation))
}
