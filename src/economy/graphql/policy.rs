//! Policies and what went with them.

use std::sync::Arc;

use async_graphql::{Context, Enum, ID, Object, SimpleObject};
use chrono::{DateTime, FixedOffset};

use super::chosen;
use super::industry::{Industry, industry_of};
use crate::economy::analysis::PolicyEffect as Effect;
use crate::economy::results::EconomyRun;
use crate::economy::shown;
use crate::economy::tables::PolicyEvent;
use crate::error::Result;
use crate::graphql::language::Language;
use crate::graphql::scalars::Date;
use crate::run::graphql::{AnalysisRun, Figure};
use crate::run::record::Run;
use crate::stats::groups::Randomisation;

/// Kinds of policies.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(name = "PolicyKind")]
pub enum PolicyKind {
    /// Money that could be spent in some industries (지원금).
    Subsidy,
    /// Distancing (거리두기). It reached everybody, so industries with much contact are compared with those with little.
    Distancing,
    /// Anything else.
    Other,
}

/// One week of a policy's path.
#[derive(SimpleObject, Debug, Clone)]
#[graphql(name = "PolicyPathPoint")]
pub struct PathPoint {
    /// Weeks after the week in which the policy began; negative before it. The week before it (-1) is the reference
    /// and is left out.
    week: i32,
    /// How far the groups are apart, over the reference week, in per cent. Before the policy it should be near zero.
    difference: Figure,
}

/// The randomisation test of a policy.
#[derive(SimpleObject, Debug, Clone)]
#[graphql(name = "RandomisationTest")]
pub struct RandomisationTest {
    /// Share of the ways to draw the reached industries by lot whose difference is at least as large, 0 to 1.
    p_value: f64,
    /// Ways that were looked at.
    assignments: i32,
    /// True when these are all there are; otherwise they were drawn.
    exact: bool,
}

impl From<Randomisation> for RandomisationTest {
    fn from(test: Randomisation) -> Self {
        Self { p_value: test.p, assignments: i32::try_from(test.assignments).unwrap_or(i32::MAX), exact: test.exact }
    }
}

/// A policy with what went with it.
#[derive(Debug, Clone)]
pub struct PolicyEffect {
    run: Arc<Run>,
    all: Arc<EconomyRun>,
    event: PolicyEvent,
    effect: Option<Effect>,
}

/// What went with a policy (정책 효과): the change of industries that it reached against that of the others, from the weeks
/// before to the weeks after (difference in differences of log holiday-aligned year-on-year sales).
///
/// Read the path first: if the groups went apart before the policy, the difference says little. What customers moved
/// from the one group to the other counts twice. For distancing it is an association only.
#[Object(name = "PolicyEffect")]
impl PolicyEffect {
    /// Code in the district's list of policies.
    async fn code(&self) -> &str {
        &self.event.code
    }

    /// Name of the policy. Falls back to Korean where the list has no English name.
    async fn name(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Language of the name; without it the language of the request.")] lang: Option<Language>,
    ) -> &str {
        let english = self.event.name_en.as_deref().unwrap_or(&self.event.name_ko);
        Language::choose(lang, ctx).pick(&self.event.name_ko, english)
    }

    /// What kind of policy it was.
    async fn kind(&self) -> PolicyKind {
        match self.event.kind.as_str() {
            "subsidy" => PolicyKind::Subsidy,
            "distancing" => PolicyKind::Distancing,
            _ => PolicyKind::Other,
        }
    }

    /// First day. The ISO week around it is left out of the comparison, because it is only partly reached.
    async fn starts_on(&self) -> Date {
        Date(self.event.starts_on)
    }

    /// Last day. Null while the policy is in force.
    async fn ends_on(&self) -> Option<Date> {
        self.event.ends_on.map(Date)
    }

    /// Where the days were published. Null when the list does not say.
    async fn source(&self) -> Option<&str> {
        self.event.source.as_deref()
    }

    /// Difference of the changes, in per cent: 100·(exp(difference of logs) − 1), with Welch's interval over industries.
    /// Sample size: industries.
    async fn difference(&self) -> Figure {
        Figure::of(&self.run, shown::policy(self.effect.as_ref())).at(&["policy", &self.event.code])
    }

    /// Randomisation test of the difference. Null when there is none.
    async fn randomisation(&self) -> Option<RandomisationTest> {
        self.effect.as_ref().map(|effect| effect.randomisation.into())
    }

    /// Week by week, ready to plot. Empty when there is no difference.
    async fn path(&self) -> Vec<PathPoint> {
        let Some(effect) = &self.effect else { return Vec::new() };
        effect
            .path
            .iter()
            .map(|p| PathPoint {
                week: p.week,
                difference: Figure::of(&self.run, shown::policy_week(p)).at(&[
                    "policy-path",
                    &self.event.code,
                    &p.week.to_string(),
                ]),
            })
            .collect()
    }

    /// Industries that it reached. Empty when nothing was compared.
    async fn treated(&self) -> Vec<Industry> {
        self.effect.iter().flat_map(|e| &e.treated).map(|code| industry_of(&self.all, code)).collect()
    }

    /// Industries that it was compared with. Empty when nothing was compared.
    async fn control(&self) -> Vec<Industry> {
        self.effect.iter().flat_map(|e| &e.control).map(|code| industry_of(&self.all, code)).collect()
    }

    /// What to keep in mind when reading the difference.
    async fn caution(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Language of the sentence; without it the language of the request.")] lang: Option<Language>,
    ) -> &str {
        let language = Language::choose(lang, ctx);
        if self.event.kind == "distancing" {
            return language.pick(
                "거리두기는 모든 업종에 적용되었으므로 대면 접촉이 많은 업종과 적은 업종을 비교한 상관관계이며 인과 효과가 아닙니다.",
                "Distancing reached every industry: this compares much with little contact and is an association, not an effect.",
            );
        }
        language.pick(
            "소비가 다른 업종에서 옮겨 왔다면 그만큼 두 번 계산됩니다. 차이는 정책이 더한 금액이 아닙니다.",
            "Spending that moved from one group to the other counts twice: the difference is not what the policy added.",
        )
    }

    /// The run that computed the difference.
    async fn run(&self) -> AnalysisRun {
        AnalysisRun(self.run.clone())
    }
}

impl PolicyEffect {
    /// The event as the district's list has it.
    pub(super) fn event(&self) -> &PolicyEvent {
        &self.event
    }
}

/// The policies of a run, by first day.
pub fn policy_effects(run: &Arc<Run>, all: &Arc<EconomyRun>) -> Vec<PolicyEffect> {
    let mut effects: Vec<PolicyEffect> = all
        .policies
        .iter()
        .map(|(event, effect)| PolicyEffect {
            run: run.clone(),
            all: all.clone(),
            event: event.clone(),
            effect: effect.clone(),
        })
        .collect();
    effects.sort_by(|a, b| (a.event.starts_on, &a.event.code).cmp(&(b.event.starts_on, &b.event.code)));
    effects
}

/// Root fields about policies.
#[derive(Debug, Default, Clone, Copy)]
pub struct PolicyQuery;

/// Root fields about policies.
#[Object]
impl PolicyQuery {
    /// What went with the policies of the district's list (정책 효과), by first day. Null before the first publication.
    async fn policy_effects(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Answer from this published run; not together with asOf.")] run: Option<ID>,
        #[graphql(desc = "Answer from the newest run that was public at this moment.")] as_of: Option<
            DateTime<FixedOffset>,
        >,
    ) -> Option<Result<Vec<PolicyEffect>>> {
        let answer = async {
            let Some((run, all)) = chosen(ctx, run.as_ref(), as_of).await? else { return Ok(None) };
            Ok(Some(policy_effects(&run, &all)))
        };
        answer.await.transpose()
    }
}
