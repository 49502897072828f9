use std::collections::BTreeMap;

use super::*;
use crate::demo::testing::{checkerboard, file_of, generated, table_of, text_of};

/// Sales of each week of 2020 against the same week of 2019, as logarithms; week 0 begins on 2019-01-07 and 2020-01-06.
fn yearly_change(trades: &[&str]) -> Vec<f64> {
    let mut by_day: BTreeMap<String, i64> = BTreeMap::new();
    for file in generated().iter().filter(|file| file.name.starts_with("card-sales-")) {
        for row in table_of(file).1.iter().filter(|row| trades.contains(&row[3].as_str())) {
            *by_day.entry(row[0].clone()).or_default() += row[6].parse::<i64>().expect("whole won");
        }
    }
    let week = |first: usize| -> f64 {
        (first..first + 7).map(|day| by_day[&days::date_at(day).format("%Y%m%d").to_string()] as f64).sum()
    };
    (0..51).map(|number| (week(370 + 7 * number) / week(6 + 7 * number)).ln()).collect()
}

fn weekly_cases() -> Vec<f64> {
    let (_, rows) = table_of(file_of("covid-cases"));
    let cases: Vec<f64> = rows.iter().map(|row| row[2].parse().expect("a count")).collect();
    (0..51).map(|number| cases[370 + 7 * number..377 + 7 * number].iter().sum::<f64>().ln_1p()).collect()
}

fn correlation(left: &[f64], right: &[f64]) -> f64 {
    let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len() as f64;
    let (left_mean, right_mean) = (mean(left), mean(right));
    let sum = |pairs: &mut dyn Iterator<Item = f64>| pairs.sum::<f64>();
    let both = sum(&mut left.iter().zip(right).map(|(a, b)| (a - left_mean) * (b - right_mean)));
    let spread = |values: &[f64], mean: f64| values.iter().map(|value| (value - mean).powi(2)).sum::<f64>().sqrt();
    both / spread(left, left_mean) / spread(right, right_mean)
}

#[test]
fn pubs_and_karaoke_fall_when_cases_rise() {
    let moved = correlation(&yearly_change(&["SYN06", "SYN17"]), &weekly_cases());
    assert!(moved < -0.6, "correlation {moved}");
}

#[test]
fn online_shopping_rises_when_cases_rise() {
    let moved = correlation(&yearly_change(&["SYN11"]), &weekly_cases());
    assert!(moved > 0.5, "correlation {moved}");
}

#[test]
fn pubs_lose_more_than_a_quarter_in_the_worst_week() {
    let change = yearly_change(&["SYN06"]);
    let lowest = change.iter().copied().fold(f64::INFINITY, f64::min);
    assert!(lowest < 0.75_f64.ln(), "lowest {lowest}");
}

#[test]
fn names_of_trades_are_padded_and_amounts_are_whole_won() {
    let (_, rows) = table_of(file_of("card-sales"));
    assert!(rows.iter().all(|row| row[4].chars().count() == NAME_WIDTH && row[4].ends_with(' ')));
    assert!(rows.iter().all(|row| row[6].parse::<i64>().is_ok_and(|won| won >= 0)));
    assert!(rows.iter().all(|row| (row[5] == "0") == (row[6] == "0")));
}

#[test]
fn each_year_holds_nearly_every_day_of_every_cell() {
    let rows: Vec<usize> = generated()
        .iter()
        .filter(|file| file.name.starts_with("card-sales-"))
        .map(|file| text_of(file).lines().count() - 1)
        .collect();
    assert_eq!(rows.len(), 2);
    assert!((300 * 365 - 1_500..300 * 365).contains(&rows[0]), "{rows:?}");
    assert!((300 * 366 - 1_500..300 * 366).contains(&rows[1]), "{rows:?}");
}

#[test]
fn the_oddities_of_real_files_are_there() {
    let dongs = checkerboard();
    let days = days::all();
    let cells = cells(7, &dongs, &days);
    let longest_run = |cell: &Cell<'_>, wanted: &dyn Fn(&Sale) -> bool| {
        cell.sales.split(|sale| !wanted(sale)).map(<[Sale]>::len).max().unwrap_or(0)
    };
    let gaps = cells.iter().filter(|cell| longest_run(cell, &|sale| sale.is_none()) >= 12).count();
    let closed =
        cells.iter().filter(|cell| longest_run(cell, &|sale| matches!(sale, Some((0, 0)) | None)) >= 30).count();
    let sunday_closers = cells
        .iter()
        .filter(|cell| {
            days.iter()
                .zip(&cell.sales)
                .filter(|(day, _)| day.weekday == 6)
                .all(|(_, sale)| matches!(sale, None | Some((0, 0))))
        })
        .count();
    let small = dongs
        .iter()
        .flat_map(|dong| TRADES.iter().map(move |trade| shops::of_trade(7, dong, &traits(7, dong), trade)))
        .filter(|shops| *shops < 3)
        .count();
    assert!((1..=20).contains(&gaps), "{gaps} gaps");
    assert!((1..=20).contains(&closed), "{closed} closed");
    assert!((30..=120).contains(&sunday_closers), "{sunday_closers} rest on Sundays");
    assert!((3..=40).contains(&small), "{small} small cells");
}

/// The systematic part of a trade's sales on a date, in a world without an epidemic.
fn quiet_log(card_code: &str, date: &str) -> f64 {
    let quiet = Epidemic { new_cases: vec![0; DAYS], caution: vec![0.0; DAYS], closure: vec![false; DAYS] };
    let days = days::all();
    let day = days.iter().find(|day| day.date.to_string() == date).expect("a day of the demo");
    let trade = TRADES.iter().find(|trade| trade.card_code == card_code).expect("a trade");
    expected_log(trade, day, &quiet, 1.0)
}

#[test]
fn food_shops_gain_when_the_relief_money_comes_and_lose_it_again() {
    let gain = quiet_log("SYN08", "2020-05-13") - quiet_log("SYN08", "2020-05-06");
    let a_season_later = quiet_log("SYN08", "2020-08-26") - quiet_log("SYN08", "2020-05-06");
    let online = quiet_log("SYN11", "2020-05-13") - quiet_log("SYN11", "2020-05-06");
    assert!(gain > 0.1 && a_season_later.abs() < 0.05 && online.abs() < 0.02, "{gain} {a_season_later} {online}");
}

#[test]
fn cafes_are_nearly_empty_on_seollal_and_food_shops_full_before_it() {
    // Both pairs are the same day of the week.
    assert!(quiet_log("SYN05", "2019-02-05") - quiet_log("SYN05", "2019-01-22") < -0.8);
    assert!(quiet_log("SYN08", "2019-02-01") - quiet_log("SYN08", "2019-01-18") > 0.2);
}

#[test]
fn online_shopping_grows_from_year_to_year_and_coffee_has_its_season() {
    let growth = quiet_log("SYN11", "2020-03-10") - quiet_log("SYN11", "2019-03-12");
    assert!((0.10..0.14).contains(&growth), "{growth}");
    assert!(quiet_log("SYN05", "2019-07-16") - quiet_log("SYN05", "2019-01-15") > 0.1);
}

#[test]
fn karaoke_rooms_shut_on_an_order_and_convenience_stores_do_not() {
    let days = days::all();
    let day = days.last().expect("a last day");
    let change = |card_code: &str| {
        let trade = TRADES.iter().find(|trade| trade.card_code == card_code).expect("a trade");
        let world = |shut| Epidemic { new_cases: vec![0; DAYS], caution: vec![0.0; DAYS], closure: vec![shut; DAYS] };
        expected_log(trade, day, &world(true), 1.0) - expected_log(trade, day, &world(false), 1.0)
    };
    assert!(change("SYN17") < 0.25_f64.ln());
    assert_eq!(change("SYN07"), 0.0);
}
