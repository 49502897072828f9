//! Two runs of one question side by side: which figures differ, and because of what.
//!
//! Everything here was published already, each number in its own run; a figure that either run hides has no difference.

pub mod graphql;

use std::collections::{BTreeMap, BTreeSet};

use super::dataset::DatasetVersion;
use super::record::Run;
use crate::graphql::figure::FigureData;
use crate::graphql::ids;

/// What happened to a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Change {
    /// Only the second run has it.
    Appeared,
    /// Only the first run has it.
    Vanished,
    /// Both have it, with different status.
    Status,
    /// Both have it, with the same status and different values or intervals.
    Value,
}

/// One figure that differs.
#[derive(Debug, Clone, PartialEq)]
pub struct Changed {
    /// Where it stands in its run.
    pub path: Vec<String>,
    /// What happened.
    pub change: Change,
    /// In the first run.
    pub a: Option<FigureData>,
    /// In the second run.
    pub b: Option<FigureData>,
}

impl Changed {
    /// Second minus first, where both have a value.
    pub fn difference(&self) -> Option<f64> {
        let value = |figure: &Option<FigureData>| figure.as_ref().and_then(|f| f.value);
        value(&self.b).zip(value(&self.a)).map(|(b, a)| b - a)
    }

    /// Size of the difference against the larger of the two values, 0 to 2.
    pub fn relative(&self) -> Option<f64> {
        let value = |figure: &Option<FigureData>| figure.as_ref().and_then(|f| f.value);
        let (a, b) = value(&self.a).zip(value(&self.b))?;
        let larger = a.abs().max(b.abs());
        Some(if larger > 0.0 { (b - a).abs() / larger } else { 0.0 })
    }
}

/// Figures that differ: first those that appeared, vanished or changed their status, then the others, the largest
/// relative difference first; ties by path.
pub fn changed(a: Vec<(Vec<String>, FigureData)>, b: Vec<(Vec<String>, FigureData)>) -> Vec<Changed> {
    let mut a: BTreeMap<Vec<String>, FigureData> = a.into_iter().collect();
    let mut b: BTreeMap<Vec<String>, FigureData> = b.into_iter().collect();
    let paths: BTreeSet<Vec<String>> = a.keys().chain(b.keys()).cloned().collect();
    let mut found: Vec<Changed> = paths
        .into_iter()
        .filter_map(|path| {
            let (a, b) = (a.remove(&path), b.remove(&path));
            let change = match (&a, &b) {
                (None, None) => return None,
                (None, Some(_)) => Change::Appeared,
                (Some(_), None) => Change::Vanished,
                (Some(a), Some(b)) if a.status != b.status => Change::Status,
                (Some(a), Some(b)) if a.value != b.value || a.interval != b.interval => Change::Value,
                _ => return None,
            };
            Some(Changed { path, change, a, b })
        })
        .collect();
    let size = |c: &Changed| if c.change == Change::Value { c.relative().unwrap_or(0.0) } else { f64::INFINITY };
    found.sort_by(|x, y| size(y).total_cmp(&size(x)).then(x.change.cmp(&y.change)).then(x.path.cmp(&y.path)));
    found
}

/// Why figures may differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cause {
    /// Only the second run has read this version.
    InputAdded(i32),
    /// Only the first run has read this version.
    InputRemoved(i32),
    /// The second run has read another version of the same dataset: first, second.
    InputReplaced(i32, i32),
    /// A parameter: its name, first and second value.
    Parameter(String, serde_json::Value, serde_json::Value),
    /// The version of the method.
    Method,
    /// The revision of the program.
    Code,
}

/// Everything that entered the two runs and differs.
pub fn causes<V: std::ops::Deref<Target = DatasetVersion>>(a: (&Run, &[V]), b: (&Run, &[V])) -> Vec<Cause> {
    let mut found = Vec::new();
    if a.0.method_version != b.0.method_version {
        found.push(Cause::Method);
    }
    if a.0.code_revision != b.0.code_revision {
        found.push(Cause::Code);
    }
    let empty = serde_json::Map::new();
    let (before, after) = (a.0.parameters.as_object().unwrap_or(&empty), b.0.parameters.as_object().unwrap_or(&empty));
    let names: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    for name in names {
        let of = |all: &serde_json::Map<String, serde_json::Value>| all.get(name).cloned().unwrap_or_default();
        let (old, new) = (of(before), of(after));
        if old != new {
            found.push(Cause::Parameter(name.clone(), old, new));
        }
    }
    let only = |mine: &[V], theirs: &[V]| {
        let mut left = BTreeMap::<String, Vec<i32>>::new();
        for version in mine.iter().filter(|v| theirs.iter().all(|other| other.id != v.id)) {
            left.entry(version.dataset.clone()).or_default().push(version.id);
        }
        left
    };
    let (removed, mut added) = (only(a.1, b.1), only(b.1, a.1));
    for (dataset, old) in removed {
        let mut new = added.remove(&dataset).unwrap_or_default().into_iter();
        for version in old {
            found.push(match new.next() {
                Some(newer) => Cause::InputReplaced(version, newer),
                None => Cause::InputRemoved(version),
            });
        }
        found.extend(new.map(Cause::InputAdded));
    }
    found.extend(added.into_values().flatten().map(Cause::InputAdded));
    found
}

/// The id of a figure of a run.
pub fn figure_id(run: &Run, path: &[String]) -> async_graphql::ID {
    let parts: Vec<&str> = path.iter().map(String::as_str).collect();
    ids::encode("Figure", &format!("{}/{}/{}", run.analysis, run.id, ids::join(&parts)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graphql::figure::{FigureStatus, Unit};

    fn figure(value: Option<f64>) -> FigureData {
        match value {
            Some(value) => FigureData::plain(value, Unit::Won, FigureStatus::Measured),
            None => FigureData::missing(Unit::Won, FigureStatus::Suppressed, "ㄱ", "a"),
        }
    }

    #[test]
    fn the_largest_relative_difference_comes_first_after_what_came_and_went() {
        let of = |rows: &[(&str, Option<f64>)]| {
            rows.iter().map(|(name, value)| (vec![(*name).to_owned()], figure(*value))).collect::<Vec<_>>()
        };
        let a = of(&[
            ("big", Some(1e9)),
            ("gone", Some(1.0)),
            ("hid", Some(5.0)),
            ("same", Some(2.0)),
            ("small", Some(1.0)),
        ]);
        let b =
            of(&[("big", Some(1.1e9)), ("hid", None), ("new", Some(1.0)), ("same", Some(2.0)), ("small", Some(3.0))]);
        let found = changed(a, b);
        let told: Vec<(&str, Change)> = found.iter().map(|c| (c.path[0].as_str(), c.change)).collect();
        assert_eq!(
            told,
            [
                ("new", Change::Appeared),
                ("gone", Change::Vanished),
                ("hid", Change::Status),
                ("small", Change::Value),
                ("big", Change::Value),
            ]
        );
        assert_eq!(
            (found[2].difference(), found[3].difference()),
            (None, Some(2.0)),
            "a hidden value has no difference"
        );
    }
}
