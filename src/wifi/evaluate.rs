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
    let limit = match (meta["p"].as_u64(), meta["budget"].as_f64()) {
        (Some(p), _) => Limit::Sites(usize::try_from(p).unwrap_or(usize::MAX)),
        (None, Some(budget)) if budget >= 0.0 => Limit::Budget(budget.round() as u64),
        _ => return Err(Error::bad_input("meta.json needs p, or a budget.")),
    };
    let fault = |e: crate::siting::SpecError| Error::bad_input(format!("The instance makes no sense: {e}."));
    let clock = Clock::start();
    let demand = points(dir, "demand.csv", Some("weight"))?;
    let candidates = points(dir, "candidates.csv", Some("cost"))?;
    let existing: Vec<Point> = points(dir, "existing.csv", None)?.into_iter().map(|(at, _)| at).collect();
    let read = clock.seconds();
    let clock = Clock::start();
    let candidates = candidates.into_iter().map(|(at, cost)| Candidate { at, cost }).collect();
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
    let mut found = if bounded.status == Status::Optimal { bounded.clone() } else { with(Effort::PROVEN)? };
    if bounded.value > found.value {
        found = bounded.clone().with_bound(found.bound);
    }
    let proof = clock.seconds();
    let status = if found.status == Status::Optimal { "OPTIMAL" } else { "BOUNDED" };
    let mut answer = json!({
        "value": found.value,
        "bound": found.bound,
        "gap": found.gap(),
        "status": status,
        "sites": found.sites.iter().map(|s| s.candidate).collect::<Vec<_>>(),
        "marginal_gains": found.sites.iter().map(|s| s.gain).collect::<Vec<_>>(),
        "greedy_value": greedy_value,
        "default_path": {"value": bounded.value, "bound": bounded.bound, "gap": bounded.gap()},
        "parts": found.parts,
        "covering_pairs": problem.pairs(),
        "total_uncovered_weight_before": problem.total(),
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
            "relative_to_optimum": found.value as f64 / optimum - 1.0,
            "relative_to_greedy": meta["greedy_value"].as_f64().map(|g| found.value as f64 / g - 1.0),
        });
    }
    Ok(answer)
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

fn points(dir: &Path, name: &str, weight: Option<&str>) -> Result<Vec<(Point, u64)>> {
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
                    number.round() as u64
                }
                None => 1,
            };
            Ok((at, number))
        })
        .collect()
}
