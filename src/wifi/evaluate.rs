//! Runs the pure siting on a folder of a reference instance: no database, no import.
//!
//! Of `meta.json` only the radius and the limit are read before the computation; what it says about the optimum is
//! compared afterwards and changes nothing above it.

use std::path::Path;

use serde_json::{Value, json};

use crate::error::{Error, Result};
use crate::import::{ReadOptions, Source, Table, value};
use crate::siting::{Candidate, Effort, Limit, Point, Problem, Rules, Status, decimetres, ranked, solve};

/// Chooses sites for the instance in a folder.
pub fn evaluate(dir: &Path) -> Result<Value> {
    let meta: Value = std::fs::read_to_string(dir.join("meta.json"))
        .map_err(|e| Error::bad_input(format!("{}/meta.json cannot be read: {e}.", dir.display())))
        .and_then(|text| {
            serde_json::from_str(&text).map_err(|e| Error::bad_input(format!("meta.json is not JSON: {e}.")))
        })?;
    let radius = meta["radius_m"].as_f64().ok_or_else(|| Error::bad_input("meta.json lacks radius_m."))?;
    let radius = decimetres(radius)
        .ok()
        .and_then(|r| u32::try_from(r).ok())
        .ok_or_else(|| Error::bad_input("radius_m makes no sense."))?;
    // Some writers of JSON give whole numbers a point: 50.0.
    let p = meta["p"].as_f64().filter(|p| p.fract() == 0.0 && (0.0..1e9).contains(p));
    let budget = meta["budget"].as_f64().filter(|budget| *budget >= 0.0);
    if p.is_none() && budget.is_none() {
        return Err(Error::bad_input("meta.json needs p, a whole number, or a budget, and none below 0."));
    }
    let fault = |e: crate::siting::SpecError| Error::bad_input(format!("The instance makes no sense: {e}."));
    let clock = Clock::start();
    let demand = points(dir, "demand.csv", Some("weight"))?;
    let candidates = points(dir, "candidates.csv", Some("cost"))?;
    let existing: Vec<Point> = points(dir, "existing.csv", None)?.into_iter().map(|(at, _)| at).collect();
    let read = clock.seconds();
    let clock = Clock::start();
    let unit = unit_of(demand.iter().map(|(_, weight)| *weight));
    let demand: Vec<(Point, u64)> =
        demand.into_iter().map(|(at, weight)| (at, (weight * unit).round() as u64)).collect();
    let (costs, money) = in_whole_money(candidates.iter().map(|(_, cost)| *cost).collect(), budget.unwrap_or(0.0));
    let limit = p.map_or(Limit::Budget(money), |p| Limit::Sites(p as usize));
    let candidates = candidates.into_iter().zip(costs).map(|((at, _), cost)| Candidate { at, cost }).collect();
    let problem = Problem::new(&demand, candidates, &existing, radius, limit).map_err(fault)?;
    let build = clock.seconds();
    let clock = Clock::start();
    let greedy_value: u64 = ranked(&problem, limit).iter().map(|step| step.gain).sum();
    let greedy = clock.seconds();
    let with = |effort: Effort| solve(&problem, limit, &Rules::default(), effort, &|| false).map_err(fault);
    let clock = Clock::start();
    let bounded = with(Effort::BOUNDED)?;
    let certified = clock.seconds();
    let clock = Clock::start();
    let mut found = if bounded.status == Status::Optimal { bounded.clone() } else { with(second(bounded.gap()))? };
    found = found.with_bound(bounded.bound);
    if bounded.value > found.value {
        found = bounded.clone().with_bound(found.bound);
    }
    let proof = clock.seconds();
    // Whole weights are shown whole.
    let shown = |weight: u64| if unit == 1.0 { json!(weight) } else { json!(weight as f64 / unit) };
    let value = found.value as f64 / unit;
    let status = if found.status == Status::Optimal { "OPTIMAL" } else { "BOUNDED" };
    let mut answer = json!({
        "value": shown(found.value),
        "bound": found.bound.map(shown),
        "gap": found.gap(),
        "status": status,
        "sites": found.sites.iter().map(|s| s.candidate).collect::<Vec<_>>(),
        "marginal_gains": found.sites.iter().map(|s| shown(s.gain)).collect::<Vec<_>>(),
        "greedy_value": shown(greedy_value),
        "default_path": {"value": shown(bounded.value), "bound": bounded.bound.map(shown), "gap": bounded.gap()},
        "parts": found.parts,
        "covering_pairs": problem.pairs(),
        "total_uncovered_weight_before": shown(problem.total()),
        "cpu_seconds": {
            "read": read,
            "cover_and_merge": build,
            "greedy": greedy,
            "default_path": certified,
            "proof": proof,
        },
    });
    if let Some(optimum) = meta["optimal_value"].as_f64().filter(|o| *o > 0.0) {
        answer["errors"] = json!({
            "relative_to_optimum": value / optimum - 1.0,
            "relative_to_greedy": meta["greedy_value"].as_f64().map(|g| value / g - 1.0),
        });
    }
    Ok(answer)
}

/// The effort after the default path. Where that leaves more than a few thousandths open, hundreds of circles lie over every
/// point: no number of parts that one could wait for would prove a choice, but annealing finds better ones.
fn second(gap: Option<f64>) -> Effort {
    const PROVABLE: f64 = 0.003;
    if gap.is_some_and(|gap| gap > PROVABLE) { Effort::ANNEALED } else { Effort::PROVEN }
}

/// Most decimals of a weight or a cost that are told apart.
const DECIMALS: i32 = 6;
/// Largest sum of weights in their unit: what siting can count.
const MOST: f64 = (1_u64 << 50) as f64;

/// How many units one is, so that the numbers are whole in them: 1, 10, 100 ... as fine as they are written, to a
/// millionth, and no finer than can be counted.
fn unit_of(numbers: impl Iterator<Item = f64>) -> f64 {
    let (mut decimals, mut sum) = (0, 0.0);
    for number in numbers {
        sum += number;
        let is_whole = |decimals: i32| {
            let scaled = number * 10_f64.powi(decimals);
            (scaled - scaled.round()).abs() <= 1e-9 * scaled.abs().max(1.0)
        };
        while decimals < DECIMALS && !is_whole(decimals) {
            decimals += 1;
        }
    }
    while decimals > 0 && sum * 10_f64.powi(decimals) > MOST {
        decimals -= 1;
    }
    10_f64.powi(decimals)
}

/// Costs and a budget in whole units, so that neither is rounded across the other. The model wants a cost for everything,
/// so what costs nothing costs one where everything else, the budget too, is as many times dearer as all of that together
/// could not make up for.
fn in_whole_money(costs: Vec<f64>, budget: f64) -> (Vec<u64>, u64) {
    let unit = unit_of(costs.iter().copied().chain([budget]));
    let whole: Vec<u64> = costs.into_iter().map(|cost| (cost * unit).round() as u64).collect();
    let free = whole.iter().filter(|cost| **cost == 0).count() as u64;
    let dearer = |money: u64| money.saturating_mul(free + 1);
    let budget = dearer((budget * unit).round() as u64).saturating_add(free);
    (whole.into_iter().map(|cost| if cost == 0 { 1 } else { dearer(cost) }).collect(), budget)
}

/// Seconds of processor time of this process.
struct Clock(cpu_time::ProcessTime);

impl Clock {
    fn start() -> Self {
        Self(cpu_time::ProcessTime::now())
    }

    fn seconds(&self) -> f64 {
        self.0.elapsed().as_secs_f64()
    }
}

fn points(dir: &Path, name: &str, weight: Option<&str>) -> Result<Vec<(Point, f64)>> {
    let path = dir.join(name);
    let bytes =
        std::fs::read(&path).map_err(|e| Error::bad_input(format!("{} cannot be read: {e}.", path.display())))?;
    let table = Table::read(&Source { name: name.to_owned(), bytes }, &ReadOptions::default())
        .map_err(|sentence| Error::bad_input(format!("{name}: {sentence}")))?;
    let column = |wanted: &str| {
        table.column(&[wanted]).ok_or_else(|| Error::bad_input(format!("{name} lacks the column {wanted}.")))
    };
    let (x, y) = (column("x")?, column("y")?);
    let weight = weight.map(column).transpose()?;
    table
        .rows()
        .map(|row| {
            let wrong = |reason: String| Error::bad_input(format!("{name}, line {}: {reason}.", row.line()));
            let metres = |at: usize, what: &str| {
                row.need(at, what)
                    .and_then(value::decimal)
                    .and_then(|m| decimetres(m).map_err(|e| e.to_string()))
                    .map_err(wrong)
            };
            let at = Point { x: metres(x, "x")?, y: metres(y, "y")? };
            let number = match weight {
                Some(column) => {
                    let number = row.need(column, "the number").and_then(value::decimal).map_err(wrong)?;
                    if number < 0.0 {
                        return Err(wrong(format!("{number} is negative")));
                    }
                    number
                }
                None => 1.0,
            };
            Ok((at, number))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_default_path_leaves_wide_open_is_annealed_and_the_rest_is_proven() {
        let efforts = [None, Some(0.0), Some(0.0029), Some(0.0031), Some(0.05)].map(second);
        assert_eq!(efforts, [Effort::PROVEN, Effort::PROVEN, Effort::PROVEN, Effort::ANNEALED, Effort::ANNEALED]);
    }

    /// Three places far apart, each demand below its candidate.
    fn asked(name: &str, weights: [&str; 3], costs: [&str; 3], meta: Value) -> Value {
        let dir = std::env::temp_dir().join(format!("dongjak-evaluate-{}-{name}", std::process::id()));
        std::fs::create_dir_all(&dir).unwrap();
        let rows = |numbers: [&str; 3]| [0, 1, 2].map(|n| format!("{},0,{}\n", n * 1_000, numbers[n])).concat();
        std::fs::write(dir.join("demand.csv"), format!("x,y,weight\n{}", rows(weights))).unwrap();
        std::fs::write(dir.join("candidates.csv"), format!("x,y,cost\n{}", rows(costs))).unwrap();
        std::fs::write(dir.join("existing.csv"), "x,y\n").unwrap();
        std::fs::write(dir.join("meta.json"), meta.to_string()).unwrap();
        let answer = evaluate(&dir).unwrap();
        std::fs::remove_dir_all(&dir).unwrap();
        answer
    }

    #[test]
    fn weights_keep_their_decimals() {
        let answer = asked("weights", ["0.4", "1.25", "0.3"], ["1"; 3], json!({"radius_m": 10, "p": 2.0}));
        assert_eq!(
            (&answer["value"], &answer["bound"], &answer["status"]),
            (&json!(1.65), &json!(1.65), &json!("OPTIMAL"))
        );
        assert_eq!(answer["marginal_gains"], json!([1.25, 0.4]));
        let whole = asked("whole", ["4", "12", "3"], ["1"; 3], json!({"radius_m": 10, "p": 2}));
        assert_eq!((&whole["value"], &whole["bound"]), (&json!(16), &json!(16)));
    }

    #[test]
    fn no_plan_costs_more_than_a_budget_with_decimals() {
        // 1.4 + 1.4 is more than 2.7, and 1.5 + 1.5 is 3.
        let of = |name: &str, costs, budget: f64| {
            asked(name, ["2", "1", "1"], costs, json!({"radius_m": 10, "budget": budget}))["value"].clone()
        };
        assert_eq!(of("over", ["1.4", "1.4", "9"], 2.7), 2);
        assert_eq!(of("just", ["1.5", "1.5", "9"], 3.0), 3);
        assert_eq!(of("below", ["1", "2", "9"], 2.6), 2);
    }

    #[test]
    fn what_costs_nothing_is_always_in_the_plan() {
        let meta = |budget: u32| json!({"radius_m": 10, "budget": budget});
        let of = |name: &str, costs, budget| asked(name, ["1", "5", "2"], costs, meta(budget));
        assert_eq!(of("free", ["0", "3", "0"], 2)["value"], 3);
        assert_eq!(of("paid", ["0", "3", "0"], 3)["value"], 8);
        assert_eq!(of("nothing", ["0", "3", "1"], 0)["value"], 1);
    }
}
