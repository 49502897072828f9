//! Puts a post together: a place or none, one or two sentences of a topic, an ending, and the habits of the channel.

use super::district::Traits;
use super::post_phrases::{
    ADVERTS, ASKING_ENDINGS, BLOG_FILLERS, CROSS_ENDINGS, ELSEWHERE, GLAD_ENDINGS, NEWS, OFF_TOPIC, STATIONS, TAGS,
    WITH_PLACE, WITHOUT_PLACE,
};
use super::post_topics::{TOPICS, Topic};
use super::random::Random;

/// Telephone numbers in posts begin with 010-0, which no operator hands out.
const WITH_A_PHONE_NUMBER: f64 = 0.02;

/// Shares of posts about childcare, about other things, and of adverts.
const SUBJECTS: [f64; 3] = [0.76, 0.15, 0.09];

/// A dong as its people write about it.
pub struct Neighbourhood {
    pub name: String,
    pub traits: Traits,
}

/// Where, through which channel and in what mood a post is written.
pub struct Occasion<'a> {
    pub home: Option<&'a Neighbourhood>,
    pub channel: &'a str,
    /// Share of the strongest caution in the epidemic.
    pub caution: f64,
}

/// The text of a post.
pub fn text(random: &mut Random, occasion: &Occasion<'_>) -> String {
    if occasion.channel == "news" {
        let place = occasion.home.map_or_else(|| "구".into(), |home| home.name.clone());
        return filled(random, &NEWS, &place);
    }
    let mut text = match random.weighted(SUBJECTS.into_iter()) {
        0 => about_childcare(random, occasion),
        1 => {
            let place = place(random, occasion.home).unwrap_or_default();
            filled(random, &OFF_TOPIC, &place)
        }
        _ => {
            let place = place(random, occasion.home).unwrap_or_default();
            filled(random, &ADVERTS, &place)
        }
    };
    if random.chance(WITH_A_PHONE_NUMBER) {
        text.push_str(&format!(" 쪽지 말고 {}로 연락 주세요", phone_number(random)));
    }
    text
}

/// How people name where they are: the dong as everybody says it, as the register writes it, the old dong without its
/// number, a station, or a place beyond the border; often nothing at all.
fn place(random: &mut Random, home: Option<&Neighbourhood>) -> Option<String> {
    let name = &home?.name;
    let digit = name.find(|letter: char| letter.is_ascii_digit());
    let kind = random.weighted([0.40, 0.07, 0.08, 0.10, 0.04, 0.31].into_iter());
    match (kind, digit) {
        (0, _) | (1 | 2, None) => Some(name.clone()),
        (1, Some(digit)) => name.split_at_checked(digit).map(|(start, end)| format!("{start}제{end}")),
        (2, Some(digit)) => name.get(..digit).map(|start| format!("{start}동")),
        (3, _) => Some(random.word(&STATIONS).to_owned()),
        (4, _) => Some(random.word(&ELSEWHERE).to_owned()),
        _ => None,
    }
}

/// A mood with its sentences and endings.
type Mood = (&'static [&'static str], &'static [&'static str]);

fn about_childcare(random: &mut Random, occasion: &Occasion<'_>) -> String {
    let shortage = occasion.home.map_or(0.5, |home| home.traits.childcare_shortage);
    let weight = |topic: &Topic| topic.weight + topic.epidemic * occasion.caution + topic.shortage * shortage;
    let mut parts = vec![match place(random, occasion.home) {
        Some(place) => filled(random, &WITH_PLACE, &place),
        None => random.word(&WITHOUT_PLACE).to_owned(),
    }];
    let mut ending = "";
    // Every fourth post speaks of a second thing.
    let topics = if random.chance(0.25) { 2 } else { 1 };
    for _ in 0..topics {
        let Some(topic) = TOPICS.get(random.weighted(TOPICS.iter().map(weight))) else { break };
        let (sentences, endings) = mood(random, topic, shortage);
        let sentence = filled(random, sentences, "");
        parts.push(if sentence.ends_with(['요', '다', '네']) { format!("{sentence}.") } else { sentence });
        ending = random.word(endings);
    }
    if occasion.channel == "blog" {
        parts.extend((0..random.whole(1, 2)).map(|_| random.word(&BLOG_FILLERS).to_owned()));
    }
    parts.push(ending.to_owned());
    if matches!(occasion.channel, "insta" | "twitter") {
        for _ in 0..random.whole(1, 3) {
            let tag = random.word(&TAGS).to_owned();
            if !parts.contains(&tag) {
                parts.push(tag);
            }
        }
    }
    parts.retain(|part| !part.is_empty());
    // Short messages are written without the opening half of the time.
    let skipped = usize::from(occasion.channel == "twitter" && parts.len() > 2 && random.chance(0.3));
    parts.get(skipped..).unwrap_or_default().join(" ")
}

fn mood(random: &mut Random, topic: &Topic, shortage: f64) -> Mood {
    let cross = 0.36 + 0.12 * topic.shortage * (shortage - 0.5);
    match random.weighted([0.34, cross, 0.24].into_iter()) {
        0 => (topic.glad, &GLAD_ENDINGS),
        1 => (topic.cross, &CROSS_ENDINGS),
        _ => (topic.asking, &ASKING_ENDINGS),
    }
}

/// One of the sentences with its blanks filled.
fn filled(random: &mut Random, sentences: &[&'static str], place: &str) -> String {
    let sentence = random.word(sentences);
    let number = random.whole(2, 8).to_string();
    let telephone = phone_number(random);
    sentence.replace("{p}", place).replace("{n}", &number).replace("{t}", &telephone).trim_start().to_owned()
}

fn phone_number(random: &mut Random) -> String {
    format!("010-0{}-{:04}", random.whole(100, 999), random.whole(0, 9_999))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_blank_is_left_unfilled() {
        let mut random = Random::for_topic(3, "writer");
        for channel in ["cafe", "blog", "twitter", "insta", "news"] {
            for _ in 0..400 {
                let text = text(&mut random, &Occasion { home: None, channel, caution: 0.7 });
                assert!(!text.contains('{') && !text.trim().is_empty(), "{text}");
            }
        }
    }
}
