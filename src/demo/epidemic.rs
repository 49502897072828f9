//! An invented epidemic: how many new cases a day, and how much people stay at home for it.
//!
//! The curve is four bumps with seeded dates, heights and flanks. It is nobody's count and is not meant to be one;
//! it only has the look of one (quiet weeks, sudden rises, slower falls, fewer reports at weekends).

use super::days::{self, DAYS, DAYS_OF_2019, Day};
use super::random::Random;

/// A bump: day of 2020 of its top, cases a day at the top, and days to rise and to fall by a factor of e.
struct Wave {
    top_day: f64,
    height: f64,
    rise_days: f64,
    fall_days: f64,
}

/// The shapes before the seed moves them.
const WAVES: [Wave; 4] = [
    Wave { top_day: 58.0, height: 34.0, rise_days: 6.0, fall_days: 15.0 },
    Wave { top_day: 152.0, height: 22.0, rise_days: 9.0, fall_days: 18.0 },
    Wave { top_day: 236.0, height: 115.0, rise_days: 5.0, fall_days: 16.0 },
    Wave { top_day: 346.0, height: 290.0, rise_days: 14.0, fall_days: 22.0 },
];

/// No case is reported before this day of 2020.
const FIRST_CASE_DAY: usize = 22;

/// Mean cases a day at which half of the possible caution is reached.
const HALF_CAUTION_CASES: f64 = 45.0;

/// Above this mean of cases a day the rooms where people sing are ordered to close.
const CLOSURE_CASES: f64 = 70.0;

/// The epidemic, one entry a day of the demo.
#[derive(Debug)]
pub struct Epidemic {
    /// New cases reported that day in the whole city.
    pub new_cases: Vec<u32>,
    /// Share of the strongest possible caution, 0 to 1.
    pub caution: Vec<f64>,
    /// Whether an order to close is in force.
    pub closure: Vec<bool>,
}

/// Invents the epidemic of this seed.
pub fn invent(seed: u64) -> Epidemic {
    let days = days::all();
    let new_cases = cases(seed, &days);
    let mean = (0..DAYS).map(|day| trailing_mean(&new_cases, day, 10)).collect::<Vec<_>>();
    let caution = mean
        .iter()
        .enumerate()
        .map(|(day, cases)| {
            // People grow used to it: the same figure frightens a third less a year later.
            let habit = 1.0 - 0.33 * day.saturating_sub(DAYS_OF_2019) as f64 / 366.0;
            habit * cases / (cases + HALF_CAUTION_CASES)
        })
        .collect();
    let closure = mean.iter().map(|cases| *cases > CLOSURE_CASES).collect();
    Epidemic { new_cases, caution, closure }
}

fn cases(seed: u64, days: &[Day]) -> Vec<u32> {
    let mut random = Random::for_topic(seed, "epidemic");
    let waves = WAVES.map(|wave| Wave {
        top_day: wave.top_day + random.between(-6.0, 6.0),
        height: wave.height * random.around_one(0.2),
        rise_days: wave.rise_days * random.around_one(0.1),
        fall_days: wave.fall_days * random.around_one(0.1),
    });
    days.iter()
        .map(|day| {
            let Some(day_of_2020) = day.position.checked_sub(DAYS_OF_2019 + FIRST_CASE_DAY) else { return 0 };
            let at = (day_of_2020 + FIRST_CASE_DAY) as f64;
            let expected: f64 = waves.iter().map(|wave| bump(wave, at)).sum();
            let reporting = if matches!(day.weekday, 0 | 6) { 0.82 } else { 1.07 };
            let spread = random.around_one(0.15);
            random.count((expected + 1.2) * reporting * spread)
        })
        .collect()
}

/// The sum of two exponentials in the denominator rises fast, falls slowly, and is 1 at the top.
fn bump(wave: &Wave, at: f64) -> f64 {
    let from_top = at - wave.top_day;
    2.0 * wave.height / ((-from_top / wave.rise_days).exp() + (from_top / wave.fall_days).exp())
}

fn trailing_mean(counts: &[u32], day: usize, span: usize) -> f64 {
    let first = (day + 1).saturating_sub(span);
    let window = counts.get(first..=day).unwrap_or_default();
    window.iter().map(|count| f64::from(*count)).sum::<f64>() / window.len().max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_is_no_epidemic_in_2019() {
        let epidemic = invent(1);
        assert!(epidemic.new_cases[..DAYS_OF_2019].iter().all(|cases| *cases == 0));
        assert!(epidemic.caution[..DAYS_OF_2019].iter().all(|caution| *caution == 0.0));
    }

    #[test]
    fn the_winter_wave_is_the_highest_and_caution_stays_a_share() {
        let epidemic = invent(1);
        let top = epidemic.new_cases.iter().max().copied();
        assert_eq!(epidemic.new_cases[DAYS_OF_2019 + 310..].iter().max().copied(), top);
        assert!(epidemic.caution.iter().all(|caution| (0.0..1.0).contains(caution)));
        assert!(epidemic.closure.iter().any(|closed| *closed));
    }

    #[test]
    fn a_trailing_mean_at_the_start_uses_what_there_is() {
        assert_eq!(trailing_mean(&[2, 4, 9], 1, 10), 3.0);
        assert_eq!(trailing_mean(&[2, 4, 9], 2, 2), 6.5);
    }
}
