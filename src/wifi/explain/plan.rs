//! How the figures of the plan that a run keeps came about.

use crate::graphql::figure::Reason;
use crate::run::explain::{Explanation, both, number};
use crate::wifi::analysis::WifiPlan;

/// What a figure is, how it is made, and its formula.
pub(super) fn words(path: &[&str]) -> Option<(Reason, Reason, &'static str)> {
    Some(match path {
        ["plan", "value"] => (
            both("계획이 세는 하루 이용시간(인시)", "Counted person-hours a day of the plan"),
            both(
                "계획의 지점이 닿는 칸의 수요와 요청의 가중치를 한 번씩 셉니다. 단계별 도달과 예비 접속은 계획의 조건대로입니다.",
                "The demand of cells, and requests at their weight, that the sites reach, each once, faded and doubled as the terms of the plan say.",
            ),
            "Σ factor(i) · (D(i) + weight · requests(i)) over i not served yet",
        ),
        ["plan", "people"] => (
            both("그 가운데 사람(인시)", "What of it is people, person-hours a day"),
            both("요청을 빼고 셉니다.", "The same without requests."),
            "Σ factor(cell) · D(cell)",
        ),
        ["plan", "upper_bound"] => (
            both("같은 조건의 어떤 계획도 넘지 못하는 값(인시)", "What no plan under the same terms exceeds"),
            both(
                "라그랑주 쌍대의 가격으로 얻은 상한이며, 분기 한정으로 낮춥니다.",
                "A bound by the prices of a Lagrangian dual, lowered by branch and bound.",
            ),
            "min over λ of Σ (w − λ)⁺ + the best choice by Σ λ",
        ),
        ["plan", "gap"] => (
            both("가장 좋은 계획에 견주어 잃을 수 있는 비율", "What the plan may lose against the best one"),
            both("상한에서 값을 뺀 것을 상한으로 나눕니다.", "The bound minus the value, over the bound."),
            "(bound − value) / bound",
        ),
        ["plan", "greedy"] => (
            both("차례로 가장 좋은 지점을 고를 때의 값(인시)", "What choosing best next counts"),
            both(
                "고정·제외 시설과 최소 수는 빼고 같은 조건으로 고릅니다.",
                "By the same terms, with fixed and excluded facilities and least numbers aside.",
            ),
            "Σ gain of the best next site",
        ),
        ["plan", "cost"] => (
            both("계획의 설치 비용(원)", "Cost of the plan, won"),
            both("지점마다의 비용을 더합니다.", "The cost of every site, summed."),
            "Σ cost(site)",
        ),
        ["plan", "requests_served"] => (
            both("계획이 닿는 설치 요청 수", "Requests within reach of the plan"),
            both(
                "세는 종류의 요청 가운데 어느 지점의 도달 거리 안에 있는 것을 셉니다.",
                "Requests of the kinds that count within reach of any site, counted.",
            ),
            "number of requests within reach",
        ),
        ["plan", "inequality"] => (
            both("행정동별 도달 비율의 지니계수", "Gini coefficient of the shares reached by neighbourhood"),
            both(
                "행정동마다 계획까지 닿는 수요의 비율을 서로 견줍니다. 모두 같으면 0입니다.",
                "The shares of demand reached with the plan, compared with each other; 0 when all are equal.",
            ),
            "Σ Σ |s(a) − s(b)| / (2 n² · mean s)",
        ),
        ["plan_site", _, "marginal"] => (
            both("이 지점이 앞선 지점에 더하는 값(인시)", "Counted person-hours a day that the site adds"),
            both(
                "계획의 지점을 더하는 값이 큰 차례로 세웠을 때 앞선 지점이 세지 않은 것입니다.",
                "With the sites of the plan in order of what they add: what those before it have not counted.",
            ),
            "value(sites up to here) − value(sites before)",
        ),
        ["plan_site", _, "cost"] => (
            both("이 지점의 설치 비용(원)", "Cost of the site, won"),
            both("시설 자체의 비용, 없으면 그 종류의 비용입니다.", "Of the facility itself, or of its kind."),
            "costs(kind)",
        ),
        ["plan_dong", _, "sites"] => (
            both("이 동에 서는 지점 수", "Sites of the plan in this neighbourhood"),
            both("계획의 지점을 셉니다.", "Sites of the plan that stand here, counted."),
            "number of sites here",
        ),
        ["plan_dong", _, "demand"] => (
            both("이 동의 하루 수요(인시)", "Demand of this neighbourhood, person-hours a day"),
            both("이 동의 칸의 수요를 더합니다.", "The demand of its cells, summed."),
            "Σ D(cell) over cells here",
        ),
        ["plan_dong", _, "gain"] => (
            both("이 동에서 계획이 더 닿는 수요(인시)", "What the plan reaches besides here, person-hours a day"),
            both(
                "지점이 어디에 있든 이 동의 칸 가운데 닿는 수요를 셉니다.",
                "Demand of cells here that the sites reach, wherever these stand.",
            ),
            "Σ factor(cell) · D(cell) over cells here, not served yet",
        ),
        ["plan_dong", _, "before"] => (
            both("이 동 수요 가운데 지금 닿는 비율", "Share of the demand here reached today"),
            both(
                "운영 중인 접속점이 닿는 수요를 이 동의 수요로 나눕니다.",
                "What access points reach, over the demand.",
            ),
            "reached today / demand",
        ),
        ["plan_dong", _, "after"] => (
            both("이 동 수요 가운데 계획까지 닿는 비율", "Share of the demand here reached with the plan"),
            both(
                "운영 중인 접속점과 계획이 닿는 수요를 이 동의 수요로 나눕니다.",
                "What access points and the plan reach, over the demand.",
            ),
            "(reached today + gain) / demand",
        ),
        _ => return None,
    })
}

/// The numbers that a figure of the plan is made of.
pub(super) fn terms(explanation: &mut Explanation, plan: &WifiPlan, name: &str) {
    if let ("gap", Some(bound), Some(gap)) = (name, plan.bound, plan.gap) {
        explanation.term("bound", "상한(인시)", "Upper bound, person-hours a day", Some(bound));
        explanation.term(
            "value of the plan",
            "계획의 값(인시)",
            "Value of the plan, person-hours a day",
            Some(plan.value),
        );
        explanation.filled = Some(format!("({bound} − {}) / {bound} = {}", plan.value, number(gap)));
    }
    if let ("people", Some(people)) = (name, plan.people) {
        explanation.term(
            "value of the plan",
            "계획의 값(인시)",
            "Value of the plan, person-hours a day",
            Some(plan.value),
        );
        explanation.term("requests", "요청의 몫(인시)", "Requests at their weight", Some(plan.value - people));
    }
}
