//! How the figures of the economy came about, with the numbers filled in.
//!
//! The numbers come from what the run has stored, and the arithmetic that made the figure is done once more on them:
//! a reader can follow every step, and a test puts the terms together again.

mod composite;
mod local;
mod policy;
mod sentiment;
mod series;
mod shock;
mod slope;
mod weeks;

use super::results::EconomyRun;
use super::shown;
use crate::error::Result;
use crate::graphql::figure::{FigureData, FigureStatus};
use crate::run::explain::Explanation;
use crate::run::record::Run;

/// The cell that a path speaks of: dong and industry. Cells are not loaded with a run.
pub fn cell_of<'a>(path: &[&'a str]) -> Option<(&'a str, &'a str)> {
    match path {
        ["sales" | "change-aligned" | "change-plain", "cell", code, _] => code.split_once(','),
        ["structure", dong, industry, ..] if !dong.is_empty() && !industry.is_empty() => Some((dong, industry)),
        _ => None,
    }
}

/// A figure of a run and how it came about; none where the run has no such figure.
pub fn explain(run: &Run, all: &EconomyRun, path: &[&str]) -> Result<Option<(FigureData, Explanation)>> {
    let Some(figure) = shown::figure(all, path)? else { return Ok(None) };
    let explanation = match path {
        ["sensitivity", scope, code] => slope::sensitivity(run, all, scope, code, &figure)?,
        ["effect", scope, code, cases] => slope::effect(all, scope, code, cases, &figure),
        ["relative", scope, code] => slope::relative(run, all, scope, code, &figure)?,
        ["shock", scope, code, name] => shock::shock(run, all, scope, code, name, &figure)?,
        ["sales", scope, code, week] => weeks::sales(all, scope, code, week, &figure),
        ["change-aligned", scope, code, week] => weeks::change(run, all, scope, code, week, true, &figure)?,
        ["change-plain", scope, code, week] => weeks::change(run, all, scope, code, week, false, &figure)?,
        ["sentiment", industry, month, name] => sentiment::sentiment(all, industry, month, name, &figure),
        ["mix", dong, month] => sentiment::mix(all, dong, month, &figure),
        ["policy", code] => policy::policy(run, all, code, None, &figure)?,
        ["policy-path", code, week] => policy::policy(run, all, code, week.parse().ok(), &figure)?,
        ["baseline-index", day] => weeks::baseline(day, &figure),
        ["composite", dong, weights] => composite::composite(all, dong, weights, &figure),
        ["structure", dong, industry, quarter, name] => {
            local::structure(run, all, [dong, industry, quarter, name], &figure)?
        }
        ["market", market, at @ ..] => match all.local.market(market) {
            Some(row) => local::market(run, all, row, at, &figure)?,
            None => return Ok(None),
        },
        ["usage", scheme, dong, industry, month, name] => {
            local::usage(all, [scheme, dong, industry, month, name], &figure)
        }
        ["comparison", policy, outcome, scheme] => match all.local.judged_by(policy, outcome, scheme) {
            Some(row) => local::comparison(row, &figure),
            None => return Ok(None),
        },
        ["level", "market", market] => match all.local.market(market) {
            Some(row) => local::market_level(run, all, row, &figure)?,
            None => return Ok(None),
        },
        ["level", scope, code] => local::level(run, all, scope, code, &figure)?,
        _ => return Ok(None),
    };
    // Whatever the question says, of a hidden figure nothing but the reason leaves the house.
    let hidden = matches!(figure.status, FigureStatus::Suppressed | FigureStatus::Restricted);
    let explanation = if hidden { explanation.hidden(figure.reason.clone()) } else { explanation };
    Ok(Some((figure, explanation)))
}
