//! What word lists see in a text: a handful of numbers beside the hashed features.

use super::cues::CueCounts;
use super::lexical::{WordLists, judgements};
use super::{Issue, Strength, VoiceModel};
use crate::text::classifier::features::features;
use crate::text::tokeniser::Morpheme;

/// How many numbers there are.
pub const SIGNALS: usize = FIRST_HINT + Issue::ALL.len();
const FIRST_ISSUE: usize = 24;
const FIRST_HINT: usize = FIRST_ISSUE + Issue::ALL.len();

/// Last syllables of the endings that turn a sentence: -는데, -지만, -더니, -으나.
const BUTS: [&str; 5] = ["데", "데도", "지만", "더니", "으나"];

/// A clause: a range of morphemes, and its bytes in the text.
pub struct Clause {
    /// Morphemes.
    pub morphemes: std::ops::Range<usize>,
    /// Bytes.
    pub bytes: std::ops::Range<usize>,
}

/// Cuts a text at the ends of sentences and after a "but".
pub fn clauses(text: &str, morphemes: &[Morpheme]) -> Vec<Clause> {
    let mut clauses = Vec::new();
    let mut start = 0;
    for (at, morpheme) in morphemes.iter().enumerate() {
        let ends_sentence = morpheme.tag == "SF"
            || (morpheme.tag.ends_with("EF") && morphemes.get(at + 1).is_none_or(|next| next.tag != "SF"));
        let is_but = morpheme.lemmas().last().is_some_and(|(lemma, _)| BUTS.iter().any(|but| lemma.ends_with(but)));
        // The dictionary often takes the -데 of 좋으신데 for the noun "place".
        let clings = at > 0 && morphemes[at - 1].tag.ends_with("ETM") && morphemes[at - 1].end == morpheme.start;
        let turns = is_but && (morpheme.tag.ends_with("EC") || (morpheme.tag == "NNB" && clings));
        if (ends_sentence || turns) && at + 1 - start >= 3 {
            clauses.push(clause(text, morphemes, start..at + 1));
            start = at + 1;
        }
    }
    if start < morphemes.len() {
        clauses.push(clause(text, morphemes, start..morphemes.len()));
    }
    clauses
}

fn clause(text: &str, morphemes: &[Morpheme], range: std::ops::Range<usize>) -> Clause {
    let start = morphemes.get(range.start).map_or(0, |m| m.start);
    let end = range.end.checked_sub(1).and_then(|last| morphemes.get(last)).map_or(text.len(), |m| m.end);
    Clause { morphemes: range, bytes: start..end }
}

/// The numbers of a text. `skip` are the bytes that say nothing.
pub fn signals(
    text: &str,
    morphemes: &[Morpheme],
    skip: &[std::ops::Range<usize>],
    words: &WordLists,
    model: &VoiceModel,
) -> [f32; SIGNALS] {
    let mut found = [0.0_f32; SIGNALS];
    let holds = |list: &[String]| list.iter().filter(|phrase| text.contains(phrase.as_str())).count() as f32;
    let ends = text.trim_end();
    found[0] = 1.0;
    let opinion = |text: &str, morphemes: &[Morpheme], skip: &[std::ops::Range<usize>]| {
        let vector = features(text, morphemes, skip, model.general.places());
        model.general.score(0, &vector).clamp(-2.0, 2.0) as f32
    };
    found[1] = opinion(text, morphemes, skip);
    let parts = clauses(text, morphemes);
    if parts.len() > 1 {
        let each: Vec<f32> = parts
            .iter()
            .map(|c| {
                let own = morphemes.get(c.morphemes.clone()).unwrap_or_default();
                let origin = c.bytes.start;
                let moved: Vec<Morpheme> = own
                    .iter()
                    .map(|m| Morpheme { start: m.start - origin, end: m.end - origin, ..m.clone() })
                    .collect();
                let inside: Vec<_> = skip
                    .iter()
                    .filter(|r| r.start >= origin && r.end <= c.bytes.end)
                    .map(|r| r.start - origin..r.end - origin)
                    .collect();
                opinion(text.get(c.bytes.clone()).unwrap_or_default(), &moved, &inside)
            })
            .collect();
        found[2] = each.last().copied().unwrap_or(found[1]);
        found[3] = each.iter().copied().fold(2.0, f32::min);
        found[4] = each.iter().copied().fold(-2.0, f32::max);
    } else {
        found[2] = found[1];
        found[3] = found[1];
        found[4] = found[1];
    }
    let lemmas: Vec<(&str, &str)> = morphemes.iter().flat_map(Morpheme::lemmas).collect();
    let (praise, complaint) = judgements(&lemmas, words);
    found[5] = (praise as f32 / 2.0).min(2.0);
    found[6] = (complaint as f32 / 2.0).min(2.0);
    found[7] = f32::from(u8::from((praise - complaint).abs() < 0.5));
    found[8] = f32::from(u8::from(ends.ends_with('?')));
    found[9] = holds(&words.questions).min(2.0);
    found[10] = holds(&words.irony).min(2.0);
    found[11] = holds(&words.notices).min(2.0);
    let has = |signs: &[&str]| f32::from(u8::from(signs.iter().any(|s| text.contains(s))));
    found[12] = has(&["ㅠ", "ㅜ", "😭", "😢", "🥲"]);
    found[13] = has(&["ㅋ", "ㅎ"]);
    found[14] = has(&["!"]);
    found[15] = has(&["...", "…", ".."]);
    found[16] = has(&["😊", "😍", "🥰", "👍", "💕", "❤", "♥", "♡", "🎉", "🙏", "✨", "^^", "😄", "🤗", "💖", "👏"]);
    found[17] = has(&["😡", "😤", "🤬", "💢", "ㅡㅡ", "😑", "🙄", "😔", "😞", ";;"]);
    found[18] = holds(&words.spam).min(3.0);
    found[19] = holds(&words.topic).min(2.0);
    found[20] = f32::from(u8::from(!ends.ends_with(['?', '.', '!']) && last_is_noun(morphemes)));
    found[21] = f32::from(u8::from(lemmas.iter().any(|(l, _)| matches!(*l, "없" | "안" | "못" | "않"))));
    found[22] = holds(&words.praise).min(3.0);
    found[23] = holds(&words.complaint).min(3.0);
    let counts = cues(text, morphemes, skip, words);
    for issue in Issue::ALL {
        found[FIRST_ISSUE + issue as usize] = f32::from(counts.of(issue, Strength::Says).min(2));
        found[FIRST_HINT + issue as usize] = f32::from(counts.of(issue, Strength::Hints).min(2));
    }
    found
}

/// The cues of the issues in a text.
pub fn cues(text: &str, morphemes: &[Morpheme], skip: &[std::ops::Range<usize>], words: &WordLists) -> CueCounts {
    let dense = without_blanks(text, skip);
    let spoken = morphemes.iter().filter(|m| !skip.iter().any(|range| range.contains(&m.start)));
    // Particles and endings are no words: 은 is not silver.
    let forms = spoken.flat_map(Morpheme::lemmas).filter(|(_, tag)| !tag.starts_with(['J', 'E', 'S']));
    words.cues.count(&dense, forms.map(|(lemma, _)| lemma))
}

fn last_is_noun(morphemes: &[Morpheme]) -> bool {
    morphemes.last().is_some_and(|m| m.tag.starts_with("NN") || m.tag.starts_with("XS"))
}

fn without_blanks(text: &str, skip: &[std::ops::Range<usize>]) -> String {
    text.char_indices()
        .filter(|(at, c)| !c.is_whitespace() && !skip.iter().any(|r| r.contains(at)))
        .flat_map(|(_, c)| c.to_lowercase())
        .collect()
}
