//! What parents say: volume over time, issues with polarity, keywords. Words that few people use are not among them.

use std::sync::Arc;

use async_graphql::{Context, Enum, ID, InputObject, Object};
use chrono::{DateTime, FixedOffset};

use super::chosen;
use super::sentiment::ChildcareScope;
use crate::childcare::explain;
use crate::childcare::results::voice::{IssueRow, KeywordRow, VolumeRow};
use crate::dong::graphql::{Neighbourhood, neighbourhood};
use crate::error::{Error, Result, out_of_range, too_many};
use crate::graphql::figure::Unit;
use crate::graphql::paging::{List, PageArguments};
use crate::graphql::scalars::Date;
use crate::graphql::stored::show;
use crate::run::graphql::{AnalysisRun, Figure, Rows, connect};
use crate::run::record::Run;

pub(super) const GARWOOD: &str = "exact Poisson (Garwood)";

/// What a post is about (쟁점).
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(name = "ChildcareIssueKind", remote = "crate::childcare::analysis::Issue")]
pub enum IssueKind {
    /// Waiting for a place (입소 대기).
    Waitlist,
    /// What care costs (비용).
    Cost,
    /// Opening hours (보육 시간).
    Hours,
    /// Care by the hour (시간제보육).
    PartTime,
    /// Safety (안전).
    Safety,
    /// Teachers (교사).
    Teacher,
    /// Meals (급식).
    Meal,
    /// Building and rooms (시설).
    Facility,
    /// The epidemic (코로나19).
    Covid,
    /// The way there (통원).
    Access,
    /// What the children do (프로그램).
    Program,
    /// Policy and benefits (정책·지원).
    Policy,
    /// Whether there is a centre at all (공급).
    Supply,
}

impl IssueKind {
    pub(super) fn named(name: &str) -> Option<Self> {
        crate::childcare::analysis::Issue::named(name).map(Self::from)
    }
}

/// What a post says (긍·부정).
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(name = "Polarity", remote = "crate::childcare::analysis::Polarity")]
pub enum PolarityKind {
    /// It praises (긍정).
    Positive,
    /// It does neither (중립).
    Neutral,
    /// It complains (부정).
    Negative,
}

impl PolarityKind {
    fn named(name: &str) -> Option<Self> {
        crate::childcare::analysis::Polarity::ALL.into_iter().find(|p| p.name() == name).map(Self::from)
    }
}

/// Where a post was written (채널).
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(name = "PostChannel")]
pub enum Channel {
    /// Forums of neighbours (카페).
    Cafe,
    /// Blogs (블로그).
    Blog,
    /// Twitter (트위터).
    Twitter,
    /// Instagram (인스타그램).
    Insta,
    /// News (뉴스).
    News,
    /// Anything else (기타).
    Other,
}

impl Channel {
    fn named(name: &str) -> Self {
        match name {
            "cafe" => Self::Cafe,
            "blog" => Self::Blog,
            "twitter" => Self::Twitter,
            "insta" => Self::Insta,
            "news" => Self::News,
            _ => Self::Other,
        }
    }
}

/// Length of a period (기간 단위).
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(name = "MentionGrain", remote = "crate::childcare::analysis::Grain")]
pub enum MentionGrain {
    /// From Monday to Sunday (주).
    Week,
    /// A calendar month (월).
    Month,
}

/// Which volumes are wanted. Conditions are joined by "and".
#[derive(InputObject, Debug, Clone, Default)]
#[graphql(name = "ChildcareVolumeFilter")]
pub struct VolumeFilter {
    /// Only this scope: DISTRICT, NEIGHBOURHOOD or UNRESOLVED.
    scope: Option<ChildcareScope>,
    /// Only these neighbourhoods, by eight-digit code; at most 50.
    neighbourhoods: Option<Vec<String>>,
    /// Only this channel. Without it, all channels together: channels are told apart for the whole district only.
    channel: Option<Channel>,
    /// Only periods that begin on this day or later.
    from: Option<Date>,
    /// Only periods that begin on this day or earlier.
    to: Option<Date>,
    /// Only bursts (true), or only what is known to be none (false).
    burst: Option<bool>,
}

/// Posts about childcare of one place or channel in one period.
#[derive(Debug, Clone)]
pub struct ChildcareVolume {
    run: Arc<Run>,
    row: VolumeRow,
}

impl ChildcareVolume {
    fn figure(&self, name: &str, unit: Unit) -> Figure {
        let day = self.row.starts_on.to_string();
        let path = ["volume", &self.row.place, explain::channel_of(&self.row), &day, name];
        Figure::of(&self.run, show(&self.row.figures, name, unit, GARWOOD)).at(&path)
    }
}

/// Posts about childcare in one period (기간별 언급량), by neighbourhood, or for the district by channel. The district is
/// the sum of its neighbourhoods and of the posts that belong to none of them (UNRESOLVED), and the sum of its channels.
/// Counts below 5 are SUPPRESSED, and so are those that would give them away.
#[Object(name = "ChildcareVolume")]
impl ChildcareVolume {
    /// What the figures speak of.
    async fn scope(&self) -> ChildcareScope {
        ChildcareScope::of(&self.row.place)
    }

    /// The neighbourhood, when the scope is one. Null otherwise, and when its boundary is not imported.
    async fn neighbourhood(&self, ctx: &Context<'_>) -> Option<Result<Neighbourhood>> {
        place(ctx, &self.row.place).await
    }

    /// Where the posts were written. Null: all channels together.
    async fn channel(&self) -> Option<Channel> {
        self.row.channel.as_deref().map(Channel::named)
    }

    /// Length of the period: the parameter `grain` of the run.
    async fn grain(&self) -> MentionGrain {
        MentionGrain::from(self.row.grain)
    }

    /// First day of the period.
    async fn starts_on(&self) -> Date {
        Date(self.row.starts_on)
    }

    /// Posts, each text once (언급량).
    async fn mentions(&self) -> Figure {
        self.figure("mentions", Unit::Posts)
    }

    /// Posts for every 1,000 registered children aged 0 to 5; for all channels together only.
    async fn mentions_per_thousand_children(&self) -> Figure {
        self.figure("mentions_per_thousand_children", Unit::PostsPerThousandChildren)
    }

    /// A burst (급증): at least 5 posts, and so many that the periods before make them very unlikely: negative binomial
    /// tail of a Poisson model with a Gamma prior, adjusted over all neighbourhoods and periods (Benjamini and Hochberg),
    /// below 0.01. Null for the district, for channels, for hidden counts, and in the first four periods.
    async fn is_burst(&self) -> Option<bool> {
        self.row.is_burst
    }

    /// The run that computed the figures.
    async fn run(&self) -> AnalysisRun {
        AnalysisRun(self.run.clone())
    }
}

/// Which issues are wanted. Conditions are joined by "and".
#[derive(InputObject, Debug, Clone, Default)]
#[graphql(name = "ChildcareIssueFilter")]
pub struct IssueFilter {
    /// Only this scope: DISTRICT, NEIGHBOURHOOD or UNRESOLVED.
    scope: Option<ChildcareScope>,
    /// Only these neighbourhoods, by eight-digit code; at most 50.
    neighbourhoods: Option<Vec<String>>,
    /// Only these issues.
    issues: Option<Vec<IssueKind>>,
}

/// How issues may be ordered. Ties keep the order of issue and place; missing values come last.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(name = "ChildcareIssueOrder")]
pub enum IssueOrder {
    /// By issue, then district, neighbourhoods by code, unresolved.
    Issue,
    /// Most mentions first.
    MostMentions,
    /// The largest share of complaints first.
    MostNegative,
    /// The largest share of praise first.
    MostPositive,
}

/// What is said about one issue in one place.
#[derive(Debug, Clone)]
pub struct ChildcareIssue {
    run: Arc<Run>,
    row: IssueRow,
}

impl ChildcareIssue {
    fn figure(&self, name: &str, unit: Unit, method: &str) -> Figure {
        let path = ["issue", &self.row.place, &self.row.issue, name];
        Figure::of(&self.run, show(&self.row.figures, name, unit, method)).at(&path)
    }
}

/// One issue of childcare (쟁점) in one place: how much is said about it, and how much of that praises or complains. A
/// post may be about several issues. Its polarity is told for each: that of the clauses about the issue.
#[Object(name = "ChildcareIssue")]
impl ChildcareIssue {
    /// What the figures speak of.
    async fn scope(&self) -> ChildcareScope {
        ChildcareScope::of(&self.row.place)
    }

    /// The neighbourhood, when the scope is one. Null otherwise, and when its boundary is not imported.
    async fn neighbourhood(&self, ctx: &Context<'_>) -> Option<Result<Neighbourhood>> {
        place(ctx, &self.row.place).await
    }

    /// The issue. Null when the run knows one that this version does not.
    async fn issue(&self) -> Option<IssueKind> {
        IssueKind::named(&self.row.issue)
    }

    /// Posts about the issue.
    async fn mentions(&self) -> Figure {
        self.figure("mentions", Unit::Posts, GARWOOD)
    }

    /// Share of them that praise.
    async fn positive_share(&self) -> Figure {
        self.figure("positive_share", Unit::Ratio, "Wilson")
    }

    /// Share of them that do neither.
    async fn neutral_share(&self) -> Figure {
        self.figure("neutral_share", Unit::Ratio, "Wilson")
    }

    /// Share of them that complain.
    async fn negative_share(&self) -> Figure {
        self.figure("negative_share", Unit::Ratio, "Wilson")
    }

    /// What is praised: keywords of the praising posts, the strongest first. For the whole district only.
    async fn praised(&self) -> Vec<String> {
        self.row.praised.clone()
    }

    /// What is complained about: keywords of the complaining posts, the strongest first. For the whole district only.
    async fn complained(&self) -> Vec<String> {
        self.row.complained.clone()
    }

    /// The run that computed the figures.
    async fn run(&self) -> AnalysisRun {
        AnalysisRun(self.run.clone())
    }
}

/// Which keywords are wanted: those of the group of posts that the conditions name. Without any condition, all groups.
#[derive(InputObject, Debug, Clone, Default)]
#[graphql(name = "ChildcareKeywordFilter")]
pub struct KeywordFilter {
    /// Only groups of this scope: DISTRICT or NEIGHBOURHOOD.
    scope: Option<ChildcareScope>,
    /// Only groups of these neighbourhoods, by eight-digit code; at most 50.
    neighbourhoods: Option<Vec<String>>,
    /// Only groups of posts about this issue.
    issue: Option<IssueKind>,
    /// Only groups of posts that say this.
    polarity: Option<PolarityKind>,
    /// Only the strongest words of each group: ranks up to this, 1 to 20.
    top: Option<i32>,
}

/// One keyword of a group of posts.
#[derive(Debug, Clone)]
pub struct ChildcareKeyword {
    run: Arc<Run>,
    row: KeywordRow,
}

impl ChildcareKeyword {
    fn figure(&self, name: &str, unit: Unit) -> Figure {
        let [issue, polarity] = explain::group_of(&self.row);
        let path = ["keyword", &self.row.place, issue, polarity, &self.row.term, name];
        Figure::of(&self.run, show(&self.row.figures, name, unit, "none")).at(&path)
    }
}

/// A word (연관어) that sets a group of posts apart from the other posts of the district: by log-odds with an informative
/// Dirichlet prior (Monroe, Colaresi and Quinn 2008), adjusted p value below 0.05. At least 5 posts by at least 3 known
/// authors of the group use it. Its numbers are SUPPRESSED where they would tell of fewer outside the group or in a part
/// of it.
#[Object(name = "ChildcareKeyword")]
impl ChildcareKeyword {
    /// What posts the group holds.
    async fn scope(&self) -> ChildcareScope {
        ChildcareScope::of(&self.row.place)
    }

    /// The neighbourhood, when the scope is one. Null otherwise, and when its boundary is not imported.
    async fn neighbourhood(&self, ctx: &Context<'_>) -> Option<Result<Neighbourhood>> {
        place(ctx, &self.row.place).await
    }

    /// The issue that the posts of the group are about. Null: any.
    async fn issue(&self) -> Option<IssueKind> {
        self.row.issue.as_deref().and_then(IssueKind::named)
    }

    /// What the posts of the group say. Null: anything.
    async fn polarity(&self) -> Option<PolarityKind> {
        self.row.polarity.as_deref().and_then(PolarityKind::named)
    }

    /// 1 for the word of the group with the largest z.
    async fn rank(&self) -> i32 {
        i32::try_from(self.row.rank).unwrap_or(i32::MAX)
    }

    /// The word in dictionary form.
    async fn term(&self) -> &str {
        &self.row.term
    }

    /// Up to three words that share a post of the group with it oftener than chance (pointwise mutual information), with
    /// the same floor of posts and authors.
    async fn associated(&self) -> &[String] {
        &self.row.associated
    }

    /// Posts of the group that use it.
    async fn posts(&self) -> Figure {
        self.figure("posts", Unit::Posts)
    }

    /// Its log-odds in the group minus those in the other posts of the district.
    async fn log_odds(&self) -> Figure {
        self.figure("log_odds", Unit::LogOdds)
    }

    /// The same in units of its standard deviation.
    async fn z(&self) -> Figure {
        self.figure("z", Unit::StandardDeviations)
    }

    /// The p value of z, adjusted over the words of the group (Benjamini and Hochberg).
    async fn p_adjusted(&self) -> Figure {
        self.figure("p_adjusted", Unit::Probability)
    }

    /// The run that computed the figures.
    async fn run(&self) -> AnalysisRun {
        AnalysisRun(self.run.clone())
    }
}

async fn place(ctx: &Context<'_>, place: &str) -> Option<Result<Neighbourhood>> {
    match ChildcareScope::of(place) {
        ChildcareScope::Neighbourhood => neighbourhood(ctx, place).await.transpose(),
        _ => None,
    }
}

fn check_codes(codes: Option<&Vec<String>>) -> Result<()> {
    match codes {
        Some(codes) if codes.len() > 50 => Err(Error::bad_input(too_many("A filter", "필터 하나", 50))),
        _ => Ok(()),
    }
}

fn takes_place(row: &str, scope: Option<ChildcareScope>, codes: Option<&Vec<String>>) -> bool {
    scope.is_none_or(|scope| scope == ChildcareScope::of(row))
        && codes.is_none_or(|codes| codes.iter().any(|code| code == row))
}

/// Root fields about what parents say.
#[derive(Debug, Default, Clone, Copy)]
pub struct VoiceQuery;

/// Root fields about what parents say.
#[Object]
impl VoiceQuery {
    /// Posts about childcare period by period (언급량 추이), with bursts. Null before the first publication; empty when
    /// the run read no posts.
    #[allow(clippy::too_many_arguments)]
    async fn childcare_volumes(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which volumes are wanted; without it all places, all channels together.")] filter: Option<
            VolumeFilter,
        >,
        #[graphql(desc = "Rows from the start, 1 to 100; 20 when neither first nor last is given.")] first: Option<i32>,
        #[graphql(desc = "Only rows after this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end, 1 to 100; not together with first.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
        #[graphql(desc = "Answer from this published run; not together with asOf.")] run: Option<ID>,
        #[graphql(desc = "Answer from the newest run that was public at this moment.")] as_of: Option<
            DateTime<FixedOffset>,
        >,
    ) -> Option<Result<Rows<ChildcareVolume>>> {
        let answer = async {
            let Some((run, all)) = chosen(ctx, run.as_ref(), as_of).await? else { return Ok(None) };
            let filter = filter.unwrap_or_default();
            check_codes(filter.neighbourhoods.as_ref())?;
            let takes = |row: &&VolumeRow| {
                takes_place(&row.place, filter.scope, filter.neighbourhoods.as_ref())
                    && filter.channel == row.channel.as_deref().map(Channel::named)
                    && filter.from.is_none_or(|day| row.starts_on >= day.0)
                    && filter.to.is_none_or(|day| row.starts_on <= day.0)
                    && filter.burst.is_none_or(|burst| row.is_burst == Some(burst))
            };
            let rows: Vec<VolumeRow> = all.voice.volumes.iter().filter(takes).cloned().collect();
            let list = List::new(&format!("childcareVolumes {} {filter:?}", run.id), rows.len());
            connect(&list, &PageArguments { first, after, last, before }, &rows, |row| ChildcareVolume {
                run: run.clone(),
                row: row.clone(),
            })
            .map(Some)
        };
        answer.await.transpose()
    }

    /// What is said about the thirteen issues of childcare (쟁점별 여론). Null before the first publication; empty when
    /// the run read no posts.
    #[allow(clippy::too_many_arguments)]
    async fn childcare_issues(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which issues are wanted; all without it.")] filter: Option<IssueFilter>,
        #[graphql(desc = "Order of the rows.", default_with = "IssueOrder::Issue")] order_by: IssueOrder,
        #[graphql(desc = "Rows from the start, 1 to 100; 20 when neither first nor last is given.")] first: Option<i32>,
        #[graphql(desc = "Only rows after this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end, 1 to 100; not together with first.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
        #[graphql(desc = "Answer from this published run; not together with asOf.")] run: Option<ID>,
        #[graphql(desc = "Answer from the newest run that was public at this moment.")] as_of: Option<
            DateTime<FixedOffset>,
        >,
    ) -> Option<Result<Rows<ChildcareIssue>>> {
        let answer = async {
            let Some((run, all)) = chosen(ctx, run.as_ref(), as_of).await? else { return Ok(None) };
            let filter = filter.unwrap_or_default();
            check_codes(filter.neighbourhoods.as_ref())?;
            let is_wanted = |row: &IssueRow| {
                let kind = IssueKind::named(&row.issue);
                filter.issues.as_ref().is_none_or(|issues| issues.iter().any(|issue| Some(*issue) == kind))
            };
            let takes = |row: &&IssueRow| {
                takes_place(&row.place, filter.scope, filter.neighbourhoods.as_ref()) && is_wanted(row)
            };
            let mut rows: Vec<IssueRow> = all.voice.issues.iter().filter(takes).cloned().collect();
            sort(&mut rows, order_by);
            let list = List::new(&format!("childcareIssues {} {filter:?} {order_by:?}", run.id), rows.len());
            connect(&list, &PageArguments { first, after, last, before }, &rows, |row| ChildcareIssue {
                run: run.clone(),
                row: row.clone(),
            })
            .map(Some)
        };
        answer.await.transpose()
    }

    /// Words that set a neighbourhood, an issue or a polarity apart (연관어). Null before the first publication; empty
    /// when the run read no posts or no word has enough people behind it.
    #[allow(clippy::too_many_arguments)]
    async fn childcare_keywords(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which groups of posts are wanted; all without it.")] filter: Option<KeywordFilter>,
        #[graphql(desc = "Rows from the start, 1 to 100; 20 when neither first nor last is given.")] first: Option<i32>,
        #[graphql(desc = "Only rows after this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end, 1 to 100; not together with first.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
        #[graphql(desc = "Answer from this published run; not together with asOf.")] run: Option<ID>,
        #[graphql(desc = "Answer from the newest run that was public at this moment.")] as_of: Option<
            DateTime<FixedOffset>,
        >,
    ) -> Option<Result<Rows<ChildcareKeyword>>> {
        let answer = async {
            let Some((run, all)) = chosen(ctx, run.as_ref(), as_of).await? else { return Ok(None) };
            let filter = filter.unwrap_or_default();
            check_codes(filter.neighbourhoods.as_ref())?;
            if let Some(top) = filter.top.filter(|top| !(1..=20).contains(top)) {
                return Err(Error::bad_input(out_of_range("top", (1, 20), top)));
            }
            let takes = |row: &&KeywordRow| {
                takes_place(&row.place, filter.scope, filter.neighbourhoods.as_ref())
                    && filter.issue.is_none_or(|issue| row.issue.as_deref().and_then(IssueKind::named) == Some(issue))
                    && filter
                        .polarity
                        .is_none_or(|said| row.polarity.as_deref().and_then(PolarityKind::named) == Some(said))
                    && filter.top.is_none_or(|top| i64::from(row.rank) <= i64::from(top))
            };
            let rows: Vec<KeywordRow> = all.voice.keywords.iter().filter(takes).cloned().collect();
            let list = List::new(&format!("childcareKeywords {} {filter:?}", run.id), rows.len());
            connect(&list, &PageArguments { first, after, last, before }, &rows, |row| ChildcareKeyword {
                run: run.clone(),
                row: row.clone(),
            })
            .map(Some)
        };
        answer.await.transpose()
    }
}

fn sort(rows: &mut [IssueRow], order: IssueOrder) {
    let name = match order {
        IssueOrder::Issue => return,
        IssueOrder::MostMentions => "mentions",
        IssueOrder::MostNegative => "negative_share",
        IssueOrder::MostPositive => "positive_share",
    };
    let value = |row: &IssueRow| row.figures.get(name).and_then(|f| f.value);
    rows.sort_by(|a, b| match (value(a), value(b)) {
        (Some(x), Some(y)) => y.total_cmp(&x),
        (x, y) => x.is_none().cmp(&y.is_none()),
    });
}
