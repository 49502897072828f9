//! Posts by what must change their reading and what must not.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use super::*;
use crate::childcare::lexicon;
use crate::text::dictionary::Dictionary;
use crate::text::testing::real_files;
use crate::text::tokeniser::Tokeniser;

fn gazetteer() -> Gazetteer {
    let names = [("1", "상도제1동"), ("2", "상도제2동"), ("3", "대방동"), ("4", "신대방제1동"), ("5", "신대방제2동")];
    let names: Vec<(String, String)> =
        names.iter().map(|(code, name)| ((*code).to_owned(), (*name).to_owned())).collect();
    lexicon::gazetteer(&names, &lexicon::shipped_names().unwrap())
}

#[test]
fn names_are_read_in_any_spelling_and_shared_names_stay_open() {
    let gazetteer = gazetteer();
    let one = |code: &str| Attribution::One(code.to_owned());
    let set = |codes: &[&str]| codes.iter().map(|c| (*c).to_owned()).collect::<BTreeSet<_>>();
    for (text, expected) in [
        ("상도1동 어린이집", one("1")),
        ("상도제1동 어린이집", one("1")),
        ("상도 1 동 어린이집", one("1")),
        ("상도 일동 어린이집", one("1")),
        ("상도 이동 중에 어린이집", Attribution::Ambiguous(set(&["1", "2"]))),
        ("대방동에는 자리가 있다", one("3")),
        ("신대방1동에는 자리가 있다", one("4")),
        ("신대방동에는 자리가 있다", Attribution::Ambiguous(set(&["4", "5"]))),
        ("상도동 어디든", Attribution::Ambiguous(set(&["1", "2"]))),
        ("상도1동과 대방동 가운데 어디", Attribution::Several(set(&["1", "3"]))),
        ("상도1동에서 대방동으로 옮겼다", one("3")),
        ("방배동 어린이집", Attribution::Outside),
        ("어린이집 자리", Attribution::None),
        ("아이 2명 상도동", Attribution::Ambiguous(set(&["1", "2"]))),
    ] {
        assert_eq!(gazetteer.attribute(text), expected, "{text}");
    }
}

/// A tokeniser with the real dictionary and the shipped words, read once for all tests.
fn tokeniser(test: &str) -> Option<&'static Tokeniser> {
    static TOKENISER: OnceLock<Option<Tokeniser>> = OnceLock::new();
    TOKENISER
        .get_or_init(|| {
            let dictionary = Dictionary::from_bytes(real_files(test)?).unwrap();
            Some(Tokeniser::new(dictionary, &lexicon::user_words().unwrap()).unwrap())
        })
        .as_ref()
}

/// A post of its own author, one a day.
fn post(at: usize, text: &str) -> PostInput {
    let first = chrono::NaiveDate::from_ymd_opt(2021, 1, 1).unwrap();
    PostInput {
        id: format!("{at:03}"),
        on: first + chrono::Days::new(at as u64),
        channel: ["cafe", "blog"][at % 2].into(),
        author: Some(format!("author {at}")),
        text: text.to_owned(),
    }
}

fn read(texts: &[&str]) -> Option<Vec<Reading>> {
    static LISTENING: OnceLock<Listening> = OnceLock::new();
    let listening = LISTENING.get_or_init(|| lexicon::listening().unwrap());
    let tokeniser = tokeniser(std::thread::current().name().unwrap_or("a test of posts"))?;
    let posts: Vec<PostInput> = texts.iter().enumerate().map(|(at, text)| post(at, text)).collect();
    Some(read_posts(&posts, Reader { listening, gazetteer: &gazetteer(), tokeniser }))
}

#[test]
fn a_negation_turns_a_judgement_round() {
    for (plain, negated) in [
        ("어린이집 선생님이 친절해요", "어린이집 선생님이 안 친절해요"),
        ("어린이집 선생님이 친절해요", "어린이집 선생님이 친절하지 않아요"),
        ("어린이집이 마음에 들고 만족해요", "어린이집이 만족스럽지 못해요"),
    ] {
        let Some(readings) = read(&[plain, negated]) else { return };
        assert_eq!(readings[0].polarity, Polarity::Positive, "{plain}");
        assert_eq!(readings[1].polarity, Polarity::Negative, "{negated}");
    }
}

#[test]
fn a_complaint_a_praise_and_a_question_are_told_apart() {
    let Some(readings) = read(&[
        "어린이집 급식이 너무 부실해서 불만입니다",
        "어린이집 선생님께 정말 감사해요",
        "어린이집 신청은 어디서 하나요?",
    ]) else {
        return;
    };
    let polarities: Vec<Polarity> = readings.iter().map(|r| r.polarity).collect();
    assert_eq!(polarities, [Polarity::Negative, Polarity::Positive, Polarity::Neutral]);
}

#[test]
fn adverts_other_subjects_and_copies_are_left_out_and_everything_else_is_counted_once() {
    let texts = [
        "상도1동 어린이집 좋아요",
        "상도1동  어린이집 좋아요 https://ex.kr/1",
        "어린이집 특가 할인 이벤트 대방동",
        "대방동 맛집 다녀왔어요",
        "대방동 어린이집 대기가 길어요",
        "상도동 어린이집 어때요?",
        "방배동 어린이집 어때요?",
        "어린이집 어때요?",
    ];
    let Some(readings) = read(&texts) else { return };
    let codes: Vec<String> = ["1", "2", "3"].map(str::to_owned).to_vec();
    let tally = tally(&readings, &codes);
    let totals: Vec<u64> = codes.iter().map(|code| tally.dongs[code].iter().sum()).collect();
    assert_eq!(totals, [1, 0, 1]);
    assert_eq!((tally.unresolved.iter().sum::<u64>(), tally.outside.iter().sum::<u64>()), (2, 1));
    assert_eq!((tally.duplicates, tally.left_out), (1, 2));
    let all: u64 = tally.dongs.values().chain([&tally.unresolved, &tally.outside]).flatten().sum();
    assert_eq!(all + tally.duplicates + tally.left_out, texts.len() as u64);
}

#[test]
fn the_order_of_a_file_and_copies_leave_volumes_alone_and_another_name_moves_the_count() {
    let texts = ["상도1동 어린이집 좋아요", "상도2동 어린이집 멀어요", "대방동 유치원 소식"];
    let shuffled = [texts[2], texts[0], texts[1], texts[0], texts[2]];
    let codes: Vec<String> = ["1", "2", "3"].map(str::to_owned).to_vec();
    let Some((first, second)) = read(&texts).zip(read(&shuffled)) else { return };
    assert_eq!(tally(&first, &codes).dongs, tally(&second, &codes).dongs);
    let Some(moved) = read(&["상도2동 어린이집 좋아요", texts[1], texts[2]]) else { return };
    let totals: Vec<u64> = tally(&moved, &codes).dongs.values().map(|counts| counts.iter().sum()).collect();
    assert_eq!(totals, [0, 2, 1]);
}

#[test]
fn of_several_places_the_one_that_is_spoken_about_is_taken() {
    let gazetteer = gazetteer();
    let one = |code: &str| Attribution::One(code.to_owned());
    let set = |codes: &[&str]| codes.iter().map(|c| (*c).to_owned()).collect::<BTreeSet<_>>();
    for (text, expected) in [
        ("상도1동보다 대방동 어린이집이 훨씬 깨끗해요", one("3")),
        ("상도2동 사는데 자리가 없어서 대방동까지 다녀요", one("2")),
        ("상도1동 살다가 신대방2동으로 이사 왔어요", one("5")),
        ("직장은 신대방1동이지만 대방동 어린이집 선생님이 좋아요", Attribution::Several(set(&["3", "4"]))),
        ("상도2동서 삼 년 살았고 대방동 왔더니 애 표정이 달라졌어요", one("3")),
        ("상도1동이랑 비교하면 신대방2동은 평지라 다니기 좋아요", one("5")),
        ("대방동 대기가 신대방2동 두 배네요", one("3")),
        ("상도1동은 자리가 있는데 상도2동은 하나도 없네요", one("2")),
        ("상도1동 상도2동 중에 어디가 나을까요", Attribution::Several(set(&["1", "2"]))),
        ("상도이동 유치원 맞나요", one("2")),
        ("상도1, 2동 다 대기래요", Attribution::Several(set(&["1", "2"]))),
        ("상도동 숭실대 앞 어린이집", one("1")),
        ("대방동에서 방배동으로 이사했어요", Attribution::Outside),
        ("싸도1동 말고 샹도1동", one("1")),
        ("포항 상도동 어린이집", Attribution::Outside),
        ("일본동화책 읽어 주는 어린이집", Attribution::None),
        ("상도덕이 없는 원장", Attribution::None),
        ("이상도 없이 잘 지내요", Attribution::None),
    ] {
        assert_eq!(gazetteer.attribute(text), expected, "{text}");
    }
}

#[test]
fn issues_are_told_apart_and_each_has_its_own_polarity() {
    let Some(readings) = read(&[
        "대방동 어린이집 선생님은 정말 친절하고 좋으신데 급식이 너무 부실해요",
        "시간제보육 예약이 늘 마감이라 이용을 못 해요",
        "연장반은 몇 시까지 하나요?",
    ]) else {
        return;
    };
    let of = |at: usize| readings[at].issues.iter().map(|(i, p)| (*i, *p)).collect::<Vec<_>>();
    assert_eq!(of(0), [(Issue::Teacher, Polarity::Positive), (Issue::Meal, Polarity::Negative)]);
    assert_eq!(of(1), [(Issue::PartTime, Polarity::Negative)]);
    assert_eq!(of(2), [(Issue::Hours, Polarity::Neutral)]);
}

#[test]
fn the_name_of_a_place_does_not_change_what_a_post_says() {
    let sentence = |dong: &str| format!("{dong} 어린이집 대기가 너무 길어서 답답해요");
    let texts: Vec<String> = ["상도1동", "대방동", "신대방2동", "사당역"].into_iter().map(sentence).collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let Some(readings) = read(&texts) else { return };
    for reading in &readings {
        assert_eq!((reading.polarity, &reading.issues), (readings[0].polarity, &readings[0].issues));
    }
}

#[test]
fn any_text_at_all_is_read() {
    let long = "가".repeat(20_000);
    let laughter = "ㅋ".repeat(20_000);
    let emoji = "😀👨‍👩‍👧🇰🇷".repeat(50);
    let odd = ["", " ", "\u{0}", "<script>alert(1)</script>", "'; DROP TABLE post; --", &long, &laughter, &emoji];
    let Some(readings) = read(&odd) else { return };
    assert_eq!(readings.len(), odd.len());
    assert!(readings.iter().all(|r| r.attribution == Attribution::None));
}

#[test]
fn the_parts_of_the_volumes_add_up_and_neither_order_nor_copies_change_them() {
    let texts = [
        "상도1동 어린이집 선생님이 친절해요",
        "대방동 어린이집 대기가 길어요",
        "상도동 어린이집 급식이 부실해요",
        "방배동 어린이집이 좋아요",
        "어린이집 연장반은 몇 시까지 하나요?",
    ];
    let codes: Vec<String> = ["1", "2", "3"].map(str::to_owned).to_vec();
    let Some(readings) = read(&texts) else { return };
    let found = volumes(&readings, &codes, Grain::Month).unwrap();
    assert_eq!(found.places.rows, ["1", "2", "3", "unresolved"]);
    assert_eq!(found.places.counts, [[1], [0], [1], [2]], "outside is not counted");
    let all = |counts: &Counts| counts.counts.iter().flatten().sum::<u64>();
    assert_eq!(all(&found.places), all(&found.channels));
    // Issues in time are the issues by place once more.
    let by_place = tally(&readings, &codes).issues;
    let sum = |counts: &[[u64; 3]]| -> [u64; 3] { std::array::from_fn(|p| counts.iter().map(|c| c[p]).sum()) };
    assert_eq!(found.issues.keys().collect::<Vec<_>>(), by_place.keys().collect::<Vec<_>>());
    assert!(
        !found.issues.is_empty() && found.issues.iter().all(|(issue, counts)| sum(counts) == sum(&by_place[issue]))
    );
    let mut copied = readings.clone();
    copied.extend(readings.iter().rev().map(|r| Reading { duplicate: true, ..r.clone() }));
    copied.reverse();
    assert_eq!(volumes(&copied, &codes, Grain::Month).unwrap(), found);
    assert_eq!(tally(&copied, &codes).issues, tally(&readings, &codes).issues);
    assert_ne!(volumes(&readings, &codes, Grain::Week).unwrap().grain, found.grain);
    assert!(volumes(&[], &codes, Grain::Month).is_none());
}

#[test]
fn a_near_copy_within_a_month_counts_once_and_another_place_or_a_later_day_counts_again() {
    let text = |dong: &str, end: &str| {
        format!("{dong} 국공립어린이집 대기가 너무 길어서 복직을 미루었습니다. 자리를 늘려 주세요 정말 답답합니다{end}")
    };
    let same = [text("상도1동", ""), text("상도1동", " ㅠㅠ"), text("상도2동", ""), text("대방동", " 제발요")];
    let same: Vec<&str> = same.iter().map(String::as_str).collect();
    let copies = |texts: &[&str]| Some(read(texts)?.iter().map(|r| r.duplicate).collect::<Vec<_>>());
    let Some(found) = copies(&same) else { return };
    assert_eq!(found, [false, true, false, false]);
    // One post a day: the near copy comes five weeks after the first.
    let mut later = vec![same[0]];
    let fillers: Vec<String> = (0..34).map(|n| format!("어린이집 소식 {n}")).collect();
    later.extend(fillers.iter().map(String::as_str));
    later.push(same[1]);
    assert_eq!(copies(&later).unwrap().last(), Some(&false));
}

/// Forty posts of two kinds; "급식" and "반찬" stand in the complaints, "산책" in the praise.
fn said(authors: usize) -> Option<Vec<Reading>> {
    let texts: Vec<String> = (0..40)
        .map(|n| match n % 2 {
            0 => format!("상도1동 어린이집 급식 부실 반찬 적어요 {n}"),
            _ => format!("대방동 어린이집 산책 자주 가서 좋아요 {n}"),
        })
        .collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let readings = read(&texts)?;
    Some(
        readings
            .into_iter()
            .enumerate()
            .map(|(at, r)| Reading { author: Some(format!("{}", at % authors)), ..r })
            .collect(),
    )
}

#[test]
fn words_that_set_a_group_apart_are_found_with_their_neighbours() {
    let Some(readings) = said(40) else { return };
    let found = keywords(&readings);
    let of = |issue, polarity| {
        let group = Group { place: None, issue, polarity };
        found.get(&group).map(|words| words.iter().map(|w| w.term.as_str()).collect::<Vec<_>>()).unwrap_or_default()
    };
    let complaints = of(None, Some(Polarity::Negative));
    assert!(complaints.contains(&"급식") && !complaints.contains(&"산책"), "{complaints:?}");
    assert!(of(None, Some(Polarity::Positive)).contains(&"산책"));
    assert!(of(Some(Issue::Meal), Some(Polarity::Negative)).contains(&"급식"));
    let group = Group { place: Some("1".to_owned()), issue: None, polarity: None };
    let word = found[&group].iter().find(|w| w.term == "급식").unwrap();
    assert_eq!(word.posts, 20);
    assert!(word.z > 1.96 && word.p_adjusted < 0.05 && word.log_odds > 0.0, "{word:?}");
}

#[test]
fn a_word_of_few_authors_is_never_shown() {
    let Some(readings) = said(2) else { return };
    assert!(keywords(&readings).is_empty(), "two authors");
    let Some(unknown) = said(40) else { return };
    let unknown: Vec<Reading> = unknown.into_iter().map(|r| Reading { author: None, ..r }).collect();
    assert!(keywords(&unknown).is_empty(), "authors that nobody knows may be one person");
}

/// What the model card promises: the committed posts give the committed weights, byte for byte.
#[test]
fn the_committed_weights_come_out_of_the_committed_posts_again() {
    let Some(tokeniser) = tokeniser("the_committed_weights_come_out_of_the_committed_posts_again") else { return };
    let committed = include_bytes!("../../../../data/model/posts.bin");
    let general = lexicon::listening().unwrap().model.general;
    let gazetteer = lexicon::gazetteer(&lexicon::shipped_dongs().unwrap(), &lexicon::shipped_names().unwrap());
    let (posts, words) = (lexicon::shipped_posts().unwrap(), lexicon::shipped().unwrap());
    let train = |settings: &TrainingSettings| {
        train_posts(&posts, general.clone(), &words, &gazetteer, tokeniser, settings).unwrap().posts.to_bytes()
    };
    assert!(train(&TrainingSettings::default()) == committed, "other posts, word lists or settings: train again");
    let other = TrainingSettings { seed: 2, ..TrainingSettings::default() };
    assert!(train(&other) != committed, "the seed takes part");
}
