//! How often does a 95 % interval hold the truth? The whole way from daily rows to intervals, again and again, in a
//! world whose truth is known: the least-squares line through what the same pipeline gives without shocks.

use std::collections::BTreeMap;

use dongjak_insight::calendar::IsoWeek;
use dongjak_insight::economy::analysis::{
    DailyCells, DailyPanel, EconomyResults, Params, SLOPES, Scope, Series, analyse, over, pairs,
};
use dongjak_insight::stats::line::Line;

use super::world::{Fate, World};

/// What is counted, in the order of the table.
const QUANTITIES: [&str; 7] = [
    "sensitivity, district",
    "sensitivity, dong",
    "sensitivity, industry",
    "relative sensitivity, dong",
    "relative sensitivity, industry",
    "relief fund, DiD (Welch)",
    "panel, clustered by cell",
];

/// One interval beside the truth.
#[derive(Clone, Copy)]
struct Interval {
    point: f64,
    se: f64,
    ci95: (f64, f64),
}

/// Intervals, or truths, by quantity and by what they speak of.
type Found<T> = BTreeMap<(usize, String), T>;

pub fn table(replications: usize, threads: usize) {
    let world = World::new(2_019);
    let params = Params { draws: 100, ..Params::default() };
    let truth = truth(&world, &params);
    let counted: Vec<Found<Interval>> = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..threads)
            .map(|thread| {
                let (world, params) = (&world, &params);
                scope.spawn(move || {
                    (thread..replications)
                        .step_by(threads)
                        .map(|n| replication(world, params, n as u64))
                        .collect::<Vec<_>>()
                })
            })
            .collect();
        workers.into_iter().flat_map(|worker| worker.join().expect("a replication")).collect()
    });
    println!("{replications} replications");
    println!("| 95 % interval of | intervals | coverage | bias | sd of the points | mean standard error |");
    println!("|---|---|---|---|---|---|");
    for (at, name) in QUANTITIES.iter().enumerate() {
        let of = |found: &Found<Interval>| -> Vec<(Interval, f64, String)> {
            let mine = found.iter().filter(|((quantity, _), _)| *quantity == at);
            mine.filter_map(|(key, interval)| Some((*interval, *truth.get(key)?, key.1.clone()))).collect()
        };
        let all: Vec<(Interval, f64, String)> = counted.iter().flat_map(of).collect();
        let n = all.len() as f64;
        let mean = |of: &dyn Fn(&(Interval, f64, String)) -> f64| all.iter().map(of).sum::<f64>() / n;
        let coverage = mean(&|(i, truth, _)| if (i.ci95.0..=i.ci95.1).contains(truth) { 1.0 } else { 0.0 });
        let bias = mean(&|(i, truth, _)| i.point - truth);
        println!("| {name} | {n} | {coverage:.3} | {bias:.4} | {:.4} | {:.4} |", spread(&all), mean(&|(i, ..)| i.se));
    }
}

/// Standard deviation of the points of the same thing from replication to replication, over all things.
fn spread(all: &[(Interval, f64, String)]) -> f64 {
    let mut by_name = BTreeMap::<&str, Vec<f64>>::new();
    all.iter().for_each(|(interval, _, name)| by_name.entry(name).or_default().push(interval.point));
    let within = |points: &Vec<f64>| {
        let mean = points.iter().sum::<f64>() / points.len() as f64;
        points.iter().map(|p| (p - mean) * (p - mean)).sum::<f64>()
    };
    (by_name.values().map(within).sum::<f64>() / (all.len() - by_name.len()).max(1) as f64).sqrt()
}

fn results(world: &World, daily: &DailyCells, params: &Params) -> EconomyResults {
    analyse(&world.inputs(daily), &params.check().expect("sound settings"))
}

/// The name of a series in the table, with the quantity that it belongs to; relative sensitivities lie two further on.
fn named(series: &Series) -> (usize, String) {
    match &series.scope {
        Scope::District => (0, String::new()),
        Scope::Dong(code) => (1, code.clone()),
        Scope::Industry(code) => (2, code.clone()),
    }
}

fn truth(world: &World, params: &Params) -> Found<f64> {
    let found = results(world, &world.sales(Fate::Expected), params);
    let base_year = params.base_year;
    let slope = |changes: &[_]| {
        let (x, y): (Vec<f64>, Vec<f64>) =
            pairs(changes, &found.exposure, base_year).iter().map(|pair| (pair.x, pair.y)).unzip();
        Line::fit(&x, &y).expect("a line").slope
    };
    let district: BTreeMap<IsoWeek, f64> =
        found.series[0].changes.iter().filter_map(|c| Some((c.week, c.aligned?))).collect();
    let mut truth = Found::new();
    for series in &found.series {
        let (quantity, name) = named(series);
        if quantity > 0 {
            truth.insert((quantity + 2, name.clone()), slope(&over(&series.changes, &district)));
        } else {
            truth.insert((6, String::new()), slope(&series.changes));
        }
        truth.insert((quantity, name), slope(&series.changes));
    }
    let relief = found.policies["relief"].as_ref().expect("an effect");
    truth.insert((5, String::new()), relief.difference.point);
    truth
}

fn replication(world: &World, params: &Params, number: u64) -> Found<Interval> {
    let daily = world.sales(Fate::Lived(1_000_000 + number));
    let results = results(world, &daily, params);
    let mut found = Found::new();
    for series in &results.series {
        let (quantity, name) = named(series);
        let mut add = |quantity: usize, c: dongjak_insight::stats::ar1::Coefficient| {
            found.insert((quantity, name.clone()), Interval { point: c.point, se: c.se, ci95: c.ci95 });
        };
        if let Ok(estimate) = &series.sensitivity {
            add(quantity, estimate.fit.slope);
        }
        if let Some(Ok(relative)) = results.relatives.get(&series.scope) {
            add(quantity + 2, relative.estimate.fit.slope);
        }
    }
    if let Some(Some(effect)) = results.policies.get("relief") {
        let d = effect.difference;
        found.insert((5, String::new()), Interval { point: d.point, se: d.se, ci95: d.ci95 });
    }
    let panel = DailyPanel::new(&daily, &world.calendar, |_| true, true).and_then(|panel| Some((panel.fit()?, panel)));
    if let Some((fit, panel)) = panel {
        let (n, g, k) = (fit.n as f64, fit.cells as f64, (SLOPES.len() + panel.weeks_of_year) as f64);
        let se = (fit.variances[0] * g / (g - 1.0) * (n - 1.0) / (n - k)).sqrt();
        let point = fit.slopes[0];
        found.insert((6, String::new()), Interval { point, se, ci95: (point - 1.968 * se, point + 1.968 * se) });
    }
    found
}
