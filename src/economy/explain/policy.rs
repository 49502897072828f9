//! What went with a policy: the groups, and each industry's change.
//!
//! Single industries and the means of the groups are listed only where none of them is hidden: with one hidden in each
//! group, two means would give both away.

use crate::calendar::IsoWeek;
use crate::economy::analysis::around;
use crate::economy::results::EconomyRun;
use crate::economy::shown::{params, percent};
use crate::error::{Error, Result};
use crate::graphql::figure::FigureData;
use crate::run::explain::{Explanation, Table, both, number};
use crate::run::record::Run;

/// The difference, or one week of its path.
pub fn policy(run: &Run, all: &EconomyRun, code: &str, week: Option<i32>, figure: &FigureData) -> Result<Explanation> {
    let mut explanation = explanation(all, code, week);
    let params = params(run)?;
    let window =
        params.check().map_err(|e| Error::internal(format!("parameters of run {}: {e}", run.id)))?.policy_window;
    let Some((event, Some(effect))) = all.policies.iter().find(|(event, _)| event.code == code) else {
        explanation.leave_out(
            "정책 전후의 주가 모두 있지는 않거나, 비교할 업종이 부족합니다.",
            "The weeks around the policy are not all in the data, or a group has fewer than two industries.",
            None,
        );
        return Ok(explanation);
    };
    explanation.leave_out(
        "정책이 시작된 주는 일부만 적용되어 전후 비교에서 제외합니다(주).",
        "Weeks left out of before and after: the week in which the policy began is only partly reached",
        Some(1.0),
    );
    let (treated, control) = (effect.treated.len() as f64, effect.control.len() as f64);
    explanation.term("n₁", "정책이 적용된 업종 수", "Industries that it reached", Some(treated));
    explanation.term("n₀", "비교한 업종 수", "Industries that it is compared with", Some(control));
    let (point, se) = match week {
        None => {
            explanation.term(
                "df",
                "자유도 (Welch·Satterthwaite)",
                "Degrees of freedom (Welch)",
                Some(effect.difference.df),
            );
            (Some(effect.difference.point), Some(effect.difference.se))
        }
        Some(week) => {
            let point = effect.path.iter().find(|p| p.week == week);
            (point.map(|p| p.point), point.map(|p| p.se))
        }
    };
    explanation.term("d", "로그의 차이", "Difference of logs", point);
    explanation.term("se", "표준오차", "Standard error", se);
    let hidden = |code: &String| all.sensitivity_of("industry", code).is_none_or(|row| row.status == "SUPPRESSED");
    let mut end = point.map(|d| format!("100·(exp({}) − 1) = {}", number(d), percent(d)));
    if effect.treated.iter().chain(&effect.control).any(hidden) {
        explanation.leave_out(
            "비공개인 업종이 들어 있어 업종별 값과 집단별 평균을 나열하지 않습니다.",
            "An industry among them is hidden, so neither single industries nor the means of the groups are listed.",
            None,
        );
    } else {
        let rows: Vec<(String, bool, Vec<f64>)> = [(&effect.treated, true), (&effect.control, false)]
            .into_iter()
            .flat_map(|(codes, reached)| codes.iter().map(move |code| (code, reached)))
            .filter_map(|(code, reached)| {
                let changes = super::series::changes(all, "industry", code, params.base_year);
                Some((code.clone(), reached, around(&changes, IsoWeek::of(event.starts_on), window)?))
            })
            .collect();
        let at = |offset: i32| usize::try_from(i32::try_from(window.before).ok()? + offset).ok();
        let value = |path: &[f64]| match week {
            None => Some((mean(&path[..window.before]), mean(&path[window.before + 1..]))),
            Some(week) => Some((*path.get(at(-1)?)?, *path.get(at(week)?)?)),
        };
        let table: Vec<(String, bool, f64, f64)> = rows
            .iter()
            .filter_map(|(code, reached, path)| {
                value(path).map(|(before, after)| (code.clone(), *reached, before, after))
            })
            .collect();
        let group = |wanted: bool| {
            let changes: Vec<f64> = table.iter().filter(|row| row.1 == wanted).map(|row| row.3 - row.2).collect();
            mean(&changes)
        };
        let (reached, others) = (group(true), group(false));
        explanation.term(
            "m₁",
            "적용 업종의 평균 변화(로그)",
            "Mean change of the industries that it reached, logs",
            Some(reached),
        );
        explanation.term("m₀", "비교 업종의 평균 변화(로그)", "Mean change of the others, logs", Some(others));
        explanation.table = Table {
            columns: vec!["reached", "before", "after"],
            rows: table
                .iter()
                .map(|(code, reached, before, after)| {
                    (code.clone(), vec![Some(f64::from(u8::from(*reached))), Some(*before), Some(*after)])
                })
                .collect(),
        };
        end = end
            .map(|end| format!("d = {} − {} = {}; {end}", number(reached), number(others), number(reached - others)));
    }
    explanation.filled = end.filter(|_| figure.value.is_some());
    Ok(explanation)
}

fn explanation(all: &EconomyRun, code: &str, week: Option<i32>) -> Explanation {
    let event = all.policies.iter().find(|(event, _)| event.code == code).map(|(event, _)| event);
    let ko = event.map_or(code, |e| &e.name_ko);
    let en = event.and_then(|e| e.name_en.as_deref()).unwrap_or(ko);
    let (what, words, formula) = match week {
        None => (
            both(
                format!("정책 '{ko}'과 함께 나타난 매출 변화의 차이(%)."),
                format!("What went with the policy “{en}”: difference in differences, per cent."),
            ),
            both(
                "업종마다 log(1 + 변화율)의 정책 후 평균에서 정책 전 평균을 빼고, 적용된 업종의 평균에서 비교 업종의 평균을 뺍니다. \
                 다른 집단에서 옮겨 온 소비는 두 번 계산됩니다.",
                "For each industry the mean of log(1 + change) after the policy minus that before it; then the mean of the \
                 industries that it reached minus that of the others. Spending that moved from one group to the other counts \
                 twice.",
            ),
            "d = mean₁(after − before) − mean₀(after − before);  100·(exp(d) − 1);  se² = s₁²/n₁ + s₀²/n₀;  interval d ± t(df)·se",
        ),
        Some(week) => (
            both(
                format!("정책 '{ko}' {week:+}주의 두 집단 차이(%), 직전 주 대비."),
                format!(
                    "How far the groups are apart {week:+} weeks from the policy “{en}”, against the week before it, per cent."
                ),
            ),
            both(
                "업종마다 그 주의 log(1 + 변화율)에서 정책 직전 주의 값을 빼고, 적용된 업종의 평균에서 비교 업종의 평균을 뺍니다.",
                "For each industry log(1 + change) of the week minus that of the week before the policy; then the mean of the \
                 industries that it reached minus that of the others. Errors are clustered by industry.",
            ),
            "d = mean₁(after − before) − mean₀(after − before) with after = the week, before = week −1;  100·(exp(d) − 1);  interval d ± 1.96·se",
        ),
    };
    Explanation::new(what, words, formula).with_parameters(&["baseYear", "policyWeeks"])
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}
