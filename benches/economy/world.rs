//! An invented district of 15 dongs and 20 industries over 2019 and 2020 whose true effects are known.
//!
//! The logarithm of a cell's expected sales is level + weekday + season + holidays + growth + caution · log(1 + cases) +
//! relief. Around it lie shocks that last from day to day: one that is common to all, one of each industry, of each
//! dong and of each cell. Some cells rest on Sundays, some days are missing, some cells have a gap of twelve days, some
//! are shut for a month, and distancing costs the industries with much contact more than their caution explains.

use std::collections::{BTreeMap, BTreeSet};
use std::f64::consts::TAU;

use chrono::{Datelike, Days, NaiveDate, Weekday};
use dongjak_insight::calendar::{Holiday, LunarHolidays};
use dongjak_insight::economy::analysis::{
    DailyCells, Day, EconomyInputs, IndustryTraits, PolicyInput, PolicyKind, Sales,
};
use dongjak_insight::stats::splitmix::SplitMix64;

pub const DONGS: usize = 15;
pub const INDUSTRIES: usize = 20;
const DAYS: usize = 731;
/// Days from 1 January 2019 to the first on which the relief money could be spent, and its strength at first.
const RELIEF_DAY: usize = 365 + 133;
const RELIEF: f64 = 0.10;
const RELIEF_LASTS_DAYS: f64 = 30.0;
/// Of 20 industries, as many are out of reach of the relief money.
const NOT_RELIEVED: usize = 6;
/// Days of 2020 on which distancing was at its height.
const DISTANCING: [(usize, usize); 2] = [(243, 257), (343, 366)];
const DISTANCING_COSTS: f64 = 0.05;

/// What does not change from replication to replication.
pub struct World {
    pub calendar: BTreeMap<NaiveDate, Day>,
    weekdays: Vec<usize>,
    feast: Vec<f64>,
    season: Vec<f64>,
    exposure: Vec<f64>,
    cells: Vec<CellTraits>,
    holidays: LunarHolidays,
}

struct CellTraits {
    dong: usize,
    industry: usize,
    level: f64,
    caution: f64,
    growth: f64,
    weekday: [f64; 7],
    season: f64,
    holidays: f64,
    rests_on_sundays: bool,
    relieved: bool,
    much_contact: bool,
}

/// What happens to a world.
#[derive(Clone, Copy)]
pub enum Fate {
    /// Nothing but the effects that are to be found.
    Expected,
    /// Shocks, gaps, closures and distancing, drawn with this seed.
    Lived(u64),
}

pub fn dong_code(at: usize) -> String {
    format!("D{at:02}")
}

pub fn industry_code(at: usize) -> String {
    format!("I{at:02}")
}

impl World {
    pub fn new(seed: u64) -> Self {
        let first = NaiveDate::from_ymd_opt(2019, 1, 1).expect("a day");
        let dates: Vec<NaiveDate> = (0..DAYS).map(|day| first + Days::new(day as u64)).collect();
        let feasts = [(2019, 2, 5), (2020, 1, 25), (2019, 9, 13), (2020, 10, 1)]
            .map(|(y, m, d)| NaiveDate::from_ymd_opt(y, m, d).expect("a day"));
        let holidays = LunarHolidays::new(
            feasts.into_iter().map(|day| (day, if day.month() < 6 { Holiday::Seollal } else { Holiday::Chuseok })),
        );
        let away = |date: NaiveDate| feasts.iter().map(|feast| (date - *feast).num_days()).min_by_key(|d| d.abs());
        let is_core = |date: NaiveDate| away(date).is_some_and(|d| d.abs() <= 1);
        let is_before = |date: NaiveDate| away(date).is_some_and(|d| (-6..-1).contains(&d));
        let cases: Vec<u32> = (0..DAYS).map(new_cases).collect();
        let trailing = |day: usize| cases[day.saturating_sub(6)..=day].iter().sum::<u32>() as f64 / 7.0;
        let calendar = dates
            .iter()
            .zip(&cases)
            .map(|(date, cases)| {
                let (lunar_core, lunar_before) = (is_core(*date), is_before(*date));
                (
                    *date,
                    Day { public_holiday: lunar_core || is_public(*date), lunar_core, lunar_before, new_cases: *cases },
                )
            })
            .collect();
        Self {
            weekdays: dates.iter().map(|date| date.weekday().num_days_from_monday() as usize).collect(),
            feast: dates
                .iter()
                .map(|date| {
                    if is_core(*date) {
                        -0.6
                    } else if is_before(*date) {
                        0.15
                    } else {
                        0.0
                    }
                })
                .collect(),
            season: (0..DAYS).map(|day| (TAU * (day % 365) as f64 / 365.25).cos()).collect(),
            exposure: (0..DAYS).map(|day| trailing(day).ln_1p()).collect(),
            cells: cells(&mut SplitMix64::new(seed)),
            calendar,
            holidays,
        }
    }

    /// Sales by cell and day in units of 10,000 won.
    pub fn sales(&self, fate: Fate) -> DailyCells {
        let mut shocks = match fate {
            Fate::Expected => None,
            Fate::Lived(seed) => Some(Shocks::new(seed)),
        };
        let dates: Vec<NaiveDate> = self.calendar.keys().copied().collect();
        self.cells
            .iter()
            .map(|cell| {
                let lived = shocks.as_mut().map(|shocks| shocks.of_cell(cell));
                let days = (0..DAYS).filter_map(|day| {
                    let rests =
                        cell.rests_on_sundays && self.weekdays[day] == Weekday::Sun.num_days_from_monday() as usize;
                    let (shock, shut) = match &lived {
                        None => (0.0, false),
                        Some(lived) if lived.missing[day] => return None,
                        Some(lived) => (lived.shock[day], lived.shut.contains(&day)),
                    };
                    let amount = if rests || shut { 0.0 } else { (self.expected_log(cell, day) + shock).exp() };
                    Some((dates[day], amount.round() as i64))
                });
                ((dong_code(cell.dong), industry_code(cell.industry)), days.collect())
            })
            .collect()
    }

    /// log(1 + mean new cases of seven days).
    pub fn exposure(&self, date: NaiveDate) -> f64 {
        self.calendar.keys().position(|day| *day == date).map_or(0.0, |day| self.exposure[day])
    }

    fn expected_log(&self, cell: &CellTraits, day: usize) -> f64 {
        let relief = match day.checked_sub(RELIEF_DAY) {
            Some(since) if cell.relieved => RELIEF * (-(since as f64) / RELIEF_LASTS_DAYS).exp(),
            _ => 0.0,
        };
        cell.level
            + cell.weekday[self.weekdays[day]]
            + cell.season * self.season[day]
            + cell.holidays * self.feast[day]
            + cell.growth * day as f64 / 365.0
            + cell.caution * self.exposure[day]
            + relief
    }

    /// What the analysis reads.
    pub fn inputs(&self, daily: &DailyCells) -> EconomyInputs {
        let relieved = |industry: usize| industry >= NOT_RELIEVED;
        EconomyInputs {
            sales: Sales { disclosure_checked: true, ..Sales::from_days(daily) },
            new_cases: self.calendar.iter().map(|(date, day)| (*date, day.new_cases)).collect(),
            holidays: self.holidays.clone(),
            industries: (0..INDUSTRIES)
                .map(|i| (industry_code(i), IndustryTraits { contact: Some((i % 3) as u8), group: None }))
                .collect(),
            policies: vec![PolicyInput {
                code: "relief".to_owned(),
                starts_on: NaiveDate::from_ymd_opt(2020, 5, 13).expect("a day"),
                kind: PolicyKind::Subsidy,
                industries: (0..INDUSTRIES).filter(|i| relieved(*i)).map(industry_code).collect::<BTreeSet<_>>(),
            }],
            ..EconomyInputs::default()
        }
    }
}

/// New Year's Day, the 1st of March, Children's Day, Memorial Day, Liberation Day, Christmas.
fn is_public(date: NaiveDate) -> bool {
    [(1, 1), (3, 1), (5, 5), (6, 6), (8, 15), (12, 25)].contains(&(date.month(), date.day()))
}

/// Three small waves and a large one, as in Seoul in 2020: persons a day.
fn new_cases(day: usize) -> u32 {
    let Some(day) = day.checked_sub(365) else { return 0 };
    let wave = |top: f64, width: f64, height: f64| {
        let away = (day as f64 - top) / width;
        height * (-0.5 * away * away).exp()
    };
    (wave(68.0, 14.0, 18.0) + wave(152.0, 20.0, 22.0) + wave(243.0, 12.0, 140.0) + wave(360.0, 22.0, 420.0)).round()
        as u32
}

fn cells(random: &mut SplitMix64) -> Vec<CellTraits> {
    let mut between = |low: f64, high: f64| low + (high - low) * random.unit();
    let of_dong: Vec<(f64, f64)> = (0..DONGS).map(|_| (between(-0.4, 0.4), between(0.8, 1.2))).collect();
    let of_industry: Vec<_> = (0..INDUSTRIES)
        .map(|industry| {
            let caution = -0.012 - 0.012 * (industry % 3) as f64;
            let mut weekday = [0.0; 7];
            weekday.iter_mut().for_each(|w| *w = between(-0.2, 0.2));
            (between(4.3, 5.8), caution, between(0.0, 0.06), weekday, between(-0.12, 0.12), between(0.4, 1.4))
        })
        .collect();
    (0..DONGS)
        .flat_map(|dong| (0..INDUSTRIES).map(move |industry| (dong, industry)))
        .map(|(dong, industry)| {
            let (level, caution, growth, weekday, season, holidays) = of_industry[industry];
            CellTraits {
                dong,
                industry,
                level: level + of_dong[dong].0 + between(-0.3, 0.3),
                caution: caution * of_dong[dong].1 * between(0.7, 1.3),
                growth: growth + between(-0.02, 0.02),
                weekday,
                season,
                holidays,
                rests_on_sundays: between(0.0, 1.0) < 0.08,
                relieved: industry >= NOT_RELIEVED,
                much_contact: industry % 3 == 2,
            }
        })
        .collect()
}

/// Everything that is drawn.
struct Shocks {
    random: Random,
    common: Vec<f64>,
    of_industry: Vec<Vec<f64>>,
    of_dong: Vec<Vec<f64>>,
}

struct Lived {
    shock: Vec<f64>,
    missing: Vec<bool>,
    shut: std::ops::Range<usize>,
}

impl Shocks {
    fn new(seed: u64) -> Self {
        let mut random = Random { uniform: SplitMix64::new(seed), spare: None };
        let common = random.lasting(0.9, 0.012);
        let of_industry = (0..INDUSTRIES).map(|_| random.lasting(0.9, 0.012)).collect();
        let of_dong = (0..DONGS).map(|_| random.lasting(0.9, 0.008)).collect();
        Self { random, common, of_industry, of_dong }
    }

    fn of_cell(&mut self, cell: &CellTraits) -> Lived {
        let own = self.random.lasting(0.6, 0.08);
        let distanced = |day: usize| {
            let in_2020 = day.checked_sub(365);
            cell.much_contact && DISTANCING.iter().any(|(from, to)| in_2020.is_some_and(|d| (*from..*to).contains(&d)))
        };
        let shock = (0..DAYS)
            .map(|day| {
                let distancing = if distanced(day) { -DISTANCING_COSTS } else { 0.0 };
                own[day]
                    + self.common[day]
                    + self.of_industry[cell.industry][day]
                    + self.of_dong[cell.dong][day]
                    + distancing
            })
            .collect();
        let mut missing: Vec<bool> = (0..DAYS).map(|_| self.random.uniform.unit() < 0.003).collect();
        let gap = self.random.uniform.below(DAYS - 12);
        if self.random.uniform.unit() < 0.03 {
            missing[gap..gap + 12].fill(true);
        }
        let from = self.random.uniform.below(DAYS - 30);
        let shut = if self.random.uniform.unit() < 0.01 { from..from + 30 } else { 0..0 };
        Lived { shock, missing, shut }
    }
}

/// Normal numbers by the polar method (Marsaglia and Bray 1964).
struct Random {
    uniform: SplitMix64,
    spare: Option<f64>,
}

impl Random {
    fn normal(&mut self) -> f64 {
        if let Some(spare) = self.spare.take() {
            return spare;
        }
        loop {
            let (u, v) = (2.0 * self.uniform.unit() - 1.0, 2.0 * self.uniform.unit() - 1.0);
            let s = u * u + v * v;
            if s > 0.0 && s < 1.0 {
                let factor = (-2.0 * s.ln() / s).sqrt();
                self.spare = Some(v * factor);
                return u * factor;
            }
        }
    }

    /// A stationary process that keeps `memory` of itself from day to day; `sd` is that of what is new each day.
    fn lasting(&mut self, memory: f64, sd: f64) -> Vec<f64> {
        let mut value = self.normal() * sd / (1.0 - memory * memory).sqrt();
        (0..DAYS)
            .map(|_| {
                value = memory * value + sd * self.normal();
                value
            })
            .collect()
    }
}
