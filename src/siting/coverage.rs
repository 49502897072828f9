//! Which points lie within a radius? A grid of squares at least as wide as the radius: whatever is in reach of a point
//! lies in its own square or one of the eight around it.

use super::Point;

/// Sorts by counting how many are smaller: for a few dozen numbers that all differ quicker than exchanging them.
fn in_order(found: &mut [u32]) {
    const FEW: usize = 64;
    let n = found.len();
    if n > FEW {
        found.sort_unstable();
        return;
    }
    let mut copy = [u32::MAX; FEW];
    copy[..n].copy_from_slice(found);
    let copy = &copy[..n.next_multiple_of(8)];
    for value in &copy[..n] {
        let before = copy.iter().map(|other| u32::from(other < value)).sum::<u32>();
        found[before as usize] = *value;
    }
}

/// Points in a grid.
#[derive(Debug, Clone)]
pub struct Coverage {
    /// Points square by square, those of one square in order of their numbers.
    inside: Vec<(u32, Point)>,
    /// Where each square begins in `inside`.
    starts: Vec<u32>,
    west: i64,
    south: i64,
    side: i64,
    columns: i64,
    rows: i64,
    radius_squared: u64,
}

impl Coverage {
    /// `radius` in decimetres.
    pub fn new(points: &[Point], radius: u32) -> Self {
        let span = |of: fn(&Point) -> i32| {
            let (least, most) = points.iter().map(of).fold((i32::MAX, i32::MIN), |(l, m), v| (l.min(v), m.max(v)));
            if points.is_empty() { (0, 0) } else { (i64::from(least), i64::from(most)) }
        };
        let ((west, east), (south, north)) = (span(|p| p.x), span(|p| p.y));
        // Wider squares cost time, never points: a few squares a point are enough however far apart the points lie.
        let most_squares = 4 * points.len() as i64 + 1_024;
        let mut side = i64::from(radius.max(1));
        while ((east - west) / side + 1).saturating_mul((north - south) / side + 1) > most_squares {
            side *= 2;
        }
        let (columns, rows) = ((east - west) / side + 1, (north - south) / side + 1);
        let square = |p: &Point| ((i64::from(p.y) - south) / side * columns + (i64::from(p.x) - west) / side) as usize;
        let mut starts = vec![0_u32; (columns * rows) as usize + 1];
        points.iter().for_each(|p| starts[square(p) + 1] += 1);
        for at in 1..starts.len() {
            starts[at] += starts[at - 1];
        }
        let mut next = starts.clone();
        let mut inside = vec![(0_u32, Point { x: 0, y: 0 }); points.len()];
        for (number, point) in (0_u32..).zip(points) {
            let slot = &mut next[square(point)];
            inside[*slot as usize] = (number, *point);
            *slot += 1;
        }
        let radius_squared = u64::from(radius) * u64::from(radius);
        Self { inside, starts, west, south, side, columns, rows, radius_squared }
    }

    /// Numbers of the points within the radius, edge included, in order.
    pub fn covering(&self, at: Point) -> Vec<usize> {
        let mut found = Vec::new();
        self.covering_into(at, &mut found);
        found.into_iter().map(|number| number as usize).collect()
    }

    /// The same into a list that is used again and again.
    pub fn covering_into(&self, at: Point, found: &mut Vec<u32>) {
        found.clear();
        for points in self.near(at) {
            // Every number is written and only those in reach are kept: which ones are is too irregular to be guessed by
            // the processor.
            let mut kept = found.len();
            found.resize(kept + points.len(), 0);
            for (number, point) in points {
                found[kept] = *number;
                kept += usize::from(self.reaches(at, *point));
            }
            found.truncate(kept);
        }
        in_order(found);
    }

    /// Whether any point lies within the radius.
    pub fn covers_any(&self, at: Point) -> bool {
        self.near(at).any(|points| points.iter().any(|(_, p)| self.reaches(at, *p)))
    }

    /// The points of the squares around a place, row by row: the squares of one row lie side by side.
    fn near(&self, at: Point) -> impl Iterator<Item = &[(u32, Point)]> {
        let column = (i64::from(at.x) - self.west).div_euclid(self.side);
        let row = (i64::from(at.y) - self.south).div_euclid(self.side);
        let (first, last) = ((column - 1).max(0), (column + 1).min(self.columns - 1));
        ((row - 1).max(0)..=(row + 1).min(self.rows - 1)).filter(move |_| first <= last).map(move |row| {
            let from = self.starts[(row * self.columns + first) as usize];
            let to = self.starts[(row * self.columns + last) as usize + 1];
            &self.inside[from as usize..to as usize]
        })
    }

    fn reaches(&self, a: Point, b: Point) -> bool {
        // Each square fits, however far apart the points lie; their sum need not.
        let (dx, dy) = (u64::from(a.x.abs_diff(b.x)), u64::from(a.y.abs_diff(b.y)));
        (dx * dx <= self.radius_squared) & (dy * dy <= self.radius_squared.saturating_sub(dx * dx))
    }
}
