//! The composite index of a dong.

use crate::economy::analysis::COMPONENTS;
use crate::economy::results::EconomyRun;
use crate::economy::shown::{ranked, weights_named};
use crate::graphql::figure::FigureData;
use crate::run::explain::{Explanation, Table, both, number};

/// The index of a dong with some weights.
pub fn composite(all: &EconomyRun, dong: &str, weights: &str, figure: &FigureData) -> Explanation {
    let mut explanation = Explanation::new(
        both(
            format!("행정동 {dong}의 종합 민감도 지수. 가중치는 판단이며 순위는 구간과 함께 읽어야 합니다."),
            format!("Composite sensitivity of neighbourhood {dong}. The weights are a judgement; read ranks with their interval."),
        ),
        both(
            "구성 요소마다 중앙값을 빼고 1.4826·중앙절대편차로 나누어 ±3에서 자른 z를 가중해 더합니다. 자료가 없거나 변하지 않는 요소는 \
             빠지고 그 가중치는 나머지에 나뉩니다.",
            "Each component minus its median, over 1.4826 times the median absolute deviation, clipped at ±3, weighted and \
             summed. A component without data or spread is left out, and its weight goes to the others.",
        ),
        "50 + 10·Σ w·z,  z = clip((v − median) / (1.4826·MAD), ±3)",
    )
    .with_parameters(&["compositeWeights", "sentimentMonth", "draws", "seed", "shockOnset", "shockWindowEnd"]);
    let found = weights_named(weights).and_then(|weights| ranked(all, &weights));
    let Some((composite, own)) =
        found.as_ref().and_then(|c| c.dongs.iter().find(|d| d.dong == dong).map(|own| (c, own)))
    else {
        return explanation;
    };
    explanation.table = Table {
        columns: vec!["value", "z", "w"],
        rows: (0..COMPONENTS.len())
            .map(|c| (COMPONENTS[c].to_owned(), vec![own.components[c], own.z[c], Some(composite.weights[c])]))
            .collect(),
    };
    explanation.term("rank", "순위(1이 가장 민감)", "Rank, 1 for the most sensitive", Some(own.rank as f64));
    explanation.term("rank 5 %", "순위의 5 % 분위수", "5 % quantile of its ranks", Some(own.rank_interval.0 as f64));
    explanation.term("rank 95 %", "순위의 95 % 분위수", "95 % quantile of its ranks", Some(own.rank_interval.1 as f64));
    explanation.term(
        "P(top 3)",
        "상위 3위에 든 비율(0~1)",
        "Share of resampled years among the first three",
        Some(own.top3),
    );
    let parts: Vec<String> =
        own.z.iter().zip(composite.weights).filter_map(|(z, w)| z.map(|z| format!("{w}·{}", number(z)))).collect();
    explanation.filled = figure.value.map(|value| format!("50 + 10·({}) = {value}", parts.join(" + ")));
    for (name, z) in COMPONENTS.iter().zip(&own.z) {
        if z.is_none() {
            explanation.leave_out(
                &format!("구성 요소 {name}: 자료가 없거나, 변하지 않거나, 가중치가 0입니다."),
                &format!("Component {name}: without data, without spread, or without a weight."),
                None,
            );
        }
    }
    explanation.leave_out(
        "공개할 수 없는 동은 처음부터 빠져 있으며, 중앙값에도 들어가지 않습니다.",
        "Neighbourhoods that may not be shown take no part, not even in the medians.",
        None,
    );
    explanation
}
