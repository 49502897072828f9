//! Relative sensitivity and the shape of a shock as figures.

use super::analysis::{CheckedParams, Relative, Scope, Series, Shock, Shortfall};
use crate::graphql::figure::Reason;
use crate::graphql::stored::{StoredFigure, StoredFigures};

/// Names of the figures of a shock.
pub const SHOCK: [&str; 7] =
    ["growth_before", "depth", "weeks_to_trough", "half_life", "resilience", "loss", "loss_share"];

/// The figures of one scope. Those of a suppressed one are absent, each with the reason.
pub fn of_scope(
    series: &Series,
    relative: Option<&Result<Relative, Shortfall>>,
    suppressed: bool,
    params: &CheckedParams,
) -> StoredFigures {
    let mut figures = StoredFigures::new();
    let mut put = |name: &str, figure: StoredFigure| {
        figures.insert(name.to_owned(), if suppressed { too_few_shops() } else { figure });
    };
    if series.scope != Scope::District {
        match relative {
            Some(Ok(relative)) => {
                let slope = &relative.estimate.fit.slope;
                let n = i64::try_from(relative.estimate.fit.n).ok();
                put(
                    "relative",
                    StoredFigure { interval: Some(slope.ci95), n, ..StoredFigure::value(slope.point, "ESTIMATED") },
                );
                put("relative_adjusted_p", StoredFigure::value(relative.adjusted_p, "MEASURED"));
            }
            Some(Err(shortfall)) => {
                let (ko, en) = shortfall.sentences();
                put("relative", StoredFigure::missing("INSUFFICIENT_DATA", &ko, &en));
            }
            None => {}
        }
    }
    match &series.shock {
        Some(shock) => {
            let filled_in = series.interpolated_share > params.most_interpolated;
            of_shock(shock, filled_in).into_iter().for_each(|(name, figure)| put(name, figure));
        }
        None => SHOCK.iter().for_each(|name| put(name, no_weeks())),
    }
    figures
}

/// Descriptions of what was sold, not estimates of something behind it: they carry no interval.
fn of_shock(shock: &Shock, filled_in: bool) -> Vec<(&'static str, StoredFigure)> {
    let status = if filled_in { "PROVISIONAL" } else { "MEASURED" };
    let value = |v: f64| StoredFigure::value(v, status);
    let half_life = match shock.half_life_weeks {
        Some(weeks) => value(weeks),
        None if shock.depth_percent >= 0.0 => StoredFigure::missing(
            "NOT_AVAILABLE",
            "매출이 줄지 않아 회복 기간이 없습니다.",
            "Sales did not fall, so there is nothing to recover from.",
        ),
        None => StoredFigure::missing(
            "CENSORED",
            "자료가 끝날 때까지 절반의 회복이 관측되지 않았습니다.",
            "Half of the fall had not been made good when the data ended.",
        ),
    };
    vec![
        ("growth_before", value(shock.growth_before)),
        ("depth", value(shock.depth_percent)),
        ("trough", value(f64::from(shock.trough.year) * 100.0 + f64::from(shock.trough.week))),
        ("weeks_to_trough", value(f64::from(shock.weeks_to_trough))),
        ("half_life", half_life),
        ("resilience", value(shock.resilience)),
        ("loss", value(shock.loss)),
        ("loss_share", value(shock.loss_share)),
    ]
}

fn no_weeks() -> StoredFigure {
    StoredFigure::missing(
        "INSUFFICIENT_DATA",
        "충격 전후의 주간 자료가 없어 계산할 수 없습니다.",
        "The weeks around the onset are not all in the data, and a shock needs them.",
    )
}

fn too_few_shops() -> StoredFigure {
    let reason = Reason {
        ko: "점포 수가 너무 적어, 또는 그런 값을 보호하기 위해 공개하지 않습니다.".to_owned(),
        en: "Hidden because too few shops stand behind it, or to protect a figure of which that is true.".to_owned(),
    };
    StoredFigure::missing("SUPPRESSED", &reason.ko, &reason.en)
}
