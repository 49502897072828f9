//! Which points lie within a radius? A grid of squares as wide as the radius: whatever is in reach of a point lies in
//! its own square or one of the eight around it.

use std::collections::HashMap;

use super::Point;

/// Points in a grid.
#[derive(Debug, Clone)]
pub struct Coverage {
    squares: HashMap<(i32, i32), Vec<(usize, Point)>>,
    side: i32,
    radius_squared: i64,
}

impl Coverage {
    /// `radius` in decimetres.
    pub fn new(points: &[Point], radius: u32) -> Self {
        // Squares of no width cannot be; with radius 0 only points at the very place are in reach.
        let side = i32::try_from(radius.max(1)).unwrap_or(i32::MAX);
        let mut squares = HashMap::<(i32, i32), Vec<(usize, Point)>>::new();
        for (at, point) in points.iter().enumerate() {
            squares.entry(square(*point, side)).or_default().push((at, *point));
        }
        Self { squares, side, radius_squared: i64::from(radius) * i64::from(radius) }
    }

    /// Numbers of the points within the radius, edge included, in order.
    pub fn covering(&self, at: Point) -> Vec<usize> {
        let mut found: Vec<usize> = self.near(at).filter(|(_, p)| self.reaches(at, *p)).map(|(n, _)| n).collect();
        found.sort_unstable();
        found
    }

    /// Whether any point lies within the radius.
    pub fn covers_any(&self, at: Point) -> bool {
        self.near(at).any(|(_, p)| self.reaches(at, p))
    }

    fn near(&self, at: Point) -> impl Iterator<Item = (usize, Point)> + '_ {
        let (x, y) = square(at, self.side);
        (-1..=1)
            .flat_map(move |dx| (-1..=1).map(move |dy| (x.saturating_add(dx), y.saturating_add(dy))))
            .filter_map(|key| self.squares.get(&key))
            .flatten()
            .copied()
    }

    fn reaches(&self, a: Point, b: Point) -> bool {
        let (dx, dy) = (i64::from(a.x) - i64::from(b.x), i64::from(a.y) - i64::from(b.y));
        // The squares of the grid keep both differences below twice its side, so nothing overflows.
        dx * dx + dy * dy <= self.radius_squared
    }
}

fn square(at: Point, side: i32) -> (i32, i32) {
    // Towards minus infinity, or the squares around zero would be twice as wide.
    (at.x.div_euclid(side), at.y.div_euclid(side))
}
