//! Accessibility of a folder of reference values.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::{Value, json};

use super::optional_json;
use crate::childcare::analysis::{Params, Point, Zone, accessibility};
use crate::error::{Error, Result};
use crate::import::{ReadOptions, Source, Table, value};

/// Computes both steps; then, where the folder says what to expect, the largest difference.
pub fn evaluate(dir: &Path, answer: &mut Value, errors: &mut Value) -> Result<()> {
    let demand = points(dir, "demand.csv", "demand_id", "children_0_5")?;
    let supply = points(dir, "facilities.csv", "facility_id", "capacity")?;
    // The plane of the folder is in metres, and its distances are straight: no detour.
    let zones: Vec<Zone> =
        Params::default().zones.into_iter().map(|(upper_m, weight)| Zone { upper_m, weight }).collect();
    let both = |list: &[(String, Point)]| list.iter().map(|(_, point)| *point).collect::<Vec<_>>();
    let access = accessibility(&both(&demand), &both(&supply), &zones, 1.0);
    let by_id = |list: &[(String, Point)], values: &[f64]| -> BTreeMap<String, f64> {
        list.iter().zip(values).map(|((id, _), value)| (id.clone(), *value)).collect()
    };
    let (ratios, reached) = (by_id(&supply, &access.supply), by_id(&demand, &access.demand));
    let handed_out: f64 = demand.iter().zip(&access.demand).map(|((_, cell), a)| cell.weight * a).sum();
    answer["e2sfca"] = json!({"R_j": ratios, "A_i": reached, "sum_children_times_A": handed_out});
    if let Some(expected) = optional_json(dir, "expected.json")? {
        let worst = |mine: &BTreeMap<String, f64>, theirs: &Value| {
            mine.iter()
                .map(|(id, value)| theirs[id].as_f64().map_or(f64::NAN, |t| (value - t).abs()))
                .fold(0.0, f64::max)
        };
        errors["e2sfca"] = json!({
            "largest_in_R_j": worst(&ratios, &expected["e2sfca"]["R_j"]),
            "largest_in_A_i": worst(&reached, &expected["e2sfca"]["A_i"]),
        });
    }
    Ok(())
}

fn points(dir: &Path, name: &str, id: &str, weight: &str) -> Result<Vec<(String, Point)>> {
    let path = dir.join(name);
    let bytes =
        std::fs::read(&path).map_err(|e| Error::bad_input(format!("{} cannot be read: {e}.", path.display())))?;
    let table = Table::read(&Source { name: name.to_owned(), bytes }, &ReadOptions::default())
        .map_err(|sentence| Error::bad_input(format!("{name}: {sentence}")))?;
    let column = |wanted: &str| {
        table.column(&[wanted]).ok_or_else(|| Error::bad_input(format!("{name} lacks the column {wanted}.")))
    };
    let (id, x, y, weight) = (column(id)?, column("x")?, column("y")?, column(weight)?);
    table
        .rows()
        .map(|row| {
            let wrong = |reason: String| Error::bad_input(format!("{name}, line {}: {reason}.", row.line()));
            let number = |at: usize| row.need(at, "a number").and_then(value::decimal).map_err(wrong);
            Ok((
                row.need(id, "an id").map_err(wrong)?.to_owned(),
                Point { at: (number(x)?, number(y)?), weight: number(weight)? },
            ))
        })
        .collect()
}
