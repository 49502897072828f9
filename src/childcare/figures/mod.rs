//! The answer of the analysis as figures: what may be shown, how sure it is, and why something is missing.

pub mod care;
mod ledger;
mod trends;
pub mod usage;
pub mod voice;

use std::collections::BTreeSet;

use self::ledger::{Entry, Ledger};
use super::analysis::{
    Care, CheckedParams, ChildcareResults, Evidence, Grain, Number, Polarity, Siting, Tally, Volumes,
};
use super::results::PlaceRow;
use crate::graphql::figure::Reason;
use crate::graphql::stored::{StoredFigure, StoredFigures};
use crate::stats::interval::{garwood, wilson};
use crate::stats::suppression::{Before, Given, Mask, protect_given};

/// Posts of one place that praise, do neither, complain; `None` where the number may not be shown.
struct Voices {
    by_polarity: [Option<u64>; 3],
    total: Option<u64>,
}

/// The rows of a run: the district, its dongs, and the posts that belong to none.
pub fn rows(results: &ChildcareResults, params: &CheckedParams) -> Vec<PlaceRow> {
    let voices = results.tally.as_ref().map(|tally| protected(tally, results, params.min_posts));
    let mut rows = Vec::new();
    let district = Care {
        children: results.care.values().map(|c| c.children).sum(),
        places: results.care.values().map(|c| c.places).sum(),
        accessibility: results.district_accessibility,
    };
    rows.push(place("district", voices.as_ref().map(|v| &v.district), Some((&district, results.has_neighbours))));
    for (at, (code, care)) in results.care.iter().enumerate() {
        rows.push(place(code, voices.as_ref().and_then(|v| v.dongs.get(at)), Some((care, results.has_neighbours))));
    }
    for (name, voice) in
        [("unresolved", voices.as_ref().map(|v| &v.unresolved)), ("outside", voices.as_ref().map(|v| &v.outside))]
    {
        rows.push(place(name, voice, None));
    }
    rows
}

/// Complaints by dong as they may be shown, for the sites: the rows say what may be.
pub fn with_complaints(siting: Siting, rows: &[PlaceRow]) -> Siting {
    let complaints = siting.dongs.iter().map(|dong| rows.iter().find(|row| row.place == *dong).and_then(complaints));
    Siting { complaints: complaints.collect(), ..siting }
}

/// The same for the ranks of vulnerability.
pub fn with_complaints_of(evidence: Evidence, rows: &[PlaceRow]) -> Evidence {
    let complaints = evidence.dongs.iter().map(|dong| rows.iter().find(|row| row.place == *dong).and_then(complaints));
    Evidence { complaints: complaints.collect(), ..evidence }
}

/// Posts that complain; `None` where their number is not shown.
pub fn complaints(row: &PlaceRow) -> Option<u64> {
    let value = |name: &str| row.figures.get(name).and_then(|figure| figure.value);
    // Of no posts at all no share is given, and nobody complains.
    let mentions = value("mentions")?;
    if mentions == 0.0 { Some(0) } else { Some((value("negative_share")? * mentions).round() as u64) }
}

struct Protected {
    district: Voices,
    /// In the order of the codes.
    dongs: Vec<Voices>,
    unresolved: Voices,
    outside: Voices,
    /// Dongs and `unresolved` by period.
    places: Mask,
    /// Channels by period.
    channels: Mask,
}

/// What may be shown of the posts. First each table is protected, then everything that is shown is held against what
/// earlier runs have shown: what still gives a secret away is hidden too, with partners of its own.
fn protected(tally: &Tally, results: &ChildcareResults, min_posts: u64) -> Protected {
    let volumes = results.volumes.as_ref();
    let (pieces, earlier) = (&results.pieces, &results.earlier);
    let grain = volumes.map_or(Grain::Month, |v| v.grain);
    let first = tables(tally, volumes, min_posts, &|_| Before::Nothing);
    let entries = first.entries(tally, volumes);
    let ledger = Ledger::new(pieces, None, grain, earlier, &entries, min_posts);
    let known: BTreeSet<Number> =
        entries.into_iter().map(|entry| entry.number).filter(|number| ledger.is_known(number)).collect();
    let mut hidden = BTreeSet::new();
    loop {
        let protected = tables(tally, volumes, min_posts, &|number| said_before(&known, &hidden, number));
        let telling = ledger.telling(&protected.entries(tally, volumes));
        if telling.is_empty() {
            return protected;
        }
        hidden.extend(telling);
    }
}

fn said_before(known: &BTreeSet<Number>, hidden: &BTreeSet<Number>, number: &Number) -> Before {
    match (known.contains(number), hidden.contains(number)) {
        (true, _) => Before::Known,
        (false, true) => Before::Hidden,
        (false, false) => Before::Nothing,
    }
}

/// Dongs and the posts that belong to none of them are one table, whose column totals are the district. The same posts
/// are counted by period and by channel, so that these tables share totals: what one hides, the others hide, too. Posts
/// about places outside are a table of their own, because no total over all of them is published.
fn tables(tally: &Tally, volumes: Option<&Volumes>, min_posts: u64, before: &dyn Fn(&Number) -> Before) -> Protected {
    let names: Vec<&str> = tally.dongs.keys().map(String::as_str).chain(["unresolved"]).collect();
    let counts: Vec<Vec<u64>> = tally.dongs.values().chain([&tally.unresolved]).map(|counts| counts.to_vec()).collect();
    let place = |name: &str, polarity| before(&Number::Place(name.to_owned(), polarity));
    let by_polarity = |name: &str| Polarity::ALL.map(|polarity| place(name, Some(polarity))).to_vec();
    let polarities = Given {
        cells: names.iter().map(|name| by_polarity(name)).collect(),
        rows: names.iter().map(|name| place(name, None)).collect(),
        columns: by_polarity("district"),
        total: place("district", None),
    };
    let starts = volumes.map_or(&[][..], |v| &v.periods);
    let period = |name: &str, on| before(&Number::Period(name.to_owned(), on));
    let by_place = Given {
        cells: names.iter().map(|name| starts.iter().map(|on| period(name, *on)).collect()).collect(),
        columns: starts.iter().map(|on| period("district", *on)).collect(),
        ..polarities.clone()
    };
    let channels = volumes.map_or(&[][..], |v| &v.channels.rows);
    let channel = |name: &String, on| before(&Number::Channel(name.clone(), on));
    let by_channel = Given {
        cells: channels.iter().map(|name| starts.iter().map(|on| channel(name, *on)).collect()).collect(),
        rows: Vec::new(),
        ..by_place.clone()
    };
    let mut shared = Mask::default();
    let (mask, places, channels) = loop {
        let only_rows = Mask { columns: Vec::new(), ..shared.clone() };
        let only_columns = Mask { rows: Vec::new(), ..shared.clone() };
        let mask = protect_given(&counts, min_posts, &polarities.beside(&only_rows));
        let (places, channels) = match volumes {
            Some(v) => (
                protect_given(&v.places.counts, min_posts, &by_place.beside(&shared)),
                protect_given(&v.channels.counts, min_posts, &by_channel.beside(&only_columns)),
            ),
            None => Default::default(),
        };
        let next = Mask {
            cells: Vec::new(),
            rows: both(&mask.rows, &places.rows),
            columns: both(&places.columns, &channels.columns),
            total: mask.total && places.total && channels.total,
        };
        if next == shared {
            break (mask, places, channels);
        }
        shared = next;
    };
    let mut sums = [0; 3];
    counts.iter().for_each(|row| sums.iter_mut().zip(row).for_each(|(sum, n)| *sum += n));
    let alone = Given {
        cells: vec![by_polarity("outside")],
        rows: vec![place("outside", None)],
        columns: by_polarity("outside"),
        total: place("outside", None),
    };
    let outside = protect_given(&[tally.outside.to_vec()], min_posts, &alone);
    let last = tally.dongs.len();
    Protected {
        district: Voices::of(&sums, &mask.columns, mask.total),
        dongs: tally.dongs.values().enumerate().map(|(at, row)| of_row(row, &mask, at)).collect(),
        unresolved: of_row(&tally.unresolved, &mask, last),
        outside: Voices::of(&tally.outside, &outside.cells[0], outside.rows[0]),
        places,
        channels,
    }
}

impl Protected {
    /// Every number of posts, and whether it is shown.
    fn entries(&self, tally: &Tally, volumes: Option<&Volumes>) -> Vec<Entry> {
        let mut entries = Vec::new();
        let mut add = |number: Number, value: u64, shown: bool| entries.push(Entry { number, value, shown });
        let mut sums = [0; 3];
        let rows = tally.dongs.iter().map(|(name, counts)| (name.as_str(), counts));
        let rows = rows.chain([("unresolved", &tally.unresolved)]);
        rows.clone().for_each(|(_, counts)| sums.iter_mut().zip(counts).for_each(|(sum, n)| *sum += n));
        let voices = self.dongs.iter().chain([&self.unresolved, &self.district, &self.outside]);
        for ((name, counts), voices) in rows.chain([("district", &sums), ("outside", &tally.outside)]).zip(voices) {
            let of = |polarity| Number::Place(name.to_owned(), polarity);
            add(of(None), counts.iter().sum(), voices.total.is_some());
            for (at, polarity) in Polarity::ALL.into_iter().enumerate() {
                add(of(Some(polarity)), counts[at], voices.shows(at));
            }
        }
        let Some(volumes) = volumes else { return entries };
        for (period, on) in volumes.periods.iter().enumerate() {
            let total = volumes.places.counts.iter().map(|counts| counts[period]).sum();
            add(Number::Period("district".to_owned(), *on), total, self.places.columns[period]);
            for (at, name) in volumes.places.rows.iter().enumerate() {
                let count = volumes.places.counts[at][period];
                add(Number::Period(name.clone(), *on), count, self.places.cells[at][period]);
            }
            for (at, name) in volumes.channels.rows.iter().enumerate() {
                let count = volumes.channels.counts[at][period];
                add(Number::Channel(name.clone(), *on), count, self.channels.cells[at][period]);
            }
        }
        entries
    }
}

/// What both lists show; a list that is too short hides nothing.
fn both(a: &[bool], b: &[bool]) -> Vec<bool> {
    (0..a.len().max(b.len()))
        .map(|at| a.get(at).copied().unwrap_or(true) && b.get(at).copied().unwrap_or(true))
        .collect()
}

fn of_row(counts: &[u64; 3], mask: &Mask, at: usize) -> Voices {
    Voices::of(counts, &mask.cells[at], mask.rows[at])
}

impl Voices {
    fn of(counts: &[u64; 3], shown: &[bool], total_shown: bool) -> Self {
        Self {
            by_polarity: std::array::from_fn(|i| Some(counts[i]).filter(|_| shown[i])),
            total: Some(counts.iter().sum()).filter(|_| total_shown),
        }
    }

    /// Whether the number of one polarity is told.
    fn shows(&self, polarity: usize) -> bool {
        self.total == Some(0) || (self.total.is_some() && self.by_polarity[polarity].is_some())
    }

    /// Share of one polarity. Shown only where both numbers are, so that it gives away neither.
    fn share(&self, polarity: usize) -> StoredFigure {
        match (self.by_polarity[polarity], self.total) {
            (_, Some(0)) => nothing_said(),
            (Some(n), Some(total)) => StoredFigure {
                interval: wilson(n, total),
                n: signed(total),
                ..StoredFigure::value(n as f64 / total as f64, "ESTIMATED")
            },
            _ => too_few_posts(),
        }
    }

    fn balance(&self) -> StoredFigure {
        match (self.by_polarity, self.total) {
            (_, Some(0)) => nothing_said(),
            ([Some(positive), _, Some(negative)], Some(total)) => {
                let balance = (positive as f64 - negative as f64) / total as f64;
                StoredFigure { n: signed(total), ..StoredFigure::value(balance, "ESTIMATED") }
            }
            _ => too_few_posts(),
        }
    }
}

fn place(name: &str, voices: Option<&Voices>, care: Option<(&Care, bool)>) -> PlaceRow {
    let mut figures = StoredFigures::new();
    let mut put = |name: &str, figure: StoredFigure| {
        figures.insert(name.to_owned(), figure);
    };
    let or_no_posts = |figure: &dyn Fn(&Voices) -> StoredFigure| voices.map_or_else(no_posts, figure);
    put("mentions", or_no_posts(&|v| v.total.map_or_else(too_few_posts, mentions)));
    for (polarity, name) in ["positive_share", "neutral_share", "negative_share"].into_iter().enumerate() {
        put(name, or_no_posts(&|v| v.share(polarity)));
    }
    put("balance", or_no_posts(&Voices::balance));
    if let Some((care, has_neighbours)) = care {
        let children = care.children.map(f64::from);
        let places = care.places.map(|n| n as f64);
        put("mentions_per_thousand_children", or_no_posts(&|v| rate(v.total, care.children)));
        put("children", children.map_or_else(no_children, |n| StoredFigure::value(n, "MEASURED")));
        put("places", places.map_or_else(no_centres, |n| StoredFigure::value(n, "MEASURED")));
        put(
            "places_per_child",
            match (places, children) {
                (None, _) => no_centres(),
                (_, None) => no_children(),
                (_, Some(0.0)) => nobody_to_divide_by(),
                (Some(places), Some(children)) => StoredFigure::value(places / children, "MEASURED"),
            },
        );
        put(
            "accessibility",
            match (care.accessibility, care.places, care.children) {
                (Some(access), ..) => accessibility(access, has_neighbours),
                (None, None, _) => no_centres(),
                (None, _, None) => no_children(),
                (None, _, Some(_)) => nobody_to_divide_by(),
            },
        );
    }
    PlaceRow { place: name.to_owned(), figures }
}

fn mentions(total: u64) -> StoredFigure {
    StoredFigure { interval: garwood(total), n: signed(total), ..StoredFigure::value(total as f64, "ESTIMATED") }
}

fn rate(total: Option<u64>, children: Option<u32>) -> StoredFigure {
    match (total, children) {
        (None, _) => too_few_posts(),
        (_, None) => no_children(),
        (_, Some(0)) => nobody_to_divide_by(),
        (Some(total), Some(children)) => {
            let per = |n: f64| n * 1_000.0 / f64::from(children);
            let interval = garwood(total).map(|(lower, upper)| (per(lower), per(upper)));
            StoredFigure { interval, n: signed(total), ..StoredFigure::value(per(total as f64), "ESTIMATED") }
        }
    }
}

fn accessibility(access: f64, has_neighbours: bool) -> StoredFigure {
    let (ko, en) = if has_neighbours {
        (
            "아동이 동 안에 고르게 산다고 보고, 직선거리의 1.3배를 걷는 거리로 보았습니다.",
            "Children are spread evenly over the dong, and walked distance is straight distance times a detour.",
        )
    } else {
        (
            "아동이 동 안에 고르게 산다고 보고 직선거리의 1.3배를 걷는 거리로 보았으며, 구 경계 밖 어린이집이 빠져 경계 가까이에서 낮게 나옵니다.",
            "Children are spread evenly over the dong, walked distance is straight distance times a detour, and the files hold no centre beyond the border, so dongs at the border come out too low.",
        )
    };
    StoredFigure {
        reason: Some(Reason { ko: ko.to_owned(), en: en.to_owned() }),
        ..StoredFigure::value(access, "ESTIMATED")
    }
}

fn signed(n: u64) -> Option<i64> {
    i64::try_from(n).ok()
}

fn too_few_posts() -> StoredFigure {
    StoredFigure::missing(
        "SUPPRESSED",
        "게시글이 너무 적어, 또는 그런 값을 보호하기 위해 공개하지 않습니다.",
        "Hidden because too few posts stand behind it, or to protect a figure of which that is true.",
    )
}

fn nothing_said() -> StoredFigure {
    StoredFigure::missing("INSUFFICIENT_DATA", "게시글이 없습니다.", "There are no posts about this place.")
}

fn no_posts() -> StoredFigure {
    StoredFigure::missing("NOT_AVAILABLE", "게시글 자료가 없습니다.", "This run read no posts.")
}

fn no_children() -> StoredFigure {
    StoredFigure::missing("NOT_AVAILABLE", "영유아 수 자료가 없습니다.", "No register of children covers this place.")
}

fn no_centres() -> StoredFigure {
    StoredFigure::missing("NOT_AVAILABLE", "어린이집 자료가 없습니다.", "This run read no daycare centres.")
}

fn nobody_to_divide_by() -> StoredFigure {
    StoredFigure::missing("INSUFFICIENT_DATA", "영유아가 없습니다.", "There are no registered children to divide by.")
}

#[cfg(test)]
mod ledger_tests;
#[cfg(test)]
mod tests;
