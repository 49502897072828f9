//! Reachable places for each child: the enhanced two-step floating catchment area (Luo and Qi 2009).
//!
//! Step one asks of every centre how many children it would have to share its places among: R = places / Σ weight ·
//! children in its zones. Step two asks of every cell which centres it can reach: A = Σ weight · R. Nearer zones weigh
//! more. All places that anybody can reach are handed out exactly once: Σ children · A = Σ places.

/// A ring around a place; its outer edge belongs to it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Zone {
    /// Outer edge in metres.
    pub upper_m: f64,
    /// Weight, 0 to 1.
    pub weight: f64,
}

/// A place with children, or with licensed places.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    /// Easting and northing in metres.
    pub at: (f64, f64),
    /// Children, or licensed places.
    pub weight: f64,
}

/// Both steps.
#[derive(Debug, Clone, PartialEq)]
pub struct Access {
    /// Places for each child in the catchment of every centre; 0 where nobody lives in reach.
    pub supply: Vec<f64>,
    /// Reachable places for each child of every cell.
    pub demand: Vec<f64>,
}

/// Computes both steps. `detour` turns straight metres into walked ones.
pub fn accessibility(demand: &[Point], supply: &[Point], zones: &[Zone], detour: f64) -> Access {
    let weight = |a: &Point, b: &Point| {
        let (dx, dy) = (a.at.0 - b.at.0, a.at.1 - b.at.1);
        let walked = (dx * dx + dy * dy).sqrt() * detour;
        zones.iter().find(|zone| walked <= zone.upper_m).map_or(0.0, |zone| zone.weight)
    };
    let ratios: Vec<f64> = supply
        .iter()
        .map(|centre| {
            let sharing: f64 = demand.iter().map(|cell| weight(cell, centre) * cell.weight).sum();
            if sharing > 0.0 { centre.weight / sharing } else { 0.0 }
        })
        .collect();
    let reached = demand
        .iter()
        .map(|cell| supply.iter().zip(&ratios).map(|(centre, r)| weight(cell, centre) * r).sum())
        .collect();
    Access { supply: ratios, demand: reached }
}
