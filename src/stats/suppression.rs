//! Hiding small counts so that no sum of published ones gives them back.
//!
//! A table is published with its row totals, column totals and grand total. Hiding a small cell alone is useless: the
//! total minus the others shows it. So partners are hidden until no hidden number is a linear combination of published
//! ones, which is checked on the net of hidden numbers, not assumed. Totals are numbers like any other and may be hidden too.
//!
//! What this does not promise: a hidden count still lies between 0 and the total of its hidden partners.

/// Which numbers of a table may be published. By default nothing is hidden.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mask {
    /// Cells by row and column: true is published.
    pub cells: Vec<Vec<bool>>,
    /// Row totals.
    pub rows: Vec<bool>,
    /// Column totals.
    pub columns: Vec<bool>,
    /// Grand total.
    pub total: bool,
}

impl Default for Mask {
    fn default() -> Self {
        Self { cells: Vec::new(), rows: Vec::new(), columns: Vec::new(), total: true }
    }
}

/// Hides every count from 1 to `threshold` − 1, in cells and totals, and the partners that would give them away.
/// Zero is no small count: nobody stands behind it. Rows must be equally long.
pub fn protect(counts: &[Vec<u64>], threshold: u64) -> Mask {
    protect_beside(counts, threshold, &Mask::default())
}

/// Like [`protect`], for a table that shares totals with others: what `hidden` hides among rows, columns and the grand
/// total stays hidden here. Lists that are empty in `hidden` hide nothing.
pub fn protect_beside(counts: &[Vec<u64>], threshold: u64, hidden: &Mask) -> Mask {
    let table = Table::of(counts);
    let small = |n: u64| n > 0 && n < threshold;
    let mut published: Vec<bool> = table.values.iter().map(|n| !small(*n)).collect();
    for (row, shown) in hidden.rows.iter().enumerate().take(table.height) {
        published[table.at(row, table.width)] &= shown;
    }
    for (column, shown) in hidden.columns.iter().enumerate().take(table.width) {
        published[table.at(table.height, column)] &= shown;
    }
    published[table.at(table.height, table.width)] &= hidden.total;
    while let Some(exposed) = (0..published.len()).find(|at| !published[*at] && table.is_determined(*at, &published)) {
        let side = table.connected(table.ends(exposed).0, &published, exposed);
        let other_side = table.connected(table.ends(exposed).1, &published, exposed);
        let (row, column) = table.place(exposed);
        // Hide the least number that closes a circle, nearest first; or else one that makes the circle longer.
        let partner = (0..published.len()).filter(|at| published[*at]).min_by_key(|at| {
            let (r, c) = table.place(*at);
            let (a, b) = table.ends(*at);
            let is_neighbour = r == row || c == column;
            let closes = side[a] && other_side[b] || side[b] && other_side[a];
            (!is_neighbour, !closes, table.kind(*at), table.values[*at] == 0, table.values[*at], *at)
        });
        match partner {
            Some(at) => published[at] = false,
            None => break,
        }
    }
    let shown = |r: usize, c: usize| published[table.at(r, c)];
    Mask {
        cells: (0..table.height).map(|r| (0..table.width).map(|c| shown(r, c)).collect()).collect(),
        rows: (0..table.height).map(|r| shown(r, table.width)).collect(),
        columns: (0..table.width).map(|c| shown(table.height, c)).collect(),
        total: shown(table.height, table.width),
    }
}

/// A table with its totals as a last row and a last column. Rows and columns are the knots of a net, and every number is
/// a thread between its row and its column. A hidden number follows from the published ones exactly when it lies on no
/// circle of hidden threads (Gusfield 1988, "A graph theoretic approach to statistical data security").
struct Table {
    height: usize,
    width: usize,
    values: Vec<u64>,
}

impl Table {
    fn of(counts: &[Vec<u64>]) -> Self {
        let width = counts.first().map_or(0, Vec::len);
        let cell = |row: &Vec<u64>, c: usize| row.get(c).copied().unwrap_or(0);
        let mut values = Vec::with_capacity((counts.len() + 1) * (width + 1));
        for row in counts {
            values.extend((0..width).map(|c| cell(row, c)));
            values.push((0..width).map(|c| cell(row, c)).sum());
        }
        let columns: Vec<u64> = (0..width).map(|c| counts.iter().map(|row| cell(row, c)).sum()).collect();
        let total = columns.iter().sum();
        values.extend(columns);
        values.push(total);
        Self { height: counts.len(), width, values }
    }

    fn at(&self, row: usize, column: usize) -> usize {
        row * (self.width + 1) + column
    }

    fn place(&self, at: usize) -> (usize, usize) {
        (at / (self.width + 1), at % (self.width + 1))
    }

    /// The knots of a thread: its row, and behind all rows its column.
    fn ends(&self, at: usize) -> (usize, usize) {
        let (row, column) = self.place(at);
        (row, self.height + 1 + column)
    }

    /// 0 for cells, 1 for totals of rows and columns, 2 for the grand total.
    fn kind(&self, at: usize) -> u8 {
        let (row, column) = self.place(at);
        u8::from(row == self.height) + u8::from(column == self.width)
    }

    /// Is the hidden number given away by the published ones?
    fn is_determined(&self, hidden: usize, published: &[bool]) -> bool {
        let (row, column) = self.ends(hidden);
        !self.connected(row, published, hidden)[column]
    }

    /// The knots that hidden threads, without one of them, connect to a knot.
    fn connected(&self, knot: usize, published: &[bool], without: usize) -> Vec<bool> {
        let knots = self.height + self.width + 2;
        let mut seen = vec![false; knots];
        let mut waiting = vec![knot];
        seen[knot] = true;
        while let Some(knot) = waiting.pop() {
            let threads: Vec<usize> = if knot <= self.height {
                (0..=self.width).map(|c| self.at(knot, c)).collect()
            } else {
                (0..=self.height).map(|r| self.at(r, knot - self.height - 1)).collect()
            };
            for thread in threads.into_iter().filter(|t| !published[*t] && *t != without) {
                let (a, b) = self.ends(thread);
                let other = if a == knot { b } else { a };
                if !seen[other] {
                    seen[other] = true;
                    waiting.push(other);
                }
            }
        }
        seen
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_without_small_counts_is_published_whole() {
        let mask = protect(&[vec![5, 9], vec![0, 7]], 5);
        assert!(mask.total && mask.rows.iter().chain(&mask.columns).chain(mask.cells.iter().flatten()).all(|p| *p));
    }

    #[test]
    fn a_small_cell_takes_partners_with_it_so_that_no_total_gives_it_back() {
        let mask = protect(&[vec![2, 10, 20], vec![30, 40, 50], vec![60, 70, 80]], 5);
        assert!(!mask.cells[0][0], "the small cell is hidden");
        let hidden_in_row = mask.cells[0].iter().filter(|p| !**p).count() + usize::from(!mask.rows[0]);
        let hidden_in_column = mask.cells.iter().filter(|row| !row[0]).count() + usize::from(!mask.columns[0]);
        assert!(hidden_in_row >= 2 && hidden_in_column >= 2, "{mask:?}");
    }

    #[test]
    fn a_small_total_is_hidden_too() {
        let mask = protect(&[vec![1, 1, 1], vec![20, 30, 40]], 5);
        assert!(!mask.rows[0] && mask.cells[0].iter().all(|p| !p));
        assert!(!(mask.total && mask.rows[1]), "the total minus the other row would show it: {mask:?}");
    }

    proptest::proptest! {
        /// The attack is written apart: it adds and subtracts whole published numbers by elimination over fractions.
        #[test]
        fn no_sum_or_difference_of_published_numbers_gives_a_small_count(
            cells in proptest::collection::vec(proptest::collection::vec(0_u64..12, 3), 1..7)
        ) {
            let mask = protect(&cells, 5);
            let height = cells.len();
            let mut known: Vec<Vec<i128>> = Vec::new();
            let unit = |keep: &dyn Fn(usize, usize) -> bool| -> Vec<i128> {
                (0..height).flat_map(|r| (0..3).map(move |c| (r, c))).map(|(r, c)| i128::from(keep(r, c))).collect()
            };
            for r in 0..height {
                for c in 0..3 {
                    if mask.cells[r][c] { known.push(unit(&|a, b| (a, b) == (r, c))); }
                }
                if mask.rows[r] { known.push(unit(&|a, _| a == r)); }
            }
            for c in 0..3 {
                if mask.columns[c] { known.push(unit(&|_, b| b == c)); }
            }
            if mask.total { known.push(unit(&|_, _| true)); }
            for r in 0..height {
                for c in 0..3 {
                    if (1..5).contains(&cells[r][c]) {
                        proptest::prop_assert!(!mask.cells[r][c]);
                        let mut with = known.clone();
                        with.push(unit(&|a, b| (a, b) == (r, c)));
                        proptest::prop_assert!(rank(with) > rank(known.clone()), "{:?} {:?}", cells, mask);
                    }
                }
            }
        }
    }

    #[test]
    fn a_total_that_another_table_hides_stays_hidden_and_is_not_given_back() {
        let counts = [vec![20, 30], vec![40, 50], vec![60, 70]];
        let hidden = Mask { rows: vec![true, false, true], ..Mask::default() };
        let mask = protect_beside(&counts, 5, &hidden);
        assert!(!mask.rows[1], "{mask:?}");
        // Its cells would add up to it, and the grand total less the other rows would give it, too.
        assert!(mask.cells[1].iter().any(|shown| !shown) && !(mask.total && mask.rows[0] && mask.rows[2]), "{mask:?}");
    }

    /// Rank by fraction-free elimination.
    fn rank(mut rows: Vec<Vec<i128>>) -> usize {
        let mut rank = 0;
        let width = rows.first().map_or(0, Vec::len);
        for column in 0..width {
            let Some(found) = (rank..rows.len()).find(|r| rows[*r][column] != 0) else { continue };
            rows.swap(rank, found);
            let pivot = rows[rank].clone();
            for row in rows.iter_mut().skip(rank + 1) {
                let (a, b) = (pivot[column], row[column]);
                let mut divisor = 0;
                for (x, p) in row.iter_mut().zip(&pivot) {
                    *x = *x * a - *p * b;
                    divisor = gcd(divisor, x.abs());
                }
                if divisor > 1 {
                    row.iter_mut().for_each(|x| *x /= divisor);
                }
            }
            rank += 1;
        }
        rank
    }

    fn gcd(a: i128, b: i128) -> i128 {
        if b == 0 { a } else { gcd(b, a % b) }
    }
}
