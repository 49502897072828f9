//! The lattice of all readings of a text and the cheapest path through it (Viterbi).
//!
//! The cost of a path is the sum of its words' costs, of the connection costs between neighbours, and of a penalty for
//! each particle or ending that stands after white space. Of two paths that cost the same, the one through the word
//! that entered the lattice later wins, where the words that begin at one place enter in the reverse of the order in
//! which they were found. That is MeCab's order; with another one, some texts in ten thousand
//! come out differently.

use super::candidates::{Candidate, Origin, candidates_at};
use crate::text::dictionary::{CompiledUserWords, Dictionary, row_cost};

/// A word in the lattice with the cheapest path that leads to its end.
#[derive(Debug, Clone, Copy)]
struct Node {
    start: u32,
    end: u32,
    /// Cost of the cheapest path up to the end of this word.
    cost: i32,
    /// The word before it on that path.
    previous: u32,
    /// The next older word that ends at the same place.
    same_end: u32,
    feature: u32,
    origin: Origin,
    right_id: u16,
}

/// No node: the end of a list.
const NONE: u32 = u32::MAX;
/// The node of the sentence's beginning. Its context id is 0, like that of the end.
const BEGINNING: u32 = 0;

/// A word of the cheapest path.
#[derive(Debug, Clone, Copy)]
pub struct PathWord {
    pub start: usize,
    pub end: usize,
    pub origin: Origin,
    /// Offset of the description in the file that `origin` names.
    pub feature: u32,
}

/// A word on the left as the search sees it: right context id, cost of its path, number of its node.
type Left = (u16, i32, u32);

/// The cheapest path and its cost. The path is empty for a text of white space alone.
pub fn cheapest_path(dictionary: &Dictionary, user: &CompiledUserWords, text: &str) -> (Vec<PathWord>, i32) {
    let mut nodes = Vec::with_capacity(text.len() * 4 + 1);
    let mut ending_at = vec![NONE; text.len() + 1];
    nodes.push(Node {
        start: 0,
        end: 0,
        cost: 0,
        previous: NONE,
        same_end: NONE,
        feature: 0,
        origin: Origin::Unknown,
        right_id: 0,
    });
    ending_at[0] = BEGINNING;
    let mut candidates = Vec::new();
    let mut lefts: Vec<Left> = Vec::new();
    // Many words at a place share a left context id; the best neighbour for an id is looked for once.
    let mut best_for_id: Vec<(u16, Left)> = Vec::new();

    for position in 0..text.len() {
        if !collect_lefts(&nodes, &ending_at, position, &mut lefts) {
            continue;
        }
        candidates_at(dictionary, user, text, position, &mut candidates);
        best_for_id.clear();
        for candidate in candidates.iter().rev() {
            let left_id = candidate.token.left_id;
            let known = best_for_id.iter().find(|(id, _)| *id == left_id).map(|(_, best)| *best);
            let best = known.or_else(|| best_left(dictionary, &lefts, left_id));
            let Some((_, path_cost, previous)) = best else { continue };
            if known.is_none() {
                best_for_id.push((left_id, (0, path_cost, previous)));
            }
            let cost = path_cost + i32::from(candidate.token.cost) + penalty(dictionary, candidate, position);
            let same_end = &mut ending_at[candidate.end];
            nodes.push(Node {
                start: candidate.start as u32,
                end: candidate.end as u32,
                cost,
                previous,
                same_end: *same_end,
                feature: candidate.token.feature,
                origin: candidate.origin,
                right_id: candidate.token.right_id,
            });
            *same_end = (nodes.len() - 1) as u32;
        }
    }
    // The sentence's end follows the last words, whatever white space comes after them.
    let last = (0..=text.len()).rev().find(|position| collect_lefts(&nodes, &ending_at, *position, &mut lefts));
    let end = last.and_then(|_| best_left(dictionary, &lefts, 0));
    let Some((_, cost, node)) = end else { return (Vec::new(), 0) };
    (path_to(&nodes, node), cost)
}

/// Puts the words that end at `position` into `lefts`, the newest first. False when there is none.
fn collect_lefts(nodes: &[Node], ending_at: &[u32], position: usize, lefts: &mut Vec<Left>) -> bool {
    lefts.clear();
    let mut number = ending_at.get(position).copied().unwrap_or(NONE);
    while let Some(node) = nodes.get(number as usize) {
        lefts.push((node.right_id, node.cost, number));
        number = node.same_end;
    }
    !lefts.is_empty()
}

/// The neighbour on the left that makes the cheapest path up to a word with this left context id; the first of equals.
fn best_left(dictionary: &Dictionary, lefts: &[Left], left_id: u16) -> Option<Left> {
    let row = dictionary.matrix.row(left_id);
    let mut best: Option<Left> = None;
    for (right_id, path_cost, number) in lefts {
        let cost = path_cost + row_cost(row, *right_id);
        if best.is_none_or(|(_, cheapest, _)| cost < cheapest) {
            best = Some((0, cost, *number));
        }
    }
    best
}

/// The penalty of a clinging word that stands after white space.
fn penalty(dictionary: &Dictionary, candidate: &Candidate, position: usize) -> i32 {
    if candidate.start == position { 0 } else { dictionary.penalties.of(candidate.token.part_of_speech_id) }
}

/// The words from the sentence's beginning up to this node.
fn path_to(nodes: &[Node], mut number: u32) -> Vec<PathWord> {
    let mut path = Vec::new();
    while number != BEGINNING {
        let Some(node) = nodes.get(number as usize) else { break };
        path.push(PathWord {
            start: node.start as usize,
            end: node.end as usize,
            origin: node.origin,
            feature: node.feature,
        });
        number = node.previous;
    }
    path.reverse();
    path
}
