//! Reachable places for each child: the floating catchment areas.
//!
//! Step one asks of every centre how many children it would have to share its places among: R = places / Σ weight ·
//! children in reach. Step two asks of every cell which centres it can reach: A = Σ weight · R. Nearer ones weigh more.
//! All places that anybody can reach are handed out exactly once: Σ children · A = Σ places.
//!
//! The methods differ in the weight alone: one circle (2SFCA, Radke and Mu 2000), rings (E2SFCA, Luo and Qi 2009), a
//! curve (Gaussian 2SFCA, Dai 2010), rings and a choice among the centres in reach (3SFCA, Wan et al. 2012).

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

/// How the weight falls with the distance.
#[derive(Debug, Clone, PartialEq)]
pub enum Decay {
    /// By rings, from the inside out.
    Zones(Vec<Zone>),
    /// (exp(−d² / 2r²) − exp(−½)) / (1 − exp(−½)) up to the reach r, which belongs to it.
    Gaussian {
        /// Reach in metres.
        reach_m: f64,
    },
}

impl Decay {
    /// One circle in which every place counts alike.
    pub fn circle(reach_m: f64) -> Self {
        Self::Zones(vec![Zone { upper_m: reach_m, weight: 1.0 }])
    }

    fn weight(&self, walked_m: f64) -> f64 {
        match self {
            Self::Zones(zones) => zones.iter().find(|zone| walked_m <= zone.upper_m).map_or(0.0, |zone| zone.weight),
            Self::Gaussian { reach_m } if walked_m <= *reach_m => {
                let edge = (-0.5_f64).exp();
                ((-0.5 * (walked_m / reach_m) * (walked_m / reach_m)).exp() - edge) / (1.0 - edge)
            }
            Self::Gaussian { .. } => 0.0,
        }
    }
}

/// A method with its distances.
#[derive(Debug, Clone, PartialEq)]
pub struct Catchment {
    /// How the weight falls with the distance.
    pub decay: Decay,
    /// 3SFCA: each weight times the share of that weight among all centres in reach of the cell.
    pub choosing: bool,
    /// Walking distance over straight distance.
    pub detour: f64,
}

/// Both steps.
#[derive(Debug, Clone, PartialEq)]
pub struct Access {
    /// Places for each child in the catchment of every centre; 0 where nobody lives in reach.
    pub supply: Vec<f64>,
    /// Reachable places for each child of every cell.
    pub demand: Vec<f64>,
}

/// Computes both steps.
pub fn accessibility(demand: &[Point], supply: &[Point], catchment: &Catchment) -> Access {
    // By cell: the centres in reach and their weights.
    let weights: Vec<Vec<(usize, f64)>> = demand.iter().map(|cell| weights_of(cell, supply, catchment)).collect();
    let mut sharing = vec![0.0; supply.len()];
    for (cell, reached) in demand.iter().zip(&weights) {
        reached.iter().for_each(|(centre, weight)| sharing[*centre] += weight * cell.weight);
    }
    let ratios: Vec<f64> = supply
        .iter()
        .zip(&sharing)
        .map(|(centre, sharing)| if *sharing > 0.0 { centre.weight / sharing } else { 0.0 })
        .collect();
    // From +0: the sum of nothing would be −0.
    let reached =
        weights.iter().map(|reached| reached.iter().fold(0.0, |sum, (centre, w)| sum + w * ratios[*centre])).collect();
    Access { supply: ratios, demand: reached }
}

fn weights_of(cell: &Point, supply: &[Point], catchment: &Catchment) -> Vec<(usize, f64)> {
    let weight = |centre: &Point| {
        let (dx, dy) = (cell.at.0 - centre.at.0, cell.at.1 - centre.at.1);
        catchment.decay.weight((dx * dx + dy * dy).sqrt() * catchment.detour)
    };
    let mut reached: Vec<(usize, f64)> = supply
        .iter()
        .enumerate()
        .map(|(at, centre)| (at, weight(centre)))
        .filter(|(_, weight)| *weight > 0.0)
        .collect();
    if catchment.choosing {
        let all: f64 = reached.iter().map(|(_, weight)| weight).sum();
        reached.iter_mut().for_each(|(_, weight)| *weight *= *weight / all);
    }
    reached
}

#[cfg(test)]
mod tests;
