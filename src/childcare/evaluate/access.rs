//! Accessibility of a folder of reference values, by every method.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::{Value, json};

use super::optional_json;
use super::points::points;
use crate::childcare::analysis::{Catchment, Decay, Params, Point, Zone, accessibility};
use crate::error::Result;

/// Reach of the one circle, and of the curve.
const CIRCLE_M: f64 = 1_000.0;
const CURVE_M: f64 = 1_500.0;

/// Methods by their names in the folder. Its plane is in metres, and its distances are straight: no detour.
pub fn methods() -> [(&'static str, Catchment); 4] {
    let zones: Vec<Zone> =
        Params::default().zones.into_iter().map(|(upper_m, weight)| Zone { upper_m, weight }).collect();
    let rings = Catchment { decay: Decay::Zones(zones), choosing: false, detour: 1.0 };
    let circle = Catchment { decay: Decay::circle(CIRCLE_M), ..rings.clone() };
    let curve = Catchment { decay: Decay::Gaussian { reach_m: CURVE_M }, ..rings.clone() };
    let choosing = Catchment { choosing: true, ..rings.clone() };
    [("e2sfca", rings), ("two_sfca_1000m", circle), ("three_sfca", choosing), ("gaussian_2sfca_1500m", curve)]
}

/// Computes both steps of every method; then, where the folder says what to expect, the largest differences.
pub fn evaluate(dir: &Path) -> Result<Value> {
    let demand = points(dir, "demand.csv", "demand_id", "children_0_5")?;
    let supply = points(dir, "facilities.csv", "facility_id", "capacity")?;
    let places = |list: &[(String, Point)]| list.iter().map(|(_, point)| *point).collect::<Vec<_>>();
    let by_id = |list: &[(String, Point)], values: &[f64]| -> BTreeMap<String, f64> {
        list.iter().zip(values).map(|((id, _), value)| (id.clone(), *value)).collect()
    };
    let mut answer = json!({});
    for (name, catchment) in methods() {
        let access = accessibility(&places(&demand), &places(&supply), &catchment);
        let handed_out: f64 = demand.iter().zip(&access.demand).map(|((_, cell), a)| cell.weight * a).sum();
        let reachable: f64 =
            supply.iter().zip(&access.supply).filter(|(_, r)| **r > 0.0).map(|((_, centre), _)| centre.weight).sum();
        answer[name] = json!({
            "R_j": by_id(&supply, &access.supply),
            "A_i": by_id(&demand, &access.demand),
            "sum_P_A": handed_out,
            "reachable_supply": reachable,
        });
    }
    if let Some(expected) = optional_json(dir, "expected.json")? {
        let mut largest = serde_json::Map::new();
        for (name, _) in methods() {
            for part in ["R_j", "A_i"] {
                if let Some(error) = worst(&answer[name][part], &expected[name][part]) {
                    largest.insert(format!("{name}.{part}"), json!(error));
                }
            }
        }
        let all = largest
            .values()
            .filter_map(Value::as_f64)
            .fold(None, |most: Option<f64>, error| Some(most.map_or(error, |most| most.max(error))));
        answer["max_abs_error"] = json!(all);
        answer["max_abs_error_by_method"] = Value::Object(largest);
    }
    Ok(answer)
}

/// The largest difference to what is expected; infinite where a value is missing here, `None` where nothing is expected.
fn worst(mine: &Value, theirs: &Value) -> Option<f64> {
    let theirs = theirs.as_object()?;
    let error = |(id, expected): (&String, &Value)| match (mine[id].as_f64(), expected.as_f64()) {
        (Some(mine), Some(expected)) => (mine - expected).abs(),
        _ => f64::MAX,
    };
    Some(theirs.iter().map(error).fold(0.0, f64::max))
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOLDEN: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/childcare");

    #[test]
    fn every_method_meets_the_reference_values_and_hands_out_every_reachable_place_once() {
        let found = evaluate(Path::new(GOLDEN)).unwrap();
        assert!(found["max_abs_error"].as_f64().unwrap() <= 1e-9, "{}", found["max_abs_error_by_method"]);
        // Both steps of E2SFCA, the second of the other three.
        assert_eq!(found["max_abs_error_by_method"].as_object().unwrap().len(), 5);
        for (name, _) in methods() {
            let number = |key: &str| found[name][key].as_f64().unwrap();
            assert!((number("sum_P_A") - number("reachable_supply")).abs() < 1e-9, "{name}");
        }
        // `conservation.reachable_supply` of the reference values; its first zone can reach nothing.
        assert_eq!(found["e2sfca"]["reachable_supply"], 1_687.0);
        assert_eq!(found["e2sfca"]["A_i"]["d00"], 0.0);
    }

    #[test]
    fn a_value_that_is_expected_and_not_computed_is_no_agreement() {
        assert_eq!(worst(&json!({"a": 1.0}), &json!({"a": 1.5})), Some(0.5));
        assert_eq!(worst(&json!({"a": 1.0}), &json!({"a": 1.0, "b": 1.0})), Some(f64::MAX));
        assert_eq!(worst(&json!({"a": 1.0}), &Value::Null), None);
    }
}
