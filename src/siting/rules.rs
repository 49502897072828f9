//! What a plan must and must not hold.

/// Rules beside the limit. Without any: `Rules::default()`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rules {
    /// Candidates that every plan holds; they count towards the limit.
    pub fixed: Vec<usize>,
    /// Candidates that no plan holds.
    pub excluded: Vec<usize>,
    /// Group of each candidate (a dong, say); one without a group has a number that `at_least` does not reach.
    pub groups: Vec<u32>,
    /// Least number of sites in each group.
    pub at_least: Vec<usize>,
}
