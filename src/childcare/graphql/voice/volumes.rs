//! How much is said, period by period, and where it suddenly becomes much more.

use std::sync::Arc;

use async_graphql::{Context, ID, InputObject, Object};
use chrono::{DateTime, FixedOffset};

use super::{Channel, GARWOOD, MentionGrain, check_codes, place, takes_place};
use crate::childcare::explain;
use crate::childcare::graphql::chosen;
use crate::childcare::graphql::sentiment::ChildcareScope;
use crate::childcare::results::voice::VolumeRow;
use crate::dong::graphql::Neighbourhood;
use crate::error::Result;
use crate::graphql::figure::Unit;
use crate::graphql::paging::{List, PageArguments};
use crate::graphql::scalars::Date;
use crate::graphql::stored::show;
use crate::run::graphql::{AnalysisRun, Figure, Rows, connect};
use crate::run::record::Run;

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

/// Root fields about how much is said.
#[derive(Debug, Default, Clone, Copy)]
pub struct VolumeQuery;

/// Root fields about how much is said.
#[Object]
impl VolumeQuery {
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
}
