//! Hiding small counts so that no sum of published ones gives them back.
//!
//! A table is published with its row totals, column totals and grand total. Hiding a small cell alone is useless: the
//! total minus the others shows it. So partners are hidden until no hidden number is a linear combination of published
//! ones, which is checked on the net of hidden numbers, not assumed. Totals are numbers like any other and may be hidden too.
//! Two small cells are no partners for each other as long as their sum is small: a total less what is shown of it would
//! tell that so few stand behind both. So what is hidden of a row or column is hidden until it is no small count together.
//!
//! What earlier publications did with the same numbers is handed in: what they showed is known and protects nothing, and
//! what they hid stays hidden.
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

/// What is known of a number before a table is published.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Before {
    /// Nothing: it may be published or hidden.
    #[default]
    Nothing,
    /// It must not become known.
    Hidden,
    /// It is known from elsewhere, whatever happens to it here.
    Known,
}

/// What is known of a table before it is published. Lists that are empty or too short say nothing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Given {
    /// Cells by row and column.
    pub cells: Vec<Vec<Before>>,
    /// Row totals.
    pub rows: Vec<Before>,
    /// Column totals.
    pub columns: Vec<Before>,
    /// Grand total.
    pub total: Before,
}

impl Given {
    /// Beside another table with the same totals: what that one hides stays hidden, unless it is known.
    pub fn beside(&self, other: &Mask) -> Self {
        let hide = |own: &[Before], shown: &[bool]| -> Vec<Before> {
            let at = |at: usize| own.get(at).copied().unwrap_or_default();
            (0..own.len().max(shown.len())).map(|i| at(i).unless(shown.get(i).copied().unwrap_or(true))).collect()
        };
        Self {
            cells: self.cells.clone(),
            rows: hide(&self.rows, &other.rows),
            columns: hide(&self.columns, &other.columns),
            total: self.total.unless(other.total),
        }
    }
}

impl Before {
    fn unless(self, shown: bool) -> Self {
        if shown || self == Self::Known { self } else { Self::Hidden }
    }
}

/// Hides every count from 1 to `threshold` − 1, in cells and totals, and the partners that would give them away.
/// Zero is no small count: nobody stands behind it. Rows must be equally long.
pub fn protect(counts: &[Vec<u64>], threshold: u64) -> Mask {
    protect_given(counts, threshold, &Given::default())
}

/// Like [`protect`], for a table of which something is known, or that shares totals with others: what these hide stays
/// hidden here.
pub fn protect_given(counts: &[Vec<u64>], threshold: u64, given: &Given) -> Mask {
    let mut table = Table::of(counts, given);
    let small = |n: u64| n > 0 && n < threshold;
    let hidden = |at: &usize| small(table.values[*at]) || table.before[*at] == Before::Hidden;
    let mut published: Vec<bool> = (0..table.values.len()).map(|at| !hidden(&at)).collect();
    let mut lost = vec![false; table.lines().len()];
    loop {
        let exposed =
            (0..published.len()).find(|at| table.is_secret(*at, &published) && table.is_determined(*at, &published));
        if let Some(exposed) = exposed {
            match table.partner(exposed, &published) {
                Some(partner) => published[partner] = false,
                // What is known already has given it away, and nothing can protect it any more.
                None => table.before[exposed] = Before::Known,
            }
            continue;
        }
        let lines = table.lines();
        let telling =
            |(at, line): &(usize, &Vec<usize>)| !lost[*at] && table.left_in(line, &published).is_some_and(small);
        let Some((at, line)) = lines.iter().enumerate().find(telling) else { break };
        match table.partner_in(line, &published, threshold) {
            Some(partner) => published[partner] = false,
            None => lost[at] = true,
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
    before: Vec<Before>,
}

impl Table {
    fn of(counts: &[Vec<u64>], given: &Given) -> Self {
        let width = counts.first().map_or(0, Vec::len);
        let cell = |row: &Vec<u64>, c: usize| row.get(c).copied().unwrap_or(0);
        let said = |list: &[Before], at: usize| list.get(at).copied().unwrap_or_default();
        let mut values = Vec::with_capacity((counts.len() + 1) * (width + 1));
        let mut before = Vec::with_capacity(values.capacity());
        for (r, row) in counts.iter().enumerate() {
            values.extend((0..width).map(|c| cell(row, c)));
            values.push((0..width).map(|c| cell(row, c)).sum());
            let cells = given.cells.get(r).map_or(&[][..], Vec::as_slice);
            before.extend((0..width).map(|c| said(cells, c)));
            before.push(said(&given.rows, r));
        }
        let columns: Vec<u64> = (0..width).map(|c| counts.iter().map(|row| cell(row, c)).sum()).collect();
        let total = columns.iter().sum();
        values.extend(columns);
        values.push(total);
        before.extend((0..width).map(|c| said(&given.columns, c)));
        before.push(given.total);
        Self { height: counts.len(), width, values, before }
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

    /// The numbers at a knot, the total last.
    fn threads(&self, knot: usize) -> Vec<usize> {
        if knot <= self.height {
            (0..=self.width).map(|c| self.at(knot, c)).collect()
        } else {
            (0..=self.height).map(|r| self.at(r, knot - self.height - 1)).collect()
        }
    }

    /// The numbers of every row and column, the total last.
    fn lines(&self) -> Vec<Vec<usize>> {
        (0..self.height + self.width + 2).map(|knot| self.threads(knot)).collect()
    }

    /// 0 for cells, 1 for totals of rows and columns, 2 for the grand total.
    fn kind(&self, at: usize) -> u8 {
        let (row, column) = self.place(at);
        u8::from(row == self.height) + u8::from(column == self.width)
    }

    /// Neither published nor known.
    fn is_secret(&self, at: usize, published: &[bool]) -> bool {
        !published[at] && self.before[at] != Before::Known
    }

    /// Is the secret number given away by the others?
    fn is_determined(&self, secret: usize, published: &[bool]) -> bool {
        let (row, column) = self.ends(secret);
        !self.connected(row, published, secret)[column]
    }

    /// What to hide with a number that is given away: the least number that closes a circle, nearest first; or else one
    /// that makes the circle longer. `None` where what is known leaves no circle.
    fn partner(&self, exposed: usize, published: &[bool]) -> Option<usize> {
        if self.is_determined(exposed, &vec![false; published.len()]) {
            return None;
        }
        let side = self.connected(self.ends(exposed).0, published, exposed);
        let other_side = self.connected(self.ends(exposed).1, published, exposed);
        let (row, column) = self.place(exposed);
        let may_be_hidden = |at: &usize| published[*at] && self.before[*at] != Before::Known;
        (0..published.len()).filter(may_be_hidden).min_by_key(|at| {
            let (r, c) = self.place(*at);
            let (a, b) = self.ends(*at);
            let is_neighbour = r == row || c == column;
            let closes = side[a] && other_side[b] || side[b] && other_side[a];
            (!closes, self.kind(*at), !is_neighbour, self.values[*at] == 0, self.values[*at], *at)
        })
    }

    /// What the total of a line leaves for its secret numbers together; `None` where nobody knows the total.
    fn left_in(&self, line: &[usize], published: &[bool]) -> Option<u64> {
        let (total, parts) = line.split_last()?;
        let secret = |at: &&usize| self.is_secret(**at, published);
        (!secret(&total)).then(|| parts.iter().filter(secret).map(|at| self.values[*at]).sum())
    }

    /// What to hide in a line whose secret numbers are few together: the least part that makes them enough, or else the
    /// greatest, or else the total.
    fn partner_in(&self, line: &[usize], published: &[bool], threshold: u64) -> Option<usize> {
        let may_be_hidden = |at: &&usize| published[**at] && self.before[**at] != Before::Known;
        let missing = threshold.saturating_sub(self.left_in(line, published).unwrap_or(0));
        let (total, parts) = line.split_last()?;
        let some = parts.iter().filter(may_be_hidden).filter(|at| self.values[**at] > 0);
        let enough = some.clone().filter(|at| self.values[**at] >= missing).min_by_key(|at| self.values[**at]);
        let most = enough.or_else(|| some.max_by_key(|at| self.values[**at]));
        most.or(Some(total).filter(may_be_hidden)).copied()
    }

    /// The knots that secret threads, without one of them, connect to a knot.
    fn connected(&self, knot: usize, published: &[bool], without: usize) -> Vec<bool> {
        let knots = self.height + self.width + 2;
        let mut seen = vec![false; knots];
        let mut waiting = vec![knot];
        seen[knot] = true;
        while let Some(knot) = waiting.pop() {
            for thread in self.threads(knot).into_iter().filter(|t| self.is_secret(*t, published) && *t != without) {
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
        let mask = protect_given(&counts, 5, &Given::default().beside(&hidden));
        assert!(!mask.rows[1], "{mask:?}");
        // Its cells would add up to it, and the grand total less the other rows would give it, too.
        assert!(mask.cells[1].iter().any(|shown| !shown) && !(mask.total && mask.rows[0] && mask.rows[2]), "{mask:?}");
    }

    /// By pencil: of 2 + 2 + 30 the twos are hidden. As partners of each other they would leave their sum: 34 − 30 = 4.
    #[test]
    fn two_small_cells_do_not_protect_each_other_while_they_are_few_together() {
        let mask = protect(&[vec![2, 2, 30], vec![20, 30, 40], vec![50, 60, 70]], 5);
        assert_eq!(mask.cells[0], [false, false, false], "{mask:?}");
        let mask = protect(&[vec![2, 3, 30], vec![20, 30, 40], vec![50, 60, 70]], 5);
        assert_eq!(mask.cells[0], [false, false, true], "together they are five: {mask:?}");
    }

    #[test]
    fn what_is_known_already_is_no_partner() {
        let counts = [vec![2, 10, 20], vec![30, 40, 50], vec![60, 70, 80]];
        let mut given = Given { cells: vec![vec![Before::Nothing; 3]; 3], ..Given::default() };
        given.cells[0][1] = Before::Known;
        let mask = protect_given(&counts, 5, &given);
        assert!(mask.cells[0][1] && !mask.cells[0][2], "{mask:?}");
        given.cells[0][2] = Before::Known;
        given.rows = vec![Before::Known; 3];
        given.columns = vec![Before::Known; 3];
        let mask = protect_given(&counts, 5, &given);
        assert!(!mask.cells[0][0] && mask.cells[1][1], "what cannot be protected is hidden, and that is all: {mask:?}");
    }

    proptest::proptest! {
        #[test]
        fn no_total_leaves_few_posts_for_what_is_hidden_in_its_line(
            cells in proptest::collection::vec(proptest::collection::vec(0_u64..12, 4), 1..7)
        ) {
            let mask = protect(&cells, 5);
            let few = |parts: Vec<(u64, bool)>| {
                (1..5).contains(&parts.iter().filter(|(_, shown)| !shown).map(|(n, _)| n).sum::<u64>())
            };
            for (r, row) in cells.iter().enumerate().filter(|(r, _)| mask.rows[*r]) {
                let line = row.iter().copied().zip(mask.cells[r].iter().copied()).collect();
                proptest::prop_assert!(!few(line), "{:?} {:?}", cells, mask);
            }
            for c in (0..4).filter(|c| mask.columns[*c]) {
                let line = cells.iter().zip(&mask.cells).map(|(row, shown)| (row[c], shown[c])).collect();
                proptest::prop_assert!(!few(line), "{:?} {:?}", cells, mask);
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
