//! The panel of daily rows: one pass over the values, whatever their number.

use std::path::Path;

use chrono::Datelike;
use dongjak_insight::economy::analysis::{DailyPanel, EconomyInputs, SLOPES};
use dongjak_insight::economy::evaluate;
use dongjak_insight::stats::panel::{Design, fit};
use dongjak_insight::stats::splitmix::SplitMix64;

use super::timed;
use super::world::{Fate, World};

pub fn table() {
    println!("| panel | rows | prepared CPU s | fitted CPU s |");
    println!("|---|---|---|---|");
    let world = World::new(2_019);
    let daily = world.sales(Fate::Lived(7));
    let row = |name: &str, rows: usize, prepare: &dyn Fn() -> DailyPanel| {
        let (panel, prepared) = timed(prepare);
        let repeats = 20;
        let (_, fitted) = timed(|| (0..repeats).for_each(|_| drop(std::hint::black_box(panel.fit().expect("a fit")))));
        let slope = panel.fit().expect("a fit").slopes[0];
        println!("| {name}, slope {slope:.12} | {rows} | {prepared:.4} | {:.4} |", fitted / f64::from(repeats));
    };
    let rows = daily.values().map(std::collections::BTreeMap::len).sum();
    row("invented district, gaps and all", rows, &|| {
        DailyPanel::new(&daily, &world.calendar, |_| true, true).expect("a panel")
    });
    let folder = std::env::var_os("DONGJAK_REFERENCE_DIR")
        .and_then(|dir| evaluate::read_folder(&Path::new(&dir).join("../golden/economy")).ok());
    if let Some(folder) = folder {
        let EconomyInputs { establishments, .. } = &folder.inputs;
        let rows = folder.daily.values().map(std::collections::BTreeMap::len).sum();
        row("reference folder", rows, &|| {
            let wanted = |cell: &(String, String)| establishments.get(cell).is_none_or(|n| *n >= 3);
            DailyPanel::new(&folder.daily, &folder.calendar, wanted, true).expect("a panel")
        });
    }
    for (name, cells, missing) in [
        ("complete, in memory", 300, 0.0),
        ("complete, in memory", 1_368, 0.0),
        ("complete, in memory", 13_680, 0.0),
        ("1 % missing, in memory", 300, 0.01),
        ("1 % missing, in memory", 13_680, 0.01),
    ] {
        let (design, values) = replicated(&world, cells, missing);
        let (_, seconds) = timed(|| std::hint::black_box(fit(&design, &values).expect("a fit")));
        println!("| {name} | {} | - | {seconds:.4} |", cells * 731);
    }
}

/// Writes the rows of the invented district with their regressors, for packages that want them so.
pub fn rows(path: &str) {
    let world = World::new(2_019);
    let daily = world.sales(Fate::Lived(7));
    let mut text = format!("cell,woy,y,{}\n", SLOPES.join(","));
    let first_year = world.calendar.keys().next().map(Datelike::year);
    for ((dong, industry), days) in &daily {
        for (date, amount) in days.iter().filter(|(_, amount)| **amount > 0) {
            let day = &world.calendar[date];
            let flag = |on: bool| u8::from(on);
            let weekday = date.weekday().number_from_monday();
            let mut row = vec![world.exposure(*date).to_string(), flag(Some(date.year()) > first_year).to_string()];
            row.extend([day.public_holiday, day.lunar_core, day.lunar_before].map(|on| flag(on).to_string()));
            row.extend((2..=7).map(|d| flag(weekday == d).to_string()));
            let (week, log) = (date.iso_week().week(), (*amount as f64).ln());
            text.push_str(&format!("{dong}{industry},{week},{log},{}\n", row.join(",")));
        }
    }
    std::fs::write(path, text).expect("a file that can be written");
}

/// Values of random cells on the regressors of a calendar.
fn replicated(world: &World, cells: usize, missing: f64) -> (Design, Vec<Vec<f64>>) {
    let mut random = SplitMix64::new(1);
    let values = (0..cells)
        .map(|_| (0..731).map(|_| if random.unit() < missing { f64::NAN } else { random.unit() }).collect())
        .collect();
    (DailyPanel::design(&world.calendar, true).expect("regressors"), values)
}
