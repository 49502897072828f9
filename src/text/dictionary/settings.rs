//! `dicrc`: the one setting of the dictionary that the lattice needs.

use super::DictionaryError;

const FILE: &str = "dicrc";
const KEY: &str = "left-space-penalty-factor";

/// The largest penalty that is believed. The sum of 10,000 words' costs must stay within an `i32`: each word brings at
/// most 2 * 32,768 of its own and of its connection and this.
pub const LARGEST_PENALTY: i32 = 65_535;

/// What it costs when a word of a part of speech that clings to the word before it (a particle, an ending) stands
/// after white space; by part-of-speech id. Only Korean dictionaries have it.
#[derive(Debug, Default)]
pub struct LeftSpacePenalties {
    by_part_of_speech: Vec<(u16, i32)>,
}

impl LeftSpacePenalties {
    /// Reads `left-space-penalty-factor = id,cost,id,cost…`. A dictionary without the line has no penalties.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, DictionaryError> {
        let text = std::str::from_utf8(bytes).map_err(|_| unfit("is not UTF-8".to_owned()))?;
        let value = text.lines().filter_map(|line| line.split_once('=')).find(|(key, _)| key.trim() == KEY);
        let Some((_, value)) = value else { return Ok(Self::default()) };
        let numbers = value
            .split(',')
            .map(|field| {
                field.trim().parse::<i32>().map_err(|_| unfit(format!("{KEY}: `{}` is no number", field.trim())))
            })
            .collect::<Result<Vec<i32>, _>>()?;
        let (pairs, rest) = numbers.as_chunks::<2>();
        if !rest.is_empty() {
            return Err(unfit(format!("{KEY}: {} numbers are not pairs", numbers.len())));
        }
        let by_part_of_speech = pairs
            .iter()
            .map(|[id, cost]| {
                let id = u16::try_from(*id).map_err(|_| unfit(format!("{KEY}: {id} is no part-of-speech id")))?;
                if !(0..=LARGEST_PENALTY).contains(cost) {
                    return Err(unfit(format!("{KEY}: the penalty {cost} is not within 0..={LARGEST_PENALTY}")));
                }
                Ok((id, *cost))
            })
            .collect::<Result<_, _>>()?;
        Ok(Self { by_part_of_speech })
    }

    /// The penalty of a part of speech; 0 for all that are not named.
    pub fn of(&self, part_of_speech_id: u16) -> i32 {
        self.by_part_of_speech.iter().find(|(id, _)| *id == part_of_speech_id).map_or(0, |(_, cost)| *cost)
    }
}

fn unfit(reason: String) -> DictionaryError {
    DictionaryError::Unfit { file: FILE, reason }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_become_penalties_and_others_cost_nothing() {
        let penalties =
            LeftSpacePenalties::from_bytes(b"; note\nx = 1\nleft-space-penalty-factor = 100,3000,120,6000\n");
        let penalties = penalties.unwrap();
        assert_eq!([penalties.of(100), penalties.of(120), penalties.of(150)], [3000, 6000, 0]);
    }

    #[test]
    fn an_id_without_a_cost_is_refused() {
        assert!(LeftSpacePenalties::from_bytes(b"left-space-penalty-factor = 100,3000,120").is_err());
        assert!(LeftSpacePenalties::from_bytes(b"left-space-penalty-factor = 100,many").is_err());
    }

    #[test]
    fn a_dictionary_of_another_language_has_no_penalties() {
        assert_eq!(LeftSpacePenalties::from_bytes(b"cost-factor = 700\n").unwrap().of(120), 0);
    }
}
