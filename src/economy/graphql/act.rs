//! Where to act: what is still below its level, what has recovered, and what went with the policies there.

use std::sync::Arc;

use async_graphql::{Context, Enum, InputObject, Object};

use super::industry::{Industry, industry_of};
use super::markets::Market;
use super::policy::{PolicyEffect, policy_effects};
use crate::dong::graphql::{Neighbourhood, neighbourhood};
use crate::economy::analysis::{Level, Standing as Found};
use crate::economy::results::EconomyRun;
use crate::economy::results::local::{LevelRow, MarketRow};
use crate::economy::shown::local::{level, market_level, market_name};
use crate::graphql::figure::{FigureData, reason_text};
use crate::graphql::language::Language;
use crate::run::graphql::{AnalysisRun, Figure};
use crate::run::record::Run;

/// What a line speaks of.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(name = "ActionSubject")]
pub enum Subject {
    /// A market or shopping street (전통시장·상점가).
    Market,
    /// A neighbourhood (행정동).
    Neighbourhood,
    /// An industry (업종).
    Industry,
}

/// Where its sales stand against the base year.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[graphql(name = "Standing")]
pub enum Standing {
    /// Still below with confidence: the upper end of the interval of the level is below 1.
    Below,
    /// Nobody can say: the level is below 1 but the interval holds 1, or there is a level without an interval.
    Unclear,
    /// It fell, and its level is 1 or more again.
    Recovered,
    /// It never fell, and its level is 1 or more.
    NeverFell,
    /// There is no level: too few data, or hidden. The reason stands beside it.
    Unknown,
}

/// Which lines are wanted. Conditions are joined by "and".
#[derive(InputObject, Debug, Clone, Default)]
#[graphql(name = "WhereToActFilter")]
pub struct ActFilter {
    /// Only lines about these.
    subjects: Option<Vec<Subject>>,
    /// Only lines that stand so.
    standings: Option<Vec<Standing>>,
}

impl ActFilter {
    /// Is the line wanted?
    pub fn takes(&self, line: &ActionLine) -> bool {
        self.subjects.as_ref().is_none_or(|all| all.contains(&line.subject()))
            && self.standings.as_ref().is_none_or(|all| all.contains(&line.standing))
    }
}

#[derive(Debug, Clone)]
enum About {
    Scope(LevelRow),
    Market(MarketRow),
}

/// One line of the list.
#[derive(Debug, Clone)]
pub struct ActionLine {
    run: Arc<Run>,
    all: Arc<EconomyRun>,
    about: About,
    standing: Standing,
    level: FigureData,
}

/// One line of the list where a plan for revitalisation (활성화 계획) can start: what it speaks of, where its sales stand,
/// the level behind that, and the policies that reached it.
#[Object(name = "ActionLine")]
impl ActionLine {
    /// What the line speaks of.
    #[graphql(name = "subject")]
    async fn subject_field(&self) -> Subject {
        self.subject()
    }

    /// The market, when the line speaks of one. Null otherwise.
    async fn market(&self) -> Option<Market> {
        match &self.about {
            About::Market(row) => Some(Market { run: self.run.clone(), all: self.all.clone(), row: row.clone() }),
            About::Scope(_) => None,
        }
    }

    /// The neighbourhood that the line speaks of, or that the market lies in. Null where there is none, and when its
    /// boundary is not imported.
    async fn neighbourhood(&self, ctx: &Context<'_>) -> Option<Result<Neighbourhood, crate::error::Error>> {
        neighbourhood(ctx, self.dong()?).await.transpose()
    }

    /// The industry, when the line speaks of one. Null otherwise.
    async fn industry(&self) -> Option<Industry> {
        self.industry_code().map(|code| industry_of(&self.all, code))
    }

    /// Where its sales stand.
    async fn standing(&self) -> Standing {
        self.standing
    }

    /// Level of sales over those of the base year, 1 being the base. Of neighbourhoods and industries: of the last eight
    /// weeks, holiday-aligned, with a 95 % interval; sample size: weeks. Of markets: of the last quarter that has a base,
    /// measured, without an interval, because quarters are too few for one.
    async fn level(&self) -> Figure {
        let figure = Figure::of(&self.run, self.level.clone());
        match &self.about {
            About::Market(row) => figure.at(&["level", "market", &market_name(&self.all.local, row)]),
            About::Scope(row) => figure.at(&["level", &row.scope, &row.code]),
        }
    }

    /// Why it stands so where that is not plain from the level. Null when there is nothing to say.
    async fn reason(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Language of the sentence; without it the language of the request.")] lang: Option<Language>,
    ) -> Option<String> {
        reason_text(self.level.reason.as_ref(), lang, ctx)
    }

    /// The policies that reached it, each with its measured difference or the reason why there is none: of an industry
    /// those that name it; of a neighbourhood or a market those that name the neighbourhood or name none.
    async fn policies(&self) -> Vec<PolicyEffect> {
        let reached = |codes: &[Option<String>], wanted: Option<&str>, empty: bool| {
            if codes.is_empty() {
                return empty;
            }
            wanted.is_some_and(|wanted| codes.iter().flatten().any(|code| code == wanted))
        };
        policy_effects(&self.run, &self.all)
            .into_iter()
            .filter(|policy| match self.industry_code() {
                Some(industry) => reached(&policy.event().industries, Some(industry), false),
                None => reached(&policy.event().dongs, self.dong(), true),
            })
            .collect()
    }

    /// The run behind the line.
    async fn run(&self) -> AnalysisRun {
        AnalysisRun(self.run.clone())
    }
}

impl ActionLine {
    fn subject(&self) -> Subject {
        match &self.about {
            About::Market(_) => Subject::Market,
            About::Scope(row) if row.scope == "dong" => Subject::Neighbourhood,
            About::Scope(_) => Subject::Industry,
        }
    }

    fn industry_code(&self) -> Option<&str> {
        match &self.about {
            About::Scope(row) if row.scope == "industry" => Some(&row.code),
            _ => None,
        }
    }

    fn dong(&self) -> Option<&str> {
        match &self.about {
            About::Market(row) => row.dong_code.as_deref(),
            About::Scope(row) => (row.scope == "dong").then_some(row.code.as_str()),
        }
    }

    fn order(&self) -> (Standing, f64, u8, String) {
        let (kind, key) = match &self.about {
            About::Market(row) => (0, format!("{:09}", row.number)),
            About::Scope(row) => (if row.scope == "dong" { 1 } else { 2 }, row.code.clone()),
        };
        (self.standing, self.level.value.unwrap_or(f64::INFINITY), kind, key)
    }
}

/// Every market, neighbourhood and industry of a run: those still below first, the lowest first.
pub fn lines(run: &Arc<Run>, all: &Arc<EconomyRun>) -> Vec<ActionLine> {
    let line = |about, standing, level| ActionLine { run: run.clone(), all: all.clone(), about, standing, level };
    let scopes = all.local.levels.iter().filter(|row| row.scope != "district");
    let mut lines: Vec<ActionLine> =
        scopes.map(|row| line(About::Scope(row.clone()), standing_of_scope(row), level(row))).collect();
    lines.extend(all.local.markets.iter().map(|row| {
        let level = market_level(&all.local, row);
        // Without an interval nothing can be said with confidence.
        let standing = if level.value.is_some() { Standing::Unclear } else { Standing::Unknown };
        line(About::Market(row.clone()), standing, level)
    }));
    lines.sort_by(|a, b| {
        let ((a0, a1, a2, a3), (b0, b1, b2, b3)) = (a.order(), b.order());
        a0.cmp(&b0).then(a1.total_cmp(&b1)).then(a2.cmp(&b2)).then(a3.cmp(&b3))
    });
    lines
}

fn standing_of_scope(row: &LevelRow) -> Standing {
    match row.level.as_ref().map(Level::standing) {
        Some(Found::Below) => Standing::Below,
        Some(Found::Recovered) => Standing::Recovered,
        Some(Found::NeverFell) => Standing::NeverFell,
        Some(Found::Unclear) => Standing::Unclear,
        None => Standing::Unknown,
    }
}
