//! What an analysis should be able to find in the demo must be in it.

use super::district::traits;
use super::post_writer::{Neighbourhood, Occasion, text};
use super::random::Random;
use super::testing::{checkerboard, file_of, table_of, text_of};

#[test]
fn restaurants_feel_the_last_autumn_in_the_survey() {
    let (_, rows) = table_of(file_of("bsi"));
    let first = rows.iter().position(|row| row[0] == "음식점업").expect("the block");
    let felt = |months: std::ops::Range<usize>| -> f64 {
        months.map(|month| rows[first + month][2].parse::<f64>().expect("an index")).sum::<f64>() / 4.0
    };
    assert!(felt(8..12) - felt(20..24) > 10.0);
    assert!(rows[first + 1..first + 24].iter().all(|row| row[0].is_empty()));
}

#[test]
fn homes_fill_at_night_and_busy_places_by_day() {
    let (_, rows) = table_of(file_of("floating-population"));
    // Masked cells count as nobody here; they are few and lie on hills.
    let at = |hour: &str| -> Vec<f64> {
        let of_hour = rows.iter().filter(|row| row[0] == "weekday" && row[1] == hour);
        of_hour.map(|row| row[4].parse().unwrap_or(0.0)).collect()
    };
    let (night, noon) = (at("3"), at("12"));
    let share = |full: &[f64], emptier: &[f64]| {
        full.iter().zip(emptier).filter(|(full, emptier)| **full > 1.25 * **emptier).count() as f64 / full.len() as f64
    };
    assert!(share(&night, &noon) > 0.15, "{}", share(&night, &noon));
    assert!(share(&noon, &night) > 0.15, "{}", share(&noon, &night));
    assert!(rows.iter().filter_map(|row| row[4].parse::<f64>().ok()).all(|people| people > 3.0));
}

#[test]
fn closed_centres_are_a_topic_of_the_epidemic_and_more_is_written_in_it() {
    let (mut before, mut during, mut posts) = (0, 0, [0, 0]);
    for line in text_of(file_of("posts")).lines() {
        let post: serde_json::Value = serde_json::from_str(line).expect("JSON");
        let date = post["created_at"].as_str().expect("a time");
        let closure = post["text"].as_str().expect("a text").contains("긴급돌봄");
        if date < "2020" {
            before += usize::from(closure);
        } else {
            during += usize::from(closure);
        }
        if let Some(year) = ["2019-12", "2020-12"].iter().position(|month| date.starts_with(month)) {
            posts[year] += 1;
        }
    }
    assert_eq!(before, 0);
    assert!(during > 80, "{during}");
    assert!(f64::from(posts[1]) > 1.2 * f64::from(posts[0]), "{posts:?}");
}

#[test]
fn parents_speak_of_waiting_where_places_are_short() {
    let waiting = |shortage: f64| {
        let mut traits = traits(1, &checkerboard()[0]);
        traits.childcare_shortage = shortage;
        let home = Neighbourhood { name: "상도1동".into(), traits };
        let mut random = Random::for_topic(1, "waiting");
        let occasion = Occasion { home: Some(&home), channel: "cafe", caution: 0.0 };
        (0..2_000).filter(|_| text(&mut random, &occasion).contains("차례")).count()
    };
    assert!(waiting(1.0) > waiting(0.0) * 3 / 2, "{} {}", waiting(1.0), waiting(0.0));
}
