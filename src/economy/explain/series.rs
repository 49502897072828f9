//! A stored series as the analysis knew it, and what of it did not enter.

use std::collections::BTreeMap;

use crate::calendar::IsoWeek;
use crate::economy::analysis::{Change, Pair, over, pairs};
use crate::economy::results::EconomyRun;
use crate::graphql::figure::Reason;
use crate::run::explain::{Explanation, both};

/// Name of a scope in both languages.
pub fn scope_name(all: &EconomyRun, scope: &str, code: &str) -> Reason {
    match scope {
        "dong" => both(format!("행정동 {code}"), format!("neighbourhood {code}")),
        "industry" => {
            let industry = all.industries.iter().find(|i| i.code == code);
            let ko = industry.map_or(code, |i| &i.name_ko);
            let en = industry.and_then(|i| i.name_en.as_deref()).unwrap_or(ko);
            both(format!("업종 {ko}({code})"), format!("industry {en} ({code})"))
        }
        "cell" => {
            let (dong, industry) = code.split_once(',').unwrap_or((code, ""));
            let (place, trade) = (scope_name(all, "dong", dong), scope_name(all, "industry", industry));
            both(format!("{} {}", place.ko, trade.ko), format!("{} in {}", trade.en, place.en))
        }
        _ => both("구 전체", "the whole district"),
    }
}

/// Changes of the weeks after the base year, in order.
pub fn changes(all: &EconomyRun, scope: &str, code: &str, base_year: i32) -> Vec<Change> {
    all.weeks_of(scope, code)
        .into_iter()
        .map(|p| Change { week: IsoWeek::of(p.start), aligned: p.change_aligned, plain: p.change_plain })
        .filter(|change| change.week.year > base_year)
        .collect()
}

/// Sales by week.
pub fn sales(all: &EconomyRun, scope: &str, code: &str) -> BTreeMap<IsoWeek, f64> {
    all.weeks_of(scope, code).into_iter().filter_map(|p| Some((IsoWeek::of(p.start), p.sales_won?))).collect()
}

/// The weeks of the regression of a scope; against the district where that is wanted.
pub fn regression(all: &EconomyRun, scope: &str, code: &str, base_year: i32, relative: bool) -> Vec<Pair> {
    let own = changes(all, scope, code, base_year);
    let own = if relative {
        let district = changes(all, "district", "", base_year);
        over(&own, &district.iter().filter_map(|c| Some((c.week, c.aligned?))).collect())
    } else {
        own
    };
    pairs(&own, &all.exposure, base_year)
}

/// Tells which weeks and cells of a scope did not enter, or were filled in.
pub fn left_out(explanation: &mut Explanation, all: &EconomyRun, scope: &str, code: &str, base_year: i32) {
    let changes = changes(all, scope, code, base_year);
    let unpaired = changes.iter().filter(|c| c.aligned.is_none_or(|s| s <= -1.0)).count();
    let with = |status: &str| all.weeks_of(scope, code).iter().filter(|row| row.status == status).count();
    explanation.leave_out(
        "비교할 기준연도 매출이 없거나 매출이 0이어서 제외한 주의 수",
        "Weeks left out because there are no sales to compare with, or none were made",
        Some(unpaired as f64),
    );
    explanation.leave_out(
        "일부 동·업종의 빠진 주를 앞뒤 주로 보간한 주의 수(제외하지 않음)",
        "Weeks in which a missing cell was filled in from its neighbours (they did enter; weeks marked PROVISIONAL are \
         not counted here)",
        Some(with("IMPUTED") as f64),
    );
    explanation.leave_out(
        "잠정치인 최근 주의 수(제외하지 않음)",
        "Recent weeks that may be revised (they did enter)",
        Some(with("PROVISIONAL") as f64),
    );
    let share = all.sensitivity_of(scope, code).and_then(|row| row.interpolated_share);
    explanation.leave_out("보간한 매출의 비율(0~1)", "Share of all sales that was filled in, 0 to 1", share);
}
