//! What follows from sums: whoever knows the sums of some numbers can add and subtract them, and so knows every number
//! that is a combination of theirs.
//!
//! Every sum is a row of zeros and ones over the numbers behind it. The rows are brought into steps (Gaussian
//! elimination), and another sum follows exactly when nothing is left of it after the steps were taken away. The
//! arithmetic is that of the remainders by a prime, so it is exact and fast. A remainder could only mislead when the
//! prime divided a determinant of these rows, which errs on the side of hiding too much.

use std::collections::BTreeMap;

/// The Mersenne prime 2^61 − 1.
const PRIME: u64 = (1 << 61) - 1;

type Row = BTreeMap<usize, u64>;

/// Sums that are known.
#[derive(Debug, Clone, Default)]
pub struct Span {
    /// By the first number of the row: the row, with 1 there, and the known sums that it is made of.
    steps: BTreeMap<usize, (Row, Row)>,
}

impl Span {
    /// A sum of these numbers is known. `name` is told again where something follows from it.
    pub fn know(&mut self, parts: &[usize], name: usize) {
        self.step(parts, &[], Some(name));
    }

    /// Two sums are the same, whatever they are.
    pub fn equal(&mut self, one: &[usize], other: &[usize]) {
        self.step(one, other, None);
    }

    fn step(&mut self, plus: &[usize], minus: &[usize], name: Option<usize>) {
        let (mut row, mut of) = self.reduced(plus, minus);
        let Some((first, factor)) = row.first_key_value().map(|(at, x)| (*at, inverse(*x))) else { return };
        name.into_iter().for_each(|name| add(&mut of, &Row::from([(name, 1)]), 1));
        for x in row.values_mut().chain(of.values_mut()) {
            *x = product(*x, factor);
        }
        self.steps.insert(first, (row, of));
    }

    /// The known sums from which the sum of these numbers follows; `None` when it does not.
    pub fn follows(&self, parts: &[usize]) -> Option<Vec<usize>> {
        let (row, of) = self.reduced(parts, &[]);
        row.is_empty().then(|| of.into_keys().collect())
    }

    /// What is left of a sum, and minus what was taken away of it.
    fn reduced(&self, plus: &[usize], minus: &[usize]) -> (Row, Row) {
        let (mut row, mut of) = (Row::new(), Row::new());
        plus.iter().for_each(|at| add(&mut row, &Row::from([(*at, 1)]), 1));
        minus.iter().for_each(|at| add(&mut row, &Row::from([(*at, 1)]), PRIME - 1));
        let mut from = 0;
        while let Some((at, x)) = row.range(from..).next().map(|(at, x)| (*at, *x)) {
            if let Some((step, names)) = self.steps.get(&at) {
                add(&mut row, step, PRIME - x);
                add(&mut of, names, PRIME - x);
            }
            from = at + 1;
        }
        (row, of)
    }
}

/// Adds a multiple of a row to another; what becomes 0 leaves.
fn add(row: &mut Row, other: &Row, factor: u64) {
    for (at, x) in other {
        let sum = row.get(at).copied().unwrap_or(0) + product(*x, factor);
        match sum % PRIME {
            0 => row.remove(at),
            sum => row.insert(*at, sum),
        };
    }
}

fn product(a: u64, b: u64) -> u64 {
    let product = u128::from(a) * u128::from(b) % u128::from(PRIME);
    u64::try_from(product).unwrap_or(0)
}

/// By Fermat: x^(p − 2).
fn inverse(x: u64) -> u64 {
    let (mut power, mut result, mut left) = (x, 1, PRIME - 2);
    while left > 0 {
        if left % 2 == 1 {
            result = product(result, power);
        }
        power = product(power, power);
        left /= 2;
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_follows_from_a_total_and_the_other_parts() {
        let mut span = Span::default();
        span.know(&[0, 1, 2], 7);
        span.know(&[0], 8);
        assert_eq!(span.follows(&[1]), None);
        assert_eq!(span.follows(&[1, 2]), Some(vec![7, 8]));
        span.know(&[2], 9);
        assert_eq!(span.follows(&[1]), Some(vec![7, 8, 9]));
    }

    /// a+b, b+c and a+c give 2a, and so a, though no difference of two of them does.
    #[test]
    fn what_follows_only_from_a_combination_of_three_is_found() {
        let mut span = Span::default();
        [[0, 1], [1, 2], [0, 2]].iter().enumerate().for_each(|(name, parts)| span.know(parts, name));
        assert_eq!(span.follows(&[0]), Some(vec![0, 1, 2]));
        assert_eq!(span.follows(&[3]), None);
    }

    #[test]
    fn sums_that_are_the_same_lead_from_one_table_to_another() {
        let mut span = Span::default();
        span.equal(&[0, 1], &[2, 3]);
        span.know(&[2], 1);
        span.know(&[0], 2);
        assert_eq!(span.follows(&[1]), None);
        span.know(&[3], 3);
        assert_eq!(span.follows(&[1]), Some(vec![1, 2, 3]));
    }

    #[test]
    fn what_is_known_twice_is_told_once() {
        let mut span = Span::default();
        span.know(&[4, 5], 1);
        span.know(&[4, 5], 2);
        assert_eq!(span.follows(&[4, 5]), Some(vec![1]));
        assert_eq!(span.follows(&[]), Some(vec![]));
    }

    #[test]
    fn a_number_times_its_inverse_is_one() {
        for x in [1, 2, 3, PRIME - 1, 123_456_789] {
            assert_eq!(product(x, inverse(x)), 1);
        }
    }
}
