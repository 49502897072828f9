//! Business sentiment, and the sentiment that a mix of industries implies.

use super::series::scope_name;
use crate::economy::analysis::{FIRMS, MARGIN, QUANTILE};
use crate::economy::results::{EconomyRun, SentimentRow};
use crate::graphql::figure::{FigureData, Reason};
use crate::run::explain::{Explanation, Table, both, number};

/// One figure of an industry and month.
pub fn sentiment(all: &EconomyRun, industry: &str, month: &str, name: &str, figure: &FigureData) -> Explanation {
    let place = scope_name(all, "industry", industry);
    let (ko, en) = match name {
        "actual" => ("체감 경기지수", "index as experienced"),
        "outlook" => ("전망 경기지수", "index as expected beforehand"),
        "average" => ("모든 업종의 평균 지수", "average of all industries"),
        "region" => ("지역 지수와 전국 지수의 차이", "index of the region minus that of the country"),
        _ => ("평균과의 차이", "index minus average"),
    };
    let what = both(
        format!("{} {month}: {ko}(지수 점).", place.ko),
        format!("Business sentiment of {} in {month}: {en}, index points.", place.en),
    );
    if matches!(name, "actual" | "outlook") {
        let mut explanation = Explanation::new(
            what,
            both(
                "조사 기관이 공표한 값 그대로입니다. 100이면 좋아진 곳과 나빠진 곳이 같습니다.",
                "As the survey published it; 100 means as many better as worse.",
            ),
            "as published",
        );
        explanation.term("index", "공표된 지수", "Published index", figure.value);
        explanation.filled = figure.value.map(|value| value.to_string());
        return explanation;
    }
    if name == "region" {
        return region(all, industry, month, what, figure);
    }
    let mut explanation = Explanation::new(
        what,
        both(
            "평균은 응답 업체 수로 가중하고, 한 업종이라도 그 수가 없으면 단순 평균입니다. 표준오차는 조사가 공표한 오차 한계에서 나오며, \
             업종 자신이 평균에 들어 있음을 고려합니다.",
            "The average is weighted by respondents, and plain where the number of any industry is missing. The standard \
             error follows from the published margin of the survey; that the industry is part of the average is counted.",
        ),
        if name == "average" {
            "A = Σ n·actual / Σ n"
        } else {
            "actual − A,  A = Σ n·actual / Σ n;  se = σ·√(1/n − 1/N),  σ = 1.85/1.95996·√2400;  interval ± 1.95996·se"
        },
    );
    let rows: Vec<&SentimentRow> = all.sentiment.iter().filter(|row| row.month.to_string() == month).collect();
    let known = rows.iter().all(|row| row.respondents.is_some_and(|n| n > 0));
    let weight = |row: &SentimentRow| if known { row.respondents.map_or(1.0, f64::from) } else { 1.0 };
    explanation.table = Table {
        columns: vec!["actual", "n"],
        rows: rows.iter().map(|row| (row.industry_code.clone(), vec![row.actual, Some(weight(row))])).collect(),
    };
    let total: f64 = rows.iter().map(|row| weight(row)).sum();
    let sum: f64 = rows.iter().filter_map(|row| Some(weight(row) * row.actual?)).sum();
    explanation.term("Σ n·actual", "가중한 지수의 합", "Weighted sum of the indices", Some(sum));
    explanation.term("N", "가중치의 합", "Sum of the weights", Some(total));
    if !known {
        explanation.leave_out(
            "응답 업체 수가 없는 업종이 있어 단순 평균이며 구간이 없습니다.",
            "The number of respondents is missing, so the average is plain and there is no interval.",
            None,
        );
    }
    let own = all.sentiment_of(industry, month);
    if let (Some(value), Some(own)) = (figure.value, own) {
        explanation.filled = Some(if name == "average" {
            format!("{sum} / {total} = {value}")
        } else {
            explanation.term("actual", "업종의 지수", "Index of the industry", own.actual);
            explanation.term("A", "평균", "Average", own.average);
            explanation.term(
                "σ",
                "업체 하나의 표준편차",
                "Standard deviation of one firm",
                Some(MARGIN / QUANTILE * FIRMS.sqrt()),
            );
            explanation.term("se", "표준오차", "Standard error", own.se);
            let of = |v: Option<f64>| v.map_or_else(String::new, number);
            format!("{} − {} = {}", of(own.actual), of(own.average), number(value))
        });
    }
    explanation
}

fn region(all: &EconomyRun, industry: &str, month: &str, what: Reason, figure: &FigureData) -> Explanation {
    let mut explanation = Explanation::new(
        what,
        both(
            "지역의 지수에서 전국의 지수를 뺍니다. 표준오차는 조사가 공표한 오차 한계에서 나오며, 지역 업체가 전국에 들어 있음을 고려합니다.",
            "Index of the region minus that of the country. The standard error follows from the published margin of the survey; \
             that firms of the region are part of the country's is counted.",
        ),
        "region − nation;  se = σ·√(1/n − 1/N),  σ = 1.85/1.95996·√2400;  interval ± 1.95996·se",
    )
    .with_parameters(&["sentimentArea"]);
    let Some(row) = all.sentiment_of(industry, month) else { return explanation };
    explanation.term("region", "지역의 지수", "Index of the region", row.region_index);
    explanation.term("nation", "전국의 지수", "Index of the country", row.nation_index);
    explanation.term("se", "표준오차", "Standard error", row.region_se);
    if let (Some(region), Some(nation), Some(value)) = (row.region_index, row.nation_index, figure.value) {
        explanation.filled = Some(format!("{} − {} = {}", number(region), number(nation), number(value)));
    }
    if let Some(reason) = &figure.reason {
        explanation.leave_out(&reason.ko, &reason.en, None);
    }
    explanation
}

/// The gap that the mix of industries implies for a dong.
pub fn mix(all: &EconomyRun, dong: &str, month: &str, figure: &FigureData) -> Explanation {
    let mut explanation = Explanation::new(
        both(
            format!("행정동 {dong} {month}: 업종 구성으로 본 체감경기의 차이(지수 점). 동별 조사가 아닙니다."),
            format!("Sentiment that the mix of industries implies for neighbourhood {dong} in {month}, index points above the district; no survey asks by neighbourhood."),
        ),
        both(
            "동의 업종 비중에서 구의 업종 비중을 뺀 값을 업종 지수에 곱해 더합니다. 비중은 기준연도 매출입니다.",
            "Σ over industries of (share in the neighbourhood − share in the district) · index, shares by sales of the base \
             year.",
        ),
        "Σ (w(dong, i) − w(district, i)) · actual(i);  se² = Σ (w(dong, i) − w(district, i))²·σ²/n(i)",
    )
    .with_parameters(&["baseYear"]);
    let row = all.mix.iter().find(|row| row.dong_code == dong && row.month.to_string() == month);
    explanation.term("gap", "차이", "Gap", figure.value);
    explanation.term("se", "표준오차", "Standard error", row.and_then(|row| row.se));
    explanation.term(
        "coverage",
        "조사가 다루는 매출 비율(0~1)",
        "Share of sales that the survey covers, 0 to 1",
        row.map(|row| row.coverage),
    );
    let rows = all.sentiment.iter().filter(|row| row.month.to_string() == month);
    explanation.table = Table {
        columns: vec!["actual", "n"],
        rows: rows.map(|row| (row.industry_code.clone(), vec![row.actual, row.respondents.map(f64::from)])).collect(),
    };
    explanation.leave_out(
        "동별 업종 비중은 동·업종 칸의 매출에서 나오므로, 작은 칸을 보호하기 위해 나열하지 않습니다.",
        "Shares by industry are not listed: each is the sales of one cell of neighbourhood and industry, and small cells are \
         protected.",
        None,
    );
    explanation.leave_out(
        "조사에 없는 업종의 매출 비율(0~1)",
        "Share of sales in industries that the survey does not know, 0 to 1",
        row.map(|row| 1.0 - row.coverage),
    );
    explanation
}
