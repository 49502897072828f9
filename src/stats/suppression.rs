//! Hiding small counts so that no sum of published ones gives them back.
//!
//! A table is published with its row totals, column totals and grand total. Hiding a small cell alone is useless: the
//! total minus the others shows it. So partners are hidden until no hidden number is a linear combination of published
//! ones, which is checked by elimination, not assumed. Totals are numbers like any other and may be hidden too.
//!
//! What this does not promise: a hidden count still lies between 0 and the total of its hidden partners.

/// Which numbers of a table may be published.
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

/// Hides every count from 1 to `threshold` − 1, in cells and totals, and the partners that would give them away.
/// Zero is no small count: nobody stands behind it. Rows must be equally long.
pub fn protect(counts: &[Vec<u64>], threshold: u64) -> Mask {
    let width = counts.first().map_or(0, Vec::len);
    let small = |n: u64| n > 0 && n < threshold;
    let row_sums: Vec<u64> = counts.iter().map(|row| row.iter().sum()).collect();
    let column_sums: Vec<u64> =
        (0..width).map(|c| counts.iter().map(|row| row.get(c).copied().unwrap_or(0)).sum()).collect();
    let total: u64 = row_sums.iter().sum();
    let table = Layout { height: counts.len(), width };
    // One list of all numbers: cells row by row, then row totals, column totals, the grand total.
    let values: Vec<u64> = counts.iter().flatten().copied().chain(row_sums).chain(column_sums).chain([total]).collect();
    let mut published: Vec<bool> = values.iter().map(|n| !small(*n)).collect();
    while let Some(exposed) = (0..values.len()).find(|at| !published[*at] && table.is_determined(*at, &published)) {
        // Hide the least number that gives it away: a neighbour in one of its sums, or one of a longer chain of sums.
        let neighbours: std::collections::BTreeSet<usize> =
            table.equations().into_iter().filter(|equation| equation.contains(&exposed)).flatten().collect();
        let gives_away = |at: usize| {
            let mut without = published.clone();
            without[at] = false;
            !table.is_determined(exposed, &without)
        };
        let partner = (0..values.len()).filter(|at| published[*at]).min_by_key(|at| {
            (!neighbours.contains(at), !gives_away(*at), table.kind(*at), values[*at] == 0, values[*at], *at)
        });
        match partner {
            Some(at) => published[at] = false,
            None => break,
        }
    }
    let cell = |r: usize, c: usize| published[r * width + c];
    let tail = counts.len() * width;
    Mask {
        cells: (0..counts.len()).map(|r| (0..width).map(|c| cell(r, c)).collect()).collect(),
        rows: published[tail..tail + counts.len()].to_vec(),
        columns: published[tail + counts.len()..tail + counts.len() + width].to_vec(),
        total: published[tail + counts.len() + width],
    }
}

struct Layout {
    height: usize,
    width: usize,
}

impl Layout {
    /// 0 for cells, 1 for totals of rows and columns, 2 for the grand total.
    fn kind(&self, at: usize) -> u8 {
        let cells = self.height * self.width;
        match at {
            _ if at < cells => 0,
            _ if at < cells + self.height + self.width => 1,
            _ => 2,
        }
    }

    /// Groups of numbers of which one is the sum of the others.
    fn equations(&self) -> Vec<Vec<usize>> {
        let (h, w) = (self.height, self.width);
        let row_total = |r: usize| h * w + r;
        let column_total = |c: usize| h * w + h + c;
        let grand = h * w + h + w;
        let mut equations: Vec<Vec<usize>> =
            (0..h).map(|r| (0..w).map(|c| r * w + c).chain([row_total(r)]).collect()).collect();
        equations.extend((0..w).map(|c| (0..h).map(|r| r * w + c).chain([column_total(c)]).collect::<Vec<_>>()));
        equations.push((0..h).map(row_total).chain([grand]).collect());
        equations.push((0..w).map(column_total).chain([grand]).collect());
        equations
    }

    /// Every number as a combination of the cells.
    fn combination(&self, at: usize) -> Vec<f64> {
        let cells = self.height * self.width;
        let mut row = vec![0.0; cells];
        for (cell, weight) in row.iter_mut().enumerate() {
            let (r, c) = (cell / self.width, cell % self.width);
            let inside = match at {
                _ if at < cells => cell == at,
                _ if at < cells + self.height => r == at - cells,
                _ if at < cells + self.height + self.width => c == at - cells - self.height,
                _ => true,
            };
            *weight = if inside { 1.0 } else { 0.0 };
        }
        row
    }

    /// Is the hidden number a linear combination of the published ones?
    fn is_determined(&self, hidden: usize, published: &[bool]) -> bool {
        let mut basis: Vec<(usize, Vec<f64>)> = Vec::new();
        for at in (0..published.len()).filter(|at| published[*at]) {
            let row = reduce(self.combination(at), &basis);
            if let Some(pivot) = pivot(&row) {
                basis.push((pivot, row));
            }
        }
        pivot(&reduce(self.combination(hidden), &basis)).is_none()
    }
}

fn reduce(mut row: Vec<f64>, basis: &[(usize, Vec<f64>)]) -> Vec<f64> {
    for (pivot, known) in basis {
        let factor = row[*pivot] / known[*pivot];
        if factor != 0.0 {
            row.iter_mut().zip(known).for_each(|(x, k)| *x -= factor * k);
        }
    }
    row
}

/// The largest entry; none when the row is zero but for rounding.
fn pivot(row: &[f64]) -> Option<usize> {
    (0..row.len()).max_by(|a, b| row[*a].abs().total_cmp(&row[*b].abs())).filter(|at| row[*at].abs() > 1e-9)
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
