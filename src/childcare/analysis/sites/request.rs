//! What somebody asks of the choice, checked once.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::Siting;
use crate::childcare::analysis::CareKind;
use crate::error::{Sentence, both, out_of_range, too_many};

/// Most sites of one plan. Exact choices of more of them can take long.
const MOST_SITES: usize = 10;
/// Most money for all sites, won.
const MOST_WON: u64 = 1_000_000_000_000;
/// Most candidates that are chosen from exactly.
const MOST_CANDIDATES: usize = 200;
/// Metres that are walked with small children in a minute: 4 km an hour, a convention.
pub(super) const METRES_A_MINUTE: f64 = 4_000.0 / 60.0;

/// A question as somebody may ask it; what is left out keeps its default.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase", deny_unknown_fields)]
pub struct SiteRequest {
    /// Kind of care.
    pub kind: CareKind,
    /// Most sites.
    pub sites: usize,
    /// Walking reach in metres.
    pub reach_m: f64,
    /// Least straight distance between two sites in metres.
    pub apart_m: f64,
    /// Most money; candidates without a known cost then take no part.
    pub budget_won: Option<u64>,
    /// Reachable places for each child that count as enough; that of the run without it.
    pub need: Option<f64>,
    /// Ids of candidates that must be chosen.
    pub fixed: Vec<String>,
    /// Ids of candidates that must not.
    pub excluded: Vec<String>,
}

impl Default for SiteRequest {
    fn default() -> Self {
        Self {
            kind: CareKind::AllDay,
            sites: 3,
            reach_m: 1_000.0,
            apart_m: 300.0,
            budget_won: None,
            need: None,
            fixed: Vec::new(),
            excluded: Vec::new(),
        }
    }
}

/// A question that makes sense for the candidates of a run.
#[derive(Debug, Clone, PartialEq)]
pub struct CheckedRequest {
    /// See [`SiteRequest`].
    pub kind: CareKind,
    /// See [`SiteRequest`].
    pub sites: usize,
    /// See [`SiteRequest`].
    pub reach_m: f64,
    /// The same as straight decimetres.
    pub reach_dm: u32,
    /// See [`SiteRequest`].
    pub apart_m: f64,
    /// See [`SiteRequest`].
    pub budget_won: Option<u64>,
    /// Places for each child that count as enough.
    pub need: f64,
    /// See [`SiteRequest`].
    pub fixed: BTreeSet<String>,
    /// See [`SiteRequest`].
    pub excluded: BTreeSet<String>,
}

impl SiteRequest {
    /// Checks the question once. The error is a sentence with the allowed range.
    pub fn check(&self, siting: &Siting) -> Result<CheckedRequest, Sentence> {
        let range = |ok: bool, sentence: fn(&Self) -> Sentence| if ok { Ok(()) } else { Err(sentence(self)) };
        range((1..=MOST_SITES).contains(&self.sites), |me| out_of_range("sites", (1, MOST_SITES), me.sites))?;
        range((100.0..=3_000.0).contains(&self.reach_m), |me| out_of_range("reachMeters", (100, 3_000), me.reach_m))?;
        range((0.0..=5_000.0).contains(&self.apart_m), |me| out_of_range("apartMeters", (0, 5_000), me.apart_m))?;
        range(self.budget_won.is_none_or(|won| (1..=MOST_WON).contains(&won)), |me| {
            out_of_range("budgetWon", (1, MOST_WON), me.budget_won.unwrap_or(0))
        })?;
        let need = self.need.unwrap_or(siting.needs[self.kind as usize]);
        if !(0.001..=1.0).contains(&need) {
            return Err(out_of_range("need", (0.001, 1), need));
        }
        range(self.fixed.len() <= self.sites, |_| {
            both(
                "fixed may hold no more ids than there are sites.",
                "fixed에는 sites보다 많은 id를 줄 수 없습니다. sites를 늘리거나 fixed를 줄이십시오.",
            )
        })?;
        range(self.excluded.len() <= 200, |_| too_many("excluded", "excluded", 200))?;
        let set = |ids: &[String]| ids.iter().cloned().collect::<BTreeSet<_>>();
        let (fixed, excluded) = (set(&self.fixed), set(&self.excluded));
        for id in fixed.union(&excluded) {
            let candidate = siting.candidates.iter().find(|candidate| candidate.id == *id);
            let candidate = candidate.ok_or_else(|| {
                both(
                    format!("There is no candidate \"{id}\" in this run."),
                    format!("이 분석 실행에는 후보지 \"{id}\"가 없습니다. id를 확인해 주십시오."),
                )
            })?;
            if fixed.contains(id) && excluded.contains(id) {
                return Err(both(
                    format!("Candidate \"{id}\" cannot be fixed and excluded at once."),
                    format!("후보지 \"{id}\"를 fixed와 excluded에 함께 넣을 수 없습니다. 한쪽에서 빼 주십시오."),
                ));
            }
            if fixed.contains(id) && !candidate.fit[self.kind as usize] {
                return Err(both(
                    format!("Candidate \"{id}\" is not fit for this kind of care."),
                    format!("후보지 \"{id}\"는 이 돌봄 유형에 알맞지 않습니다. fixed에서 빼 주십시오."),
                ));
            }
            if fixed.contains(id) && self.budget_won.is_some() && candidate.cost_won.is_none() {
                return Err(both(
                    format!("The cost of candidate \"{id}\" is not known, so it cannot be fixed under a budget."),
                    format!(
                        "후보지 \"{id}\"의 비용을 알 수 없어 예산 안에서 고정할 수 없습니다. fixed에서 빼 주십시오."
                    ),
                ));
            }
        }
        let checked = CheckedRequest {
            kind: self.kind,
            sites: self.sites,
            reach_m: self.reach_m,
            reach_dm: (self.reach_m / siting.detour * 10.0).floor() as u32,
            apart_m: self.apart_m,
            budget_won: self.budget_won,
            need,
            fixed,
            excluded,
        };
        range(checked.taking_part(siting).count() <= MOST_CANDIDATES, |_| {
            both(
                format!("At most {MOST_CANDIDATES} candidates can be chosen from; exclude some."),
                format!("후보지는 {MOST_CANDIDATES}곳까지 견줄 수 있습니다. excluded로 일부를 빼 주십시오."),
            )
        })?;
        Ok(checked)
    }
}

impl CheckedRequest {
    /// Candidates that may be chosen.
    pub(super) fn taking_part<'a>(&'a self, siting: &'a Siting) -> impl Iterator<Item = &'a super::SiteCandidate> + 'a {
        siting.candidates.iter().filter(|candidate| {
            candidate.fit[self.kind as usize]
                && !self.excluded.contains(&candidate.id)
                && (self.budget_won.is_none() || candidate.cost_won.is_some())
        })
    }
}
