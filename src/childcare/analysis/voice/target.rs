//! When a text names several places: which one does it speak about?
//!
//! What stands behind a name tells its part. "B보다" is only compared with; who moved "A에서 B로" speaks of B; who lives
//! in A and walks to B speaks of A, unless the sentence is about the centre in B itself. A question that weighs two
//! places against each other speaks of both. Where none of that decides, the text speaks of several.

use std::collections::BTreeSet;

use super::place::{Attribution, Mention};
use super::spelling::Letter;

/// So many letters behind a name are looked at.
const LOOK_BEHIND: usize = 12;

const WEIGHED: [&str; 15] = [
    "나을까",
    "나은가",
    "나을지",
    "나은지",
    "중에",
    "중어디",
    "어느쪽",
    "어느곳",
    "어디가",
    "둘다",
    "모두",
    "아니면",
    "vs",
    "고민",
    "비교",
];
const MOVES: [&str; 9] = ["옮", "이사", "전학", "전원", "바꿨", "바꾸", "전입", "갈아탔", "이직"];
const COMPARED: [&str; 15] = [
    "보다",
    "에비해",
    "에비하면",
    "비하면",
    "처럼",
    "만큼",
    "말고",
    "대신",
    "못지않",
    "같은데는",
    "비교하",
    "비교해",
    "두배",
    "세배",
    "몇배",
];
/// Weighing that is over: what stands before is compared with, and the rest is the point.
const JUDGED: [&str; 3] = ["비교하면", "비교하니", "비교해보니"];
const ARRIVED: [&str; 6] = ["왔더니", "왔는데", "와서", "와보니", "오니까", "오고나서"];
const LEFT: [&str; 9] = ["에서", "살다", "살던", "살았", "다니다", "다녔", "있다가", "떠나", "원에서"];
const SIDE: [&str; 9] = ["직장", "회사", "출근", "근무", "친정", "시댁", "할머니", "일하", "본가"];
const HOME: [&str; 10] = ["사는", "살아", "살고", "삽니다", "살면", "거주", "주민", "집인", "집에서", "살거"];
const CARE: [&str; 10] = ["어린이집", "원", "국공립", "구립", "민간", "유치원", "시간제", "선생", "놀이", "급식"];
const WALKED: [&str; 10] = ["까지", "멀", "걸어", "버스", "셔틀", "자리가없", "데가없", "곳이없", "갈데", "넘어"];

/// Decides, given all place names of a text in their order.
pub fn resolve(mentions: &[Mention], letters: &[Letter]) -> Attribution {
    let inside: Vec<&Mention> = specific(mentions);
    let has_outside = mentions.iter().any(|m| m.codes.is_empty());
    let distinct: BTreeSet<&BTreeSet<String>> = inside.iter().map(|m| &m.codes).collect();
    let Some(first) = inside.first() else {
        return if has_outside { Attribution::Outside } else { Attribution::None };
    };
    if distinct.len() == 1 && !has_outside {
        return meant(&first.codes);
    }
    let text: String = letters.iter().map(|l| l.character).filter(|c| !c.is_whitespace()).collect();
    let says = |words: &[&str]| words.iter().any(|word| text.contains(word));
    let parts: Vec<Part> = mentions
        .iter()
        .filter(|m| m.codes.is_empty() || inside.contains(m))
        .map(|m| Part::of(m, letters, says(&MOVES)))
        .collect();
    if let Some(goal) = parts.iter().rev().find(|p| p.is_goal) {
        return if goal.mention.codes.is_empty() { Attribution::Outside } else { meant(&goal.mention.codes) };
    }
    let all: BTreeSet<String> = inside.iter().flat_map(|m| m.codes.iter().cloned()).collect();
    if distinct.len() == 1 {
        // A place beyond the border stands beside ours only for comparison.
        return meant(&first.codes);
    }
    if says(&WEIGHED) && !says(&JUDGED) {
        return Attribution::Several(all);
    }
    let left: Vec<&Part> =
        parts.iter().filter(|p| !p.mention.codes.is_empty() && !p.is_compared && !p.is_left).collect();
    let left: Vec<&Part> =
        if left.is_empty() { parts.iter().filter(|p| !p.mention.codes.is_empty()).collect() } else { left };
    let one = |parts: &[&Part]| {
        let codes: BTreeSet<&BTreeSet<String>> = parts.iter().map(|p| &p.mention.codes).collect();
        (codes.len() == 1).then(|| codes.first().map(|c| meant(c))).flatten()
    };
    if let Some(only) = one(&left) {
        return only;
    }
    let homes: Vec<&Part> = left.iter().copied().filter(|p| p.is_home).collect();
    let centres: Vec<&Part> = left.iter().copied().filter(|p| p.is_care && !p.is_home).collect();
    let decided = match (one(&homes), one(&centres)) {
        (Some(home), Some(_)) if says(&WALKED) => Some(home),
        (Some(_), Some(centre)) => Some(centre),
        (Some(home), None) => Some(home),
        (None, _) => None,
    };
    let subjects: Vec<&Part> = left.iter().copied().filter(|p| !p.is_side).collect();
    decided
        .or_else(|| one(&subjects))
        .or_else(|| {
            // "A는 되는데 B는 안 되네": of two subjects the one behind the turn is the point.
            let topics: Vec<&Part> = left.iter().copied().filter(|p| p.is_topic).collect();
            let turned = says(&["는데", "지만", "은데"]);
            topics.last().filter(|_| topics.len() > 1 && turned).map(|p| meant(&p.mention.codes))
        })
        .unwrap_or(Attribution::Several(all))
}

/// Mentions inside the district, without shared names of which a closer one stands beside them: 상도동 숭실대.
fn specific(mentions: &[Mention]) -> Vec<&Mention> {
    let inside: Vec<&Mention> = mentions.iter().filter(|m| !m.codes.is_empty()).collect();
    inside
        .iter()
        .copied()
        .filter(|m| !inside.iter().any(|other| other.codes.len() < m.codes.len() && other.codes.is_subset(&m.codes)))
        .collect()
}

fn meant(codes: &BTreeSet<String>) -> Attribution {
    match codes.first() {
        Some(code) if codes.len() == 1 => Attribution::One(code.clone()),
        _ => Attribution::Ambiguous(codes.clone()),
    }
}

struct Part<'a> {
    mention: &'a Mention,
    is_goal: bool,
    is_compared: bool,
    is_left: bool,
    is_side: bool,
    is_home: bool,
    is_care: bool,
    is_topic: bool,
}

impl<'a> Part<'a> {
    fn of(mention: &'a Mention, letters: &[Letter], moves: bool) -> Self {
        let behind: String = letters[mention.letters.end.min(letters.len())..]
            .iter()
            .map(|l| l.character)
            .filter(|c| !c.is_whitespace())
            .take(LOOK_BEHIND)
            .collect();
        // Station, side and centre may stand between the name and its particle: 대방동 쪽으로, 상도1동 어린이집보다.
        let near: String = behind.chars().take(8).collect();
        let directly = |words: &[&str]| words.iter().any(|word| behind.starts_with(word));
        let soon = |words: &[&str]| words.iter().any(|word| near.contains(word));
        let goal_particle = directly(&["로", "으로", "쪽으로", "원으로", "어린이집으로", "국공립으로"]);
        let goal = soon(&MOVES) || behind.contains("왔") || moves;
        Self {
            mention,
            is_goal: goal_particle && goal || directly(&ARRIVED),
            is_compared: soon(&COMPARED),
            is_left: directly(&LEFT) && moves || directly(&["살다", "살던", "살았", "다니다", "에살다", "에서살다"]),
            is_side: soon(&SIDE),
            is_home: soon(&HOME) || directly(&["에살", "에사"]),
            is_care: directly(&CARE) || directly(&["에있는어린이집", "에있는원", "쪽어린이집"]),
            is_topic: directly(&["은", "는", "엔", "에는", "쪽은", "어린이집은"]),
        }
    }
}
