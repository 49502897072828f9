//! CPU seconds of the siting arithmetic on one core: literature instances, growth with size, a million points.
//!
//! `script/bench wifi` prints the tables. Figures are CPU seconds of this process, so a busy machine changes them little.

// A benchmark prints, and stops when its own instances are unsound.
#![allow(clippy::expect_used, clippy::print_stdout)]

use std::path::{Path, PathBuf};

use dongjak_insight::siting::coverage::Coverage;
use dongjak_insight::siting::{Candidate, Effort, Limit, Plan, Point, Problem, Rules, ranked, solve};

fn main() {
    let asked: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with("--")).collect();
    let wants = |name: &str| asked.is_empty() || asked.iter().any(|word| word == name);
    if wants("literature") {
        literature();
    }
    if wants("growth") {
        growth();
    }
    if wants("million") {
        million();
    }
    if let Some(folder) = asked.iter().position(|word| word == "peer").and_then(|at| asked.get(at + 1)) {
        peer(Path::new(folder));
    }
}

fn timed<T>(work: impl FnOnce() -> T) -> (T, f64) {
    let clock = cpu_time::ProcessTime::now();
    let done = work();
    (done, clock.elapsed().as_secs_f64())
}

fn planned(problem: &Problem, limit: Limit, effort: Effort) -> (Plan, f64) {
    let (plan, seconds) = timed(|| solve(problem, limit, &Rules::default(), effort, &|| false));
    (plan.expect("a problem without rules"), seconds)
}

/// Best known values of Máximo, Cordeau and Nascimento (2023) for p = 50, 60 ... 100.
const BEST_KNOWN: [(&str, f64, [u64; 6]); 2] = [
    ("NewYork", 400.0, [1_153_640, 1_288_174, 1_396_333, 1_481_434, 1_539_992, 1_574_256]),
    ("SanFrancisco", 600.0, [617_592, 683_139, 733_772, 769_781, 791_562, 802_307]),
];

fn literature() {
    let folder = std::env::var_os("DONGJAK_REFERENCE_DIR")
        .map_or_else(|| PathBuf::from("../shared/data"), PathBuf::from)
        .join("mclp");
    println!("instance       p    best known      value      bound   loss %    gap %   CPU s  status");
    for (name, radius, best) in BEST_KNOWN {
        let Some((places, weights)) = instance(&folder.join(format!("{name}.txt"))) else {
            println!("{name}: not found under {}; set DONGJAK_REFERENCE_DIR", folder.display());
            continue;
        };
        for (p, best) in (50..).step_by(10).zip(best) {
            let limit = Limit::Sites(p);
            let candidates = vec![Candidate { at: Point { x: 0, y: 0 }, cost: 1 }; places.len()];
            let demand = places.iter().zip(&weights).map(|(at, weight)| {
                let set = (0_u32..).zip(&places).filter(|(_, from)| metres(**from, *at) <= radius as f32);
                (set.map(|(j, _)| j).collect(), *weight)
            });
            let problem = Problem::covered(demand, candidates, limit).expect("a sound instance");
            let (plan, seconds) = planned(&problem, limit, Effort::ANNEALED);
            println!(
                "{name:<12} {p:>3} {best:>13} {:>10} {:>10} {:>8.4} {:>8.4} {seconds:>7.2}  {:?}",
                plan.value,
                plan.bound.unwrap_or(0),
                (1.0 - plan.value as f64 / best as f64) * 100.0,
                plan.gap().unwrap_or(1.0) * 100.0,
                plan.status
            );
        }
    }
}

/// The distance of the authors: the law of cosines on a sphere, kept in 32 bits, 0 from a place to itself.
fn metres(a: (f64, f64), b: (f64, f64)) -> f32 {
    if a == b {
        return 0.0;
    }
    let [(a1, o1), (a2, o2)] = [a, b].map(|(lat, lon)| (lat.to_radians(), lon.to_radians()));
    let cosine = a1.cos() * a2.cos() * (o1 - o2).cos() + a1.sin() * a2.sin();
    (6_378_100.0 * cosine.clamp(-1.0, 1.0).acos()) as f32
}

type Instance = (Vec<(f64, f64)>, Vec<u64>);

fn instance(path: &Path) -> Option<Instance> {
    let text = std::fs::read_to_string(path).ok()?;
    let (mut places, mut weights, mut section) = (Vec::new(), Vec::new(), "");
    for line in text.lines() {
        let words: Vec<&str> = line.split_whitespace().collect();
        match words.as_slice() {
            ["EOF"] => break,
            [name] if name.ends_with("SECTION") => {
                section = if name.starts_with("DEMAND") { "demand" } else { "place" }
            }
            [lat, lon] if section == "place" => places.push((lat.parse().ok()?, lon.parse().ok()?)),
            [weight] if section == "demand" => weights.push(weight.parse::<f64>().ok()?.round() as u64),
            _ => {}
        }
    }
    (places.len() == weights.len() && !places.is_empty()).then_some((places, weights))
}

/// Places along random streets, as in a city; the same numbers on every machine.
struct City {
    state: u64,
    streets: Vec<(f64, f64, f64, f64)>,
    width: f64,
    height: f64,
}

impl City {
    fn new(seed: u64, width: f64, height: f64) -> Self {
        let mut city = Self { state: seed, streets: Vec::new(), width, height };
        let streets = (120.0 * width * height / (5_600.0 * 2_920.0)) as usize;
        for _ in 0..streets {
            let (x, y) = (city.share() * width, city.share() * height);
            let turn = if city.share() < 0.5 { 0.0 } else { std::f64::consts::FRAC_PI_2 };
            let street = (x, y, turn + city.share() * 0.5 - 0.25, 200.0 + 1_300.0 * city.share());
            city.streets.push(street);
        }
        city
    }

    fn share(&mut self) -> f64 {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
    }

    fn place(&mut self, beside: f64) -> Point {
        let at = (self.share() * self.streets.len() as f64) as usize;
        let (x, y, turn, length) = self.streets[at];
        let along = (self.share() - 0.5) * length;
        let (dx, dy) = ((self.share() * 2.0 - 1.0) * beside, (self.share() * 2.0 - 1.0) * beside);
        let within = |v: f64, most: f64| (v.clamp(0.0, most) * 10.0).round() as i32;
        Point {
            x: within(x + along * turn.cos() + dx, self.width),
            y: within(y + along * turn.sin() + dy, self.height),
        }
    }

    fn weight(&mut self) -> u64 {
        // Many small and few large numbers of people.
        1 + (12.0 * (2.2 * (self.share() + self.share() - 1.0)).exp()) as u64
    }
}

struct Input {
    demand: Vec<(Point, u64)>,
    candidates: Vec<Candidate>,
    existing: Vec<Point>,
}

fn input(seed: u64, candidates: usize, demand: usize, width: f64, height: f64) -> Input {
    let mut city = City::new(seed, width, height);
    let existing = (0..(120.0 * width * height / (5_600.0 * 2_920.0)) as usize).map(|_| city.place(10.0)).collect();
    let demand = (0..demand).map(|_| (city.place(60.0), city.weight())).collect();
    let cost = |city: &mut City| 200 + 50 * (city.share() * 9.0) as u64;
    let candidates = (0..candidates).map(|_| Candidate { at: city.place(8.0), cost: cost(&mut city) }).collect();
    Input { demand, candidates, existing }
}

fn growth() {
    println!(
        "\ncandidates x demand  r m   limit      pairs  matrix s  build s  greedy s | bounded s   gap % | proven s   gap %  status"
    );
    for (candidates, demand) in [(500, 5_000), (2_000, 20_000), (2_000, 50_000), (5_000, 20_000), (5_000, 50_000)] {
        for (radius, limit) in [
            (1_000, Limit::Sites(20)),
            (1_000, Limit::Sites(100)),
            (1_000, Limit::Sites(200)),
            (500, Limit::Sites(100)),
            (750, Limit::Budget(30_000)),
        ] {
            let city = input(7, candidates, demand, 5_600.0, 2_920.0);
            let places: Vec<Point> = city.candidates.iter().map(|c| c.at).collect();
            let (pairs, matrix) = timed(|| {
                let (reach, mut set, mut pairs) = (Coverage::new(&places, radius), Vec::new(), 0_usize);
                for (at, _) in &city.demand {
                    reach.covering_into(*at, &mut set);
                    pairs += set.len();
                }
                pairs
            });
            let (problem, build) = timed(|| Problem::new(&city.demand, city.candidates, &city.existing, radius, limit));
            let problem = problem.expect("a sound instance");
            let (_, greedy) = timed(|| ranked(&problem, limit));
            let (bounded, quick) = planned(&problem, limit, Effort::BOUNDED);
            let (proven, whole) = planned(&problem, limit, Effort { parts: 300, ..Effort::PROVEN });
            println!(
                "{candidates:>6} x {demand:>6}  {:>8} {:>9} {pairs:>9}  {matrix:>8.4} {build:>8.4} {greedy:>9.5} | {quick:>9.3} {:>7.4} | {whole:>8.3} {:>7.4}  {:?}",
                radius / 10,
                match limit {
                    Limit::Sites(p) => format!("p={p}"),
                    Limit::Budget(b) => format!("b={b}"),
                },
                bounded.gap().unwrap_or(1.0) * 100.0,
                proven.gap().unwrap_or(1.0) * 100.0,
                proven.status
            );
        }
    }
}

/// Writes instances for another program, with what this one answers and how long it took, coverage and proof included.
fn peer(folder: &Path) {
    let mut answers = String::new();
    for (candidates, demand, sites) in [(500, 5_000, 100), (2_000, 20_000, 100)] {
        let (name, radius_dm) = (format!("{candidates}x{demand}"), 1_000);
        let city = input(7, candidates, demand, 5_600.0, 2_920.0);
        let served = Coverage::new(&city.existing, radius_dm);
        let open = city.demand.iter().filter(|(at, _)| !served.covers_any(*at));
        let rows: String = open.map(|(at, weight)| format!("{},{},{weight}\n", at.x, at.y)).collect();
        std::fs::write(folder.join(format!("{name}-demand.csv")), rows).expect("the folder can be written");
        let rows: String = city.candidates.iter().map(|c| format!("{},{}\n", c.at.x, c.at.y)).collect();
        std::fs::write(folder.join(format!("{name}-candidates.csv")), rows).expect("the folder can be written");
        let limit = Limit::Sites(sites);
        let (plan, cpu_seconds) = timed(|| {
            let problem = Problem::new(&city.demand, city.candidates, &city.existing, radius_dm, limit);
            solve(&problem.expect("a sound instance"), limit, &Rules::default(), Effort::PROVEN, &|| false)
        });
        let plan = plan.expect("a problem without rules");
        let proven = plan.bound == Some(plan.value);
        let answer = serde_json::json!({
            "name": name, "radius_dm": radius_dm, "sites": sites, "value": plan.value, "proven": proven,
            "cpu_seconds": cpu_seconds,
        });
        answers.push_str(&format!("{answer}\n"));
        println!("| {name} | this program | {} (proven: {proven}) | {cpu_seconds:.4} | | |", plan.value);
    }
    std::fs::write(folder.join("instances.jsonl"), answers).expect("the folder can be written");
}

fn million() {
    let limit = Limit::Sites(1_000);
    let city = input(11, 50_000, 1_000_000, 25_040.0, 13_058.0);
    let (problem, build) = timed(|| Problem::new(&city.demand, city.candidates, &city.existing, 1_000, limit));
    let problem = problem.expect("a sound instance");
    let (steps, greedy) = timed(|| ranked(&problem, limit));
    println!("\n1,000,000 x 50,000, 100 m, p=1000: {} pairs, {} classes", problem.pairs(), problem.classes());
    println!(
        "cover and merge {build:.2} s, ranked {greedy:.3} s, greedy {}",
        steps.iter().map(|s| s.gain).sum::<u64>()
    );
    let (plan, seconds) = planned(&problem, limit, Effort { moves: 2_000, ..Effort::BOUNDED });
    println!(
        "certified {seconds:.2} s: value {}, bound {}, gap {:.4} %, peak memory {}",
        plan.value,
        plan.bound.unwrap_or(0),
        plan.gap().unwrap_or(1.0) * 100.0,
        peak_memory()
    );
}

fn peak_memory() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM:"));
    line.map_or_else(|| "unknown".to_owned(), |line| line.trim_start_matches("VmHWM:").trim().to_owned())
}
