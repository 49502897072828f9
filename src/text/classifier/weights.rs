//! Weights as bytes: one signed byte for each place and class, with one scale a class.
//!
//! Layout: eight bytes of name and version, `u32` classes, `u32` places, then for each class an `f32` scale, an `f32`
//! threshold and one `i8` for each place. All numbers are little-endian.

use super::features::Sparse;

const MAGIC: &[u8; 8] = b"djklin01";
const HEADER_BYTES: usize = 16;
const CLASS_BYTES: usize = 8;

/// A linear model of several classes.
#[derive(Debug, Clone, PartialEq)]
pub struct Weights {
    places: u32,
    classes: Vec<Class>,
}

#[derive(Debug, Clone, PartialEq)]
struct Class {
    scale: f32,
    threshold: f32,
    weights: Vec<i8>,
}

impl Weights {
    /// Rounds learned weights to one byte each. All classes have the same number of places; each brings the score from
    /// which on a text belongs to it.
    pub fn rounded(learned: &[(Vec<f32>, f32)]) -> Self {
        let places = learned.first().map_or(0, |(weights, _)| weights.len()) as u32;
        let classes = learned
            .iter()
            .map(|(weights, threshold)| {
                let largest = weights.iter().fold(0.0_f32, |most, w| most.max(w.abs()));
                let scale = if largest > 0.0 { largest / 127.0 } else { 1.0 };
                let weights = weights.iter().map(|w| (w / scale).round() as i8).collect();
                Class { scale, threshold: *threshold, weights }
            })
            .collect();
        Self { places, classes }
    }

    /// How many places a vector may have.
    pub fn places(&self) -> u32 {
        self.places
    }

    /// How many classes there are.
    pub fn classes(&self) -> usize {
        self.classes.len()
    }

    /// The score of one class: above 0 it is reached.
    pub fn score(&self, class: usize, vector: &Sparse) -> f64 {
        let Some(class) = self.classes.get(class) else { return 0.0 };
        let sum: f32 = vector
            .iter()
            .map(|(place, value)| f32::from(class.weights.get(*place as usize).copied().unwrap_or(0)) * value)
            .sum();
        f64::from(sum * class.scale - class.threshold)
    }

    /// The bytes of a file.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = MAGIC.to_vec();
        bytes.extend((self.classes.len() as u32).to_le_bytes());
        bytes.extend(self.places.to_le_bytes());
        for class in &self.classes {
            bytes.extend(class.scale.to_le_bytes());
            bytes.extend(class.threshold.to_le_bytes());
            bytes.extend(class.weights.iter().flat_map(|w| w.to_le_bytes()));
        }
        bytes
    }

    /// Reads the bytes of a file; the error is a sentence.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, String> {
        let rest = bytes.strip_prefix(MAGIC).ok_or("This is no file of weights of this version.")?;
        let number = |at: usize| rest.get(at..at + 4).and_then(|b| b.try_into().ok()).map(u32::from_le_bytes);
        let (Some(classes), Some(places)) = (number(0), number(4)) else {
            return Err("The file of weights ends within its header.".to_owned());
        };
        let class_bytes = CLASS_BYTES as u64 + u64::from(places);
        if bytes.len() as u64 != HEADER_BYTES as u64 + u64::from(classes) * class_bytes || places == 0 || classes == 0 {
            return Err(format!(
                "The file of weights promises {classes} classes of {places} places, but has {} bytes.",
                bytes.len()
            ));
        }
        let body = bytes.get(HEADER_BYTES..).unwrap_or_default();
        let classes: Vec<Class> = body
            .chunks_exact(class_bytes as usize)
            .map(|chunk| {
                let float = |at: usize| {
                    chunk.get(at..at + 4).and_then(|b| b.try_into().ok()).map_or(f32::NAN, f32::from_le_bytes)
                };
                let weights = chunk.iter().skip(CLASS_BYTES).map(|b| i8::from_le_bytes([*b])).collect();
                Class { scale: float(0), threshold: float(4), weights }
            })
            .collect();
        if classes.iter().any(|c| !c.scale.is_finite() || !c.threshold.is_finite()) {
            return Err("The file of weights holds a scale or a threshold that is no number.".to_owned());
        }
        Ok(Self { places, classes })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_written_is_read_back() {
        let weights = Weights::rounded(&[(vec![0.5, -1.0, 0.0], 0.25), (vec![0.0, 0.0, 0.0], 0.0)]);
        assert_eq!(Weights::from_bytes(&weights.to_bytes()).unwrap(), weights);
        // 0.5 · 1 − 1.0 · 2 − 0.25, but for the rounding of 0.5 to 64 of 127 parts.
        let score = weights.score(0, &vec![(0, 1.0), (1, 2.0), (7, 9.0)]);
        assert!((score + 1.75).abs() < 0.005, "{score}");
    }

    #[test]
    fn broken_bytes_are_refused_with_a_sentence() {
        let good = Weights::rounded(&[(vec![1.0; 4], 0.0)]).to_bytes();
        for bad in [&good[..good.len() - 1], &good[..10], b"", b"djklin02aaaaaaaaaaaaaaaaaaaaaaa"] {
            assert!(Weights::from_bytes(bad).unwrap_err().ends_with('.'));
        }
        let mut odd = good.clone();
        odd[16..20].copy_from_slice(&f32::NAN.to_le_bytes());
        assert!(Weights::from_bytes(&odd).is_err());
    }
}
