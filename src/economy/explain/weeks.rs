//! Sales of a week, month or quarter, and their change.

use chrono::{Datelike, NaiveDate};

use super::series::scope_name;
use crate::calendar::{Grain, IsoWeek};
use crate::economy::results::EconomyRun;
use crate::economy::results::series::PeriodRow;
use crate::economy::shown::{grain_of, params};
use crate::error::Result;
use crate::graphql::figure::FigureData;
use crate::run::explain::{Explanation, Table, both, number};
use crate::run::record::Run;

/// Sales of a period.
pub fn sales(all: &EconomyRun, scope: &str, code: &str, week: &str, figure: &FigureData) -> Explanation {
    let name = scope_name(all, scope, code);
    let mut explanation = Explanation::new(
        both(format!("{}의 {week} 카드매출(원).", name.ko), format!("Card sales of {} in {week}, in won.", name.en)),
        both(
            "동·업종 칸마다 그 기간의 날을 더합니다. minDays일 이상 관측된 주는 7일로 환산하고, 그보다 적으면 앞뒤 주로 보간하며, \
             월·분기도 같은 비율로 합니다. 그다음 칸을 모두 더합니다.",
            "The days of the period are summed in each cell of neighbourhood and industry. A week with at least minDays \
             observed days is scaled to seven; one with fewer is filled in linearly from its neighbours; months and quarters \
             in the same proportion. Then the cells are summed.",
        ),
        "Σ over cells (sum of observed days · days of the period / observed days)",
    )
    .with_parameters(&["minDays", "recentWeeks"]);
    explanation.term("sales", "그 기간의 매출(원)", "Sales of the period, won", figure.value);
    if scope == "district" {
        of_dongs(&mut explanation, all, week, figure);
    } else if scope != "cell" {
        explanation.leave_out(
            "동·업종 칸의 매출은 작은 칸을 보호하기 위해 여기에 싣지 않습니다.",
            "Sales of single cells are not listed: many are small, and their sums would give others away.",
            None,
        );
    }
    if let Some(row) = all.period_of(scope, code, week) {
        if row.status == "IMPUTED" {
            explanation.leave_out(
                "이 기간에는 일부 칸이 보간되었습니다.",
                "Some cells of this period were filled in.",
                None,
            );
        }
        if row.status == "PROVISIONAL" {
            explanation.leave_out(
                "최근 기간이므로 수정될 수 있습니다.",
                "A recent period, which may be revised.",
                None,
            );
        }
    }
    explanation
}

/// The district is the sum of its dongs; they are listed only where none of them is hidden.
fn of_dongs(explanation: &mut Explanation, all: &EconomyRun, week: &str, figure: &FigureData) {
    let dongs: Vec<(String, PeriodRow)> = all
        .series
        .values()
        .filter(|row| !row.dong_code.is_empty() && row.industry_code.is_empty() && row.grain == grain_of(week).name())
        .filter_map(|row| Some((row.dong_code.clone(), all.period_of("dong", &row.dong_code, week)?)))
        .collect();
    if dongs.iter().any(|(_, period)| period.sales_won.is_none()) {
        explanation.leave_out(
            "비공개인 동이 있어 동별 매출을 나열하지 않습니다.",
            "Some neighbourhoods are hidden, so the neighbourhoods are not listed.",
            None,
        );
        return;
    }
    explanation.table = Table {
        columns: vec!["sales"],
        rows: dongs.iter().map(|(code, period)| (code.clone(), vec![period.sales_won])).collect(),
    };
    let sum: f64 = dongs.iter().filter_map(|(_, period)| period.sales_won).sum();
    if let Some(value) = figure.value {
        explanation.filled =
            Some(format!("Σ over {} neighbourhoods = {sum} (rounding of sums aside); published: {value}", dongs.len()));
    }
}

/// Change of a period against the base year.
pub fn change(
    run: &Run,
    all: &EconomyRun,
    scope: &str,
    code: &str,
    week: &str,
    aligned: bool,
    figure: &FigureData,
) -> Result<Explanation> {
    let name = scope_name(all, scope, code);
    let (how_ko, how_en) = if aligned {
        ("명절(설날·추석)을 맞춘", "holiday-aligned")
    } else {
        ("같은 이름의 기간과 비교한", "plain (same week, month or quarter)")
    };
    let mut explanation = Explanation::new(
        both(
            format!("{}의 {week}, {how_ko} 전년 대비 매출 변화.", name.ko),
            format!("Change of sales of {} in {week} against the base year, {how_en}.", name.en),
        ),
        both(
            "그 기간의 매출을 마주 보는 기준연도 기간의 매출로 나누고 1을 뺍니다. 기준연도의 명절 주와 마주 보는 보통 주는 이웃한 보통 주의 \
             로그 사이를 잇습니다.",
            "Sales of the period over those of the one that it faces in the base year, minus 1. A normal week that would face \
             a holiday week faces the level between the nearest normal weeks, linear in logs.",
        ),
        "sales(t) / base(t) − 1",
    )
    .with_parameters(&["baseYear", "minDays"]);
    let now = all.period_of(scope, code, week).and_then(|row| row.sales_won);
    explanation.term("sales(t)", "그 기간의 매출(원)", "Sales of the period, won", now);
    let (Some(now), Some(value)) = (now, figure.value) else {
        explanation.leave_out(
            "비교할 기준연도의 기간이 없습니다.",
            "There is no period of the base year to compare with.",
            None,
        );
        return Ok(explanation);
    };
    let base_year = params(run)?.base_year;
    let facing = faced(all, scope, code, week, now, value, base_year, aligned);
    let base = facing.as_ref().map_or(now / (1.0 + value), |(_, sales)| *sales);
    explanation.term(
        "base(t)",
        "마주 보는 기준연도의 매출(원)",
        "Sales that it faces in the base year, won",
        Some(base),
    );
    explanation.table = Table {
        columns: vec!["sales"],
        rows: [(week.to_owned(), vec![Some(now)])]
            .into_iter()
            .chain(facing.iter().map(|(label, sales)| (label.clone(), vec![Some(*sales)])))
            .collect(),
    };
    if facing.is_none() {
        explanation.leave_out(
            "명절 주와 마주 보는 주는 이웃한 보통 주 사이의 값과, 월·분기는 목요일이 든 주들과 비교합니다. base(t)는 변화율에서 되짚은 값입니다.",
            "A week that would face a holiday week faces the level between the nearest normal weeks; of months and quarters \
             the weeks are compared whose Thursday they hold. base(t) is worked back from the change.",
            None,
        );
    }
    explanation.filled = Some(format!("{now} / {base} − 1 = {}", number(value)));
    Ok(explanation)
}

/// The week of the base year that gives the change bit for bit: the one with the same number, or else the only one.
#[allow(clippy::too_many_arguments)]
fn faced(
    all: &EconomyRun,
    scope: &str,
    code: &str,
    week: &str,
    now: f64,
    change: f64,
    base_year: i32,
    aligned: bool,
) -> Option<(String, f64)> {
    let gives = |sales: f64| sales > 0.0 && (now / sales - 1.0).to_bits() == change.to_bits();
    let grain = grain_of(week);
    let fitting: Vec<(String, f64)> = all
        .series_of(scope, code, grain)?
        .periods()
        .filter(|period| base_year_of(grain, period.start) == base_year)
        .filter_map(|period| Some((grain.label(period.start), period.sales_won?)))
        .filter(|(_, sales)| gives(*sales))
        .collect();
    // "2020-W10" faces "2019-W10" unless the holidays say otherwise.
    let same = week.split_once('-').map(|(_, rest)| format!("{base_year}-{rest}"));
    if let Some(found) = fitting.iter().find(|(label, _)| Some(label) == same.as_ref()) {
        return Some(found.clone());
    }
    if aligned && fitting.len() == 1 { fitting.into_iter().next() } else { None }
}

/// The year that a period belongs to; a week to its ISO year.
fn base_year_of(grain: Grain, start: NaiveDate) -> i32 {
    match grain {
        Grain::Week => IsoWeek::of(start).year,
        Grain::Month | Grain::Quarter => start.year(),
    }
}

/// One day of the baseline index.
pub fn baseline(day: &str, figure: &FigureData) -> Explanation {
    let mut explanation = Explanation::new(
        both(
            format!("{day}: 첫 확진자 이전을 기준으로 한 구 전체 매출 지수."),
            format!("Baseline index of the district on {day}: sales against the weeks before the first case."),
        ),
        both(
            "그날까지 7일 평균 매출을 indexBase 기간의 평균으로 나누고, 364일 전의 같은 비율로 다시 나눈 뒤 1을 뺍니다.",
            "Mean sales of the seven days up to the day over those of indexBase, divided by the same ratio 364 days earlier \
             (over indexBaseBefore), minus 1.",
        ),
        "(M(t) / M(base)) / (M(t − 364) / M(base before)) − 1,  M: mean of seven days",
    )
    .with_parameters(&["indexBase", "indexBaseBefore"]);
    explanation.term("index", "지수", "The index", figure.value);
    explanation.leave_out(
        "일별 매출은 분석 실행과 함께 보관하지 않으므로 나열하지 않습니다.",
        "Daily sales are not kept with a run, so they are not listed.",
        None,
    );
    explanation
}
