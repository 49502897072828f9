//! How long does it take to choose childcare sites exactly? 200 candidates over a district of 1,650 cells, with and
//! without a least distance and a budget. One JSON object a line; `script/bench childcare` runs it.

#![allow(clippy::print_stdout, clippy::expect_used)]

use std::time::Instant;

use dongjak_insight::childcare::analysis::{CareKind, CellCare, SiteCandidate, SiteRequest, Siting, plan};
use dongjak_insight::siting::median::{Costs, Instance, Terms, covering, solve, solve_covering, walking};
use dongjak_insight::siting::{Effort, Point};
use dongjak_insight::stats::splitmix::SplitMix64;

const COLUMNS: usize = 50;
const ROWS: usize = 33;
const CANDIDATES: usize = 200;
/// A thousand metres on foot are so many straight ones, in decimetres.
const REACH_DM: u32 = 7_692;
/// Work after which the search gives up its proof, as in the analysis.
const MOST_WORK: (u64, u64) = (60_000_000, 600_000_000);
/// See there.
const COVERING: Effort = Effort { parts: 100, ..Effort::PROVEN };

struct District {
    cells: Vec<((f64, f64), f64)>,
    candidates: Vec<((f64, f64), u64)>,
}

impl District {
    fn new(seed: u64) -> Self {
        let mut random = SplitMix64::new(seed);
        let mut unit = || random.unit();
        let middle = |n: usize| n as f64 * 100.0 + 50.0;
        let cells = (0..COLUMNS)
            .flat_map(|x| (0..ROWS).map(move |y| (middle(x), middle(y))))
            .map(|at| (at, 8.0 * unit() * unit()))
            .collect();
        let candidates = (0..CANDIDATES)
            .map(|_| ((unit() * COLUMNS as f64 * 100.0, unit() * ROWS as f64 * 100.0), 60 + (500.0 * unit()) as u64))
            .collect();
        Self { cells, candidates }
    }

    fn covering(&self) -> Costs {
        let point = |at: (f64, f64)| Point { x: (at.0 * 10.0) as i32, y: (at.1 * 10.0) as i32 };
        let demand: Vec<_> = self.cells.iter().map(|(at, weight)| (point(*at), (weight * 1e6) as u64)).collect();
        covering(&demand, &self.candidates.iter().map(|(at, _)| point(*at)).collect::<Vec<_>>(), REACH_DM)
    }

    fn walking(&self) -> Costs {
        let demand: Vec<_> = self.cells.iter().map(|(at, weight)| (*at, (weight * 1e6) as u64)).collect();
        walking(&demand, &self.candidates.iter().map(|(at, _)| *at).collect::<Vec<_>>())
    }

    fn terms(&self, sites: usize, apart_m: f64, with_budget: bool) -> Terms {
        let near = |a: usize, b: usize| {
            let (a, b) = (self.candidates[a].0, self.candidates[b].0);
            (a.0 - b.0).hypot(a.1 - b.1) < apart_m
        };
        let pairs = (0..CANDIDATES).flat_map(|a| (a + 1..CANDIDATES).map(move |b| (a, b)));
        let prices = self.candidates.iter().map(|(_, price)| *price).collect();
        Terms {
            sites,
            budget: with_budget.then_some((250 * sites as u64, prices)),
            too_close: pairs.filter(|(a, b)| near(*a, *b)).collect(),
            fixed: Vec::new(),
        }
    }

    fn siting(&self) -> Siting {
        let cell = |((at, children), dong): (&((f64, f64), f64), usize)| CellCare {
            dong: dong % 15,
            at: *at,
            children: *children,
            access: [Some(0.3), Some(0.01)],
        };
        let candidate = |(n, (at, price)): (usize, &((f64, f64), u64))| SiteCandidate {
            id: format!("c{n}"),
            name: format!("c{n}"),
            kind: "bench".to_owned(),
            at: *at,
            place: *at,
            dong: None,
            cost_won: Some(*price),
            fit: [true, true],
        };
        Siting {
            dongs: (0..15).map(|n| n.to_string()).collect(),
            cells: self.cells.iter().zip(0..).map(cell).collect(),
            candidates: self.candidates.iter().enumerate().map(candidate).collect(),
            needs: [0.6, 0.03],
            detour: 1.3,
            complaints: vec![None; 15],
        }
    }
}

fn main() {
    for seed in 0..2 {
        let district = District::new(seed);
        for sites in [1, 3, 5, 8, 10] {
            for (name, apart_m, with_budget) in [("free", 0.0, false), ("apart", 500.0, false), ("budget", 500.0, true)]
            {
                let kinds =
                    [("covering", district.covering(), MOST_WORK.0), ("p-median", district.walking(), MOST_WORK.1)];
                for (kind, costs, most_work) in kinds {
                    let began = Instant::now();
                    let instance = Instance::new(costs, district.terms(sites, apart_m, with_budget))
                        .expect("terms that can be met");
                    let solution = if kind == "covering" {
                        solve_covering(&instance, most_work, COVERING)
                    } else {
                        solve(&instance, most_work)
                    };
                    println!(
                        "{{\"bench\":\"siting\",\"kind\":\"{kind}\",\"seed\":{seed},\"candidates\":{CANDIDATES},\"cells\":{},\"sites\":{sites},\"terms\":\"{name}\",\"ms\":{:.1},\"optimal\":{}}}",
                        district.cells.len(),
                        began.elapsed().as_secs_f64() * 1e3,
                        solution.is_optimal(),
                    );
                }
            }
        }
        let siting = district.siting();
        let request = SiteRequest { kind: CareKind::AllDay, sites: 3, ..SiteRequest::default() };
        let checked = request.check(&siting).expect("a question that makes sense");
        let began = Instant::now();
        let found = plan(&siting, &checked).expect("a plan");
        println!(
            "{{\"bench\":\"siting\",\"kind\":\"whole answer\",\"seed\":{seed},\"sites\":3,\"ms\":{:.1},\"optimal\":{}}}",
            began.elapsed().as_secs_f64() * 1e3,
            found.is_optimal && found.shortest_is_optimal,
        );
    }
}
