//! Slopes: sensitivity, the effect at a number of cases, and sensitivity against the district.

use super::series::{left_out, regression, scope_name};
use crate::economy::analysis::Pair;
use crate::economy::results::EconomyRun;
use crate::economy::shown::params;
use crate::error::Result;
use crate::graphql::figure::FigureData;
use crate::run::explain::{Explanation, Table, both, number};
use crate::run::record::Run;
use crate::stats::ar1;

const FORMULA: &str = "y(t) = a + b·x(t) + e(t),  e(t) = ρ·e(t−1) + u(t);  b = Σ w(ρ)·b(ρ) over ρ = −0.50, −0.49, …, 0.98;  \
                       b(ρ), s(ρ): least squares of y(t) − ρ·y(t−1) on 1 − ρ and x(t) − ρ·x(t−1), first row times √(1 − ρ²);  \
                       w(ρ) ∝ exp(−(n−2)/2·ln RSS + ½·ln(1 − ρ²) − ½·ln det X'X);  \
                       se² = Σ w·(s²·(n−2)/(n−4) + (b(ρ) − b)²);  interval: 2.5 % and 97.5 % quantiles of Σ w·t(n−2; b(ρ), s(ρ))";

const PARAMETERS: [&str; 6] = ["baseYear", "minDays", "minWeeks", "minExposureSd", "mostInterpolated", "casesArea"];

/// The slope of a scope.
pub fn sensitivity(run: &Run, all: &EconomyRun, scope: &str, code: &str, figure: &FigureData) -> Result<Explanation> {
    let name = scope_name(all, scope, code);
    let mut explanation = Explanation::new(
        both(
            format!("{}의 경제 민감도: 확진자 수와 매출 변화의 상관관계. 정책의 영향이 섞여 있으며 인과 효과가 아닙니다.", name.ko),
            format!(
                "Sensitivity of card sales to the epidemic in {}: an association, gross of policies, not a causal effect.",
                name.en
            ),
        ),
        both(
            "y는 명절을 맞춘 전년 대비 매출 비율의 로그, x는 log(1 + 하루 평균 확진자 수)에서 기준연도 같은 주의 값을 뺀 것입니다. \
             오차는 앞 주를 기억하는 AR(1)이며, 자기상관 ρ는 하나로 정하지 않고 제한 우도로 가중 평균합니다.",
            "y is the log of holiday-aligned sales over those of the base year, x is log(1 + mean daily new cases) minus \
             that of the same week of the base year. Errors remember the week before (AR(1)); their autocorrelation ρ is \
             not chosen but averaged over, weighted by its restricted likelihood.",
        ),
        FORMULA,
    )
    .with_parameters(&PARAMETERS);
    let base_year = params(run)?.base_year;
    let pairs = regression(all, scope, code, base_year, false);
    fitted(&mut explanation, &pairs, figure);
    left_out(&mut explanation, all, scope, code, base_year);
    Ok(explanation)
}

/// The slope of a scope against the district.
pub fn relative(run: &Run, all: &EconomyRun, scope: &str, code: &str, figure: &FigureData) -> Result<Explanation> {
    let name = scope_name(all, scope, code);
    let mut explanation = Explanation::new(
        both(
            format!("{}의 상대 민감도: 구 전체와의 차이. 인과 효과가 아닙니다.", name.ko),
            format!("Sensitivity of {} against the district: an association, not a causal effect.", name.en),
        ),
        both(
            "민감도와 같은 회귀이되 y는 (1 + 변화율)을 구 전체의 (1 + 변화율)로 나눈 값의 로그입니다. 모두에게 함께 온 것은 지워집니다.",
            "The regression of the sensitivity with y the log of (1 + change) over (1 + change of the district): what moved \
             everybody cancels out.",
        ),
        FORMULA,
    )
    .with_parameters(&PARAMETERS);
    let base_year = params(run)?.base_year;
    let pairs = regression(all, scope, code, base_year, true);
    fitted(&mut explanation, &pairs, figure);
    let adjusted = all.figures_of(scope, code).and_then(|f| f.get("relative_adjusted_p")).and_then(|f| f.value);
    explanation.term(
        "p*",
        "비교 전체에 대해 보정한 p값 (Benjamini·Hochberg)",
        "p value adjusted over all comparisons of its kind (Benjamini and Hochberg 1995)",
        adjusted,
    );
    left_out(&mut explanation, all, scope, code, base_year);
    Ok(explanation)
}

/// Fits the line once more and puts its numbers beside the figure.
fn fitted(explanation: &mut Explanation, pairs: &[Pair], figure: &FigureData) {
    explanation.table = Table {
        columns: vec!["x", "y"],
        rows: pairs.iter().map(|p| (p.week.to_string(), vec![Some(p.x), Some(p.y)])).collect(),
    };
    explanation.term("n", "쌍을 이루는 주의 수", "Pairs of weeks", Some(pairs.len() as f64));
    let (x, y): (Vec<f64>, Vec<f64>) = pairs.iter().map(|p| (p.x, p.y)).unzip();
    // Without a figure the line was not fitted, and is not fitted here.
    let Some((value, fit)) = figure.value.zip(ar1::fit(&x, &y)) else { return };
    explanation.term("ρ", "자기상관의 가중 평균", "Weighted mean of the autocorrelation", Some(fit.rho_mean));
    explanation.term("ρ̂", "가장 그럴듯한 자기상관", "Likeliest autocorrelation on the grid", Some(fit.rho_mode));
    explanation.term("a", "절편", "Intercept", Some(fit.intercept.point));
    explanation.term("b", "기울기", "Slope", Some(fit.slope.point));
    explanation.term("se", "기울기의 표준오차", "Standard error of the slope", Some(fit.slope.se));
    explanation.term("lower", "95 % 구간의 하한", "Lower end of the 95 % interval", Some(fit.slope.ci95.0));
    explanation.term("upper", "95 % 구간의 상한", "Upper end of the 95 % interval", Some(fit.slope.ci95.1));
    explanation.term(
        "p",
        "기울기가 0이라는 가설의 양측 p값",
        "Two-sided p value of a slope of zero",
        Some(fit.slope.p),
    );
    explanation.filled = Some(format!(
        "n = {}, mean ρ = {}: b = {}, se = {}, 95 % interval {} to {}, p = {}; published: {}",
        fit.n, fit.rho_mean, fit.slope.point, fit.slope.se, fit.slope.ci95.0, fit.slope.ci95.1, fit.slope.p, value
    ));
}

/// What a slope means at a number of cases.
pub fn effect(all: &EconomyRun, scope: &str, code: &str, cases: &str, figure: &FigureData) -> Explanation {
    let name = scope_name(all, scope, code);
    let mut explanation = Explanation::new(
        both(
            format!("{}: 하루 확진자 {cases}명일 때 함께 나타나는 매출 변화(%).", name.ko),
            format!("Change of sales, in per cent, that goes with {cases} new cases a day in {}.", name.en),
        ),
        both(
            "민감도 b를 확진자 수의 로그에 곱해 백분율로 바꿉니다. 구간의 양 끝도 같은 식으로 바꿉니다.",
            "The slope b times the log of cases, turned into per cent. The ends of the interval are turned alike.",
        ),
        "100·(exp(b·ln(1 + C)) − 1)",
    )
    .with_parameters(&PARAMETERS);
    let row = all.sensitivity_of(scope, code);
    let slope = row.and_then(|r| r.beta);
    let number_of_cases: Option<f64> = cases.parse().ok();
    explanation.term("C", "하루 확진자 수", "New cases a day", number_of_cases);
    explanation.term("b", "민감도", "Slope", slope);
    explanation.term("b lower", "민감도의 하한", "Lower end of the interval of the slope", row.and_then(|r| r.lower));
    explanation.term("b upper", "민감도의 상한", "Upper end of the interval of the slope", row.and_then(|r| r.upper));
    explanation.term("ln(1 + C)", "확진자 수의 로그", "Log of cases", number_of_cases.map(f64::ln_1p));
    if let (Some(b), Some(c), Some(value)) = (slope, number_of_cases, figure.value) {
        explanation.filled = Some(format!("100·(exp({}·ln(1 + {c})) − 1) = {value}", number(b)));
    }
    explanation
}
