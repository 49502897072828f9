//! Which entries of a table with totals may be published so that none of the sensitive ones follows from them.
//!
//! A table whose totals stand in a last row and a last column is a graph: rows and columns are its vertices, entries its
//! edges, and every vertex is a sum. Of the hidden entries, one can be worked out exactly when it lies on no cycle of
//! hidden ones: along a cycle, amounts can be shifted to and fro without any sum changing. So for every sensitive entry
//! the cheapest cycle through it is hidden, found as the cheapest way from its row to its column (Dijkstra).
//!
//! Entries that are known from elsewhere cannot be hidden any more and take part in no cycle. What this does not
//! promise: a hidden number still lies between 0 and the total of its hidden partners.

use std::collections::{BTreeMap, BinaryHeap};

/// One entry of the table.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Entry {
    /// Its row; totals of columns stand in a row of their own.
    pub row: usize,
    /// Its column; totals of rows stand in a column of their own.
    pub column: usize,
    /// It must not become known.
    pub sensitive: bool,
    /// Known from an earlier publication, whatever is decided here.
    pub known: bool,
    /// Never published, whatever is decided here: nothing is lost by it as a partner.
    pub withheld: bool,
    /// What is lost when it is hidden as a partner; above 0.
    pub cost: f64,
}

/// Which entries may be published: true is published. An entry that is not in the list is known to be empty. A sensitive
/// entry without any cycle cannot be protected; it is hidden, and that is all.
pub fn protect(entries: &[Entry]) -> Vec<bool> {
    let mut shown: Vec<bool> = entries.iter().map(|e| !e.sensitive && !e.withheld).collect();
    let graph = Graph::new(entries);
    let mut sensitive: Vec<usize> = (0..entries.len()).filter(|at| entries[*at].sensitive).collect();
    // The dearest first: their partners protect the cheap ones as well.
    sensitive.sort_by(|a, b| entries[*b].cost.total_cmp(&entries[*a].cost).then(a.cmp(b)));
    for at in sensitive.into_iter().filter(|at| !entries[*at].known) {
        for partner in graph.cheapest_cycle(entries, &shown, at).unwrap_or_default() {
            shown[partner] = false;
        }
    }
    shown
}

/// Entries by the vertex that they meet: rows first, then columns.
struct Graph {
    columns_from: usize,
    meets: Vec<Vec<usize>>,
}

/// A vertex that can be reached at a cost; the cheapest comes first out of the heap.
#[derive(PartialEq)]
struct Reached {
    cost: f64,
    vertex: usize,
}

impl Eq for Reached {}

impl Ord for Reached {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        other.cost.total_cmp(&self.cost).then(other.vertex.cmp(&self.vertex))
    }
}

impl PartialOrd for Reached {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Graph {
    fn new(entries: &[Entry]) -> Self {
        let columns_from = entries.iter().map(|e| e.row + 1).max().unwrap_or(0);
        let vertices = columns_from + entries.iter().map(|e| e.column + 1).max().unwrap_or(0);
        let mut meets = vec![Vec::new(); vertices];
        for (at, entry) in entries.iter().enumerate().filter(|(_, e)| !e.known) {
            meets[entry.row].push(at);
            meets[columns_from + entry.column].push(at);
        }
        Self { columns_from, meets }
    }

    /// The other entries of the cheapest cycle through one; what is hidden already costs nothing.
    fn cheapest_cycle(&self, entries: &[Entry], shown: &[bool], through: usize) -> Option<Vec<usize>> {
        let (start, goal) = (entries[through].row, self.columns_from + entries[through].column);
        let mut best = BTreeMap::from([(start, 0.0)]);
        let mut came_by = BTreeMap::<usize, usize>::new();
        let mut heap = BinaryHeap::from([Reached { cost: 0.0, vertex: start }]);
        while let Some(Reached { cost, vertex }) = heap.pop() {
            if vertex == goal {
                break;
            }
            if best.get(&vertex).is_some_and(|known| cost > *known) {
                continue;
            }
            for at in self.meets[vertex].iter().copied().filter(|at| *at != through) {
                let next = self.other_end(&entries[at], vertex);
                let reached = cost + if shown[at] { entries[at].cost } else { 0.0 };
                if best.get(&next).is_none_or(|known| reached < *known) {
                    best.insert(next, reached);
                    came_by.insert(next, at);
                    heap.push(Reached { cost: reached, vertex: next });
                }
            }
        }
        let mut cycle = Vec::new();
        let mut vertex = goal;
        while vertex != start {
            let at = *came_by.get(&vertex)?;
            cycle.push(at);
            vertex = self.other_end(&entries[at], vertex);
        }
        Some(cycle)
    }

    fn other_end(&self, entry: &Entry, vertex: usize) -> usize {
        if vertex == entry.row { self.columns_from + entry.column } else { entry.row }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A table of cells with its totals; `sensitive` and `known` name row and column, counted from 0.
    fn table(height: usize, width: usize, sensitive: &[(usize, usize)], known: &[(usize, usize)]) -> Vec<Entry> {
        let all = (0..=height).flat_map(|row| (0..=width).map(move |column| (row, column)));
        all.map(|(row, column)| Entry {
            row,
            column,
            sensitive: sensitive.contains(&(row, column)),
            known: known.contains(&(row, column)),
            withheld: false,
            cost: if row == height || column == width { 1_000.0 } else { 1.0 + (row + column) as f64 / 100.0 },
        })
        .collect()
    }

    fn hidden(entries: &[Entry]) -> Vec<(usize, usize)> {
        let shown = protect(entries);
        entries.iter().zip(shown).filter(|(_, shown)| !shown).map(|(e, _)| (e.row, e.column)).collect()
    }

    /// The attack, written apart: what follows from sums by elimination, every number a sum of cells.
    fn follows(entries: &[Entry], shown: &[bool], at: usize, height: usize, width: usize) -> bool {
        let cells = |e: &Entry| -> Vec<f64> {
            (0..height)
                .flat_map(|row| (0..width).map(move |column| (row, column)))
                .map(|(row, column)| {
                    let inside = (e.row == height || e.row == row) && (e.column == width || e.column == column);
                    if inside { 1.0 } else { 0.0 }
                })
                .collect()
        };
        let known: Vec<Vec<f64>> =
            entries.iter().zip(shown).filter(|(e, shown)| **shown || e.known).map(|(e, _)| cells(e)).collect();
        let mut with = known.clone();
        with.push(cells(&entries[at]));
        rank(with) == rank(known)
    }

    fn rank(mut rows: Vec<Vec<f64>>) -> usize {
        let mut rank = 0;
        for column in 0..rows.first().map_or(0, Vec::len) {
            let Some(found) = (rank..rows.len()).find(|r| rows[*r][column].abs() > 1e-9) else { continue };
            rows.swap(rank, found);
            let pivot = rows[rank].clone();
            for row in rows.iter_mut().skip(rank + 1) {
                let factor = row[column] / pivot[column];
                row.iter_mut().zip(&pivot).for_each(|(x, p)| *x -= factor * p);
            }
            rank += 1;
        }
        rank
    }

    #[test]
    fn a_sensitive_cell_takes_the_cheapest_rectangle_with_it_and_no_total() {
        assert_eq!(hidden(&table(3, 3, &[(1, 1)], &[])), [(0, 0), (0, 1), (1, 0), (1, 1)]);
    }

    #[test]
    fn a_cell_alone_is_given_away_by_its_totals() {
        let entries = table(3, 3, &[(1, 1)], &[]);
        let alone: Vec<bool> = entries.iter().map(|e| !e.sensitive).collect();
        let at = entries.iter().position(|e| e.sensitive).unwrap();
        assert!(follows(&entries, &alone, at, 3, 3));
    }

    #[test]
    fn what_an_earlier_publication_showed_is_no_partner() {
        let found = hidden(&table(3, 3, &[(1, 1)], &[(1, 0), (0, 1)]));
        assert!(found.contains(&(1, 2)) && found.contains(&(2, 1)) && !found.contains(&(1, 0)), "{found:?}");
    }

    #[test]
    fn where_no_cell_is_published_a_sensitive_total_of_a_row_needs_that_of_another_and_no_column() {
        let mut entries = table(3, 3, &[(1, 3)], &[]);
        entries.iter_mut().filter(|e| e.row < 3 && e.column < 3).for_each(|e| e.withheld = true);
        let totals: Vec<_> = hidden(&entries).into_iter().filter(|(row, column)| *row == 3 || *column == 3).collect();
        assert_eq!(totals, [(0, 3), (1, 3)]);
    }

    #[test]
    fn a_sensitive_total_takes_another_total_with_it() {
        let found = hidden(&table(2, 3, &[(0, 3)], &[]));
        assert!(found.contains(&(0, 3)) && found.iter().filter(|(row, _)| *row != 0).count() >= 1, "{found:?}");
        assert!(found.contains(&(1, 3)) || found.contains(&(2, 3)), "a total of the last column: {found:?}");
    }

    proptest::proptest! {
        #[test]
        fn nothing_sensitive_follows_from_what_is_shown(
            height in 2_usize..6, width in 2_usize..6,
            sensitive in proptest::collection::vec((0_usize..6, 0_usize..6), 0..8),
        ) {
            let inside = |(row, column): &(usize, usize)| *row <= height && *column <= width;
            let sensitive: Vec<_> = sensitive.into_iter().filter(inside).collect();
            let entries = table(height, width, &sensitive, &[]);
            let shown = protect(&entries);
            for (at, entry) in entries.iter().enumerate().filter(|(_, e)| e.sensitive) {
                proptest::prop_assert!(!shown[at], "{entry:?}");
                proptest::prop_assert!(!follows(&entries, &shown, at, height, width), "{entry:?}");
            }
            if sensitive.is_empty() {
                proptest::prop_assert!(shown.iter().all(|shown| *shown));
            }
        }
    }
}
