//! The shape of a shock, from the stored weeks.

use super::series::{changes, left_out, sales, scope_name};
use crate::economy::analysis::{Ratios, ratios, shock as shape};
use crate::economy::results::EconomyRun;
use crate::economy::shown::params;
use crate::error::{Error, Result};
use crate::graphql::figure::{FigureData, Reason};
use crate::run::explain::{Explanation, Table, both, number};
use crate::run::record::Run;

fn words(name: &str) -> (Reason, Reason, &'static str) {
    match name {
        "growth_before" => (
            both("충격 전 두 주의 평균 성장률", "mean change of the two weeks before the onset"),
            both(
                "시작 주 직전 두 주의 변화율을 평균합니다.",
                "The changes of the two weeks before the onset, averaged.",
            ),
            "g = (c(onset − 2) + c(onset − 1)) / 2",
        ),
        "depth" => (
            both("충격의 깊이(%)", "depth of the trough, per cent"),
            both(
                "R은 그 주의 (1 + 변화율)을 (1 + g)로 나눈 것입니다. 세 주 중심 평균이 시작부터 shockWindowEnd까지 가장 낮은 값을 찾습니다.",
                "R is (1 + change) of a week over (1 + g). The lowest centred mean of three weeks from the onset to \
                 shockWindowEnd is the trough.",
            ),
            "100·(min R̄(t) − 1),  R̄(t) = (R(t−1) + R(t) + R(t+1)) / 3,  R(t) = (1 + c(t)) / (1 + g)",
        ),
        "weeks_to_trough" => (
            both("시작부터 저점까지의 주 수", "weeks from the onset to the trough"),
            both("저점인 주에서 시작 주를 뺍니다.", "The trough minus the onset, in weeks."),
            "week of min R̄ − onset",
        ),
        "half_life" => (
            both("저점에서 절반을 회복하기까지의 주 수", "weeks from the trough until half of the fall was made good"),
            both(
                "R̄가 두 주 이어서 절반 수준 h에 닿는 첫 주를 찾아, 그 앞 주와의 사이를 직선으로 잇습니다.",
                "The first week from which R̄ holds the half level h for two weeks, linear between it and the week before.",
            ),
            "(k − 1 − trough) + (h − R̄(k−1)) / (R̄(k) − R̄(k−1)),  h = 1 + (R̄(trough) − 1) / 2",
        ),
        "resilience" => (
            both("회복탄력성(0~1)", "resilience, 0 to 1"),
            both(
                "시작부터 자료 끝까지 min(R, 1)의 평균입니다.",
                "Mean of min(R, 1) from the onset to the end of the data.",
            ),
            "Σ min(R(t), 1) / n over the weeks from the onset",
        ),
        _ => (
            both("잃은 매출(원)", "sales that were lost, won"),
            both(
                "성장이 이어졌다면 있었을 매출(매출 / R)에서 실제 매출을 뺀 것을 시작 주부터 더합니다.",
                "Sales that the growth before would have brought (sales / R), minus those made, summed from the onset.",
            ),
            "Σ (sales(t) / R(t) − sales(t)) over the weeks from the onset",
        ),
    }
}

/// One figure of the shape of a shock.
pub fn shock(
    run: &Run,
    all: &EconomyRun,
    scope: &str,
    code: &str,
    name: &str,
    figure: &FigureData,
) -> Result<Explanation> {
    let place = scope_name(all, scope, code);
    let (what, how, formula) = words(name);
    let mut explanation = Explanation::new(
        both(format!("{}: {}.", place.ko, what.ko), format!("Shock in {}: {}.", place.en, what.en)),
        how,
        formula,
    )
    .with_parameters(&["baseYear", "shockOnset", "shockWindowEnd", "mostInterpolated"]);
    let params = params(run)?;
    let checked = params.check().map_err(|e| Error::internal(format!("parameters of run {}: {e}", run.id)))?;
    let (changes, sales) = (changes(all, scope, code, params.base_year), sales(all, scope, code));
    let (Some(found), Some(shape)) = (ratios(&changes, &checked), shape(&changes, &sales, &checked)) else {
        explanation.leave_out(
            "충격 전후의 주간 자료가 모두 있지는 않습니다.",
            "The weeks around the onset are not all in the data.",
            None,
        );
        return Ok(explanation);
    };
    let Ratios { onset, growth_before, ratio, smooth } = found;
    let trough = changes.iter().position(|c| c.week == shape.trough).unwrap_or(onset);
    explanation.table = Table {
        columns: vec!["c", "R", "R̄", "sales"],
        rows: (onset.saturating_sub(2)..changes.len())
            .map(|i| {
                let week = changes[i].week;
                (week.to_string(), vec![changes[i].aligned, ratio[i], smooth[i], sales.get(&week).copied()])
            })
            .collect(),
    };
    let lowest = smooth.get(trough).copied().flatten();
    let half = lowest.map(|low| 1.0 + (low - 1.0) / 2.0);
    explanation.term("g", "충격 전 성장률", "Growth before the onset", Some(growth_before));
    explanation.term("R̄(trough)", "저점의 R̄", "R̄ at the trough", lowest);
    explanation.term("trough − onset", "저점까지의 주 수", "Weeks to the trough", Some((trough - onset) as f64));
    explanation.term("h", "절반을 회복한 수준", "Level at which half is made good", half);
    let after: Vec<f64> = ratio[onset..].iter().flatten().copied().collect();
    explanation.term("n", "시작 이후의 주 수", "Weeks from the onset", Some(after.len() as f64));
    explanation.filled = figure.value.map(|value| match name {
        "growth_before" => {
            let c = |at: usize| changes[onset - at].aligned.map_or_else(String::new, number);
            format!("({} + {}) / 2 = {value}", c(2), c(1))
        }
        "depth" => format!("100·({} − 1) = {value}", lowest.unwrap_or(f64::NAN)),
        "weeks_to_trough" => format!("{} − {} = {value}", shape.trough, checked.shock_onset),
        "half_life" => format!(
            "h = 1 + ({} − 1) / 2 = {}; R̄ first holds h after {value} weeks",
            lowest.unwrap_or(f64::NAN),
            half.unwrap_or(f64::NAN)
        ),
        "resilience" => format!("{} / {} = {value}", after.iter().map(|r| r.min(1.0)).sum::<f64>(), after.len()),
        _ => format!("Σ over {} weeks = {value}", after.len()),
    });
    left_out(&mut explanation, all, scope, code, params.base_year);
    Ok(explanation)
}
