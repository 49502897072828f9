//! Calls and ideas, as they are read.

use async_graphql::{Context, Enum, ID, InputObject, Object};
use chrono::{DateTime, FixedOffset};
use serde::Serialize;

use crate::db::Db;
use crate::error::{Error, Result, both};
use crate::graphql::language::Language;
use crate::graphql::paging::{List, PageArguments};
use crate::graphql::scalars::Date;
use crate::graphql::{data, ids};
use crate::ideas::calls::{Call, call_list, today};
use crate::ideas::store::{Idea, Wanted, idea_count, idea_list};
use crate::keys::{Asker, Scope};
use crate::run::graphql::{Page, Rows, note_fleeting, seoul};

/// What an idea is about (주제).
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[graphql(name = "PolicyTopic")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum PolicyTopic {
    /// Trade and work (경제·일자리).
    Economy,
    /// Childcare and education (육아·교육).
    Childcare,
    /// Public Wi-Fi and digital services (공공와이파이·디지털).
    Digital,
    /// Welfare and health (복지·보건).
    Welfare,
    /// Safety (안전).
    Safety,
    /// Environment (환경).
    Environment,
    /// Traffic (교통).
    Transport,
    /// Culture and leisure (문화·여가).
    Culture,
    /// Anything else (기타).
    Other,
}

impl PolicyTopic {
    const ALL: [(Self, &'static str); 9] = [
        (Self::Economy, "economy"),
        (Self::Childcare, "childcare"),
        (Self::Digital, "digital"),
        (Self::Welfare, "welfare"),
        (Self::Safety, "safety"),
        (Self::Environment, "environment"),
        (Self::Transport, "transport"),
        (Self::Culture, "culture"),
        (Self::Other, "other"),
    ];

    pub(super) fn name(self) -> &'static str {
        Self::ALL.into_iter().find(|(topic, _)| *topic == self).map_or("other", |(_, name)| name)
    }

    fn of(name: &str) -> Self {
        Self::ALL.into_iter().find(|(_, known)| *known == name).map_or(Self::Other, |(topic, _)| topic)
    }
}

/// Where an idea stands (처리 상태).
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(name = "PolicyIdeaState")]
pub enum IdeaState {
    /// Nobody has decided about it yet.
    Waiting,
    /// Everybody may read it.
    Published,
    /// The district does not show it.
    Declined,
    /// Whoever has filed it has withdrawn it.
    Withdrawn,
}

impl IdeaState {
    fn decision(self) -> Option<&'static str> {
        match self {
            Self::Waiting => None,
            Self::Published => Some("PUBLISHED"),
            Self::Declined => Some("DECLINED"),
            Self::Withdrawn => Some("WITHDRAWN"),
        }
    }
}

/// A call for ideas (빅데이터 정책 아이디어 공모).
#[derive(Debug)]
pub struct CallNode(Call);

/// A call for ideas (빅데이터 정책 아이디어 공모).
#[Object(name = "PolicyIdeaCall")]
impl CallNode {
    /// Opaque id of the call.
    async fn id(&self) -> ID {
        ids::encode("PolicyIdeaCall", &self.0.number.to_string())
    }

    /// What it asks for.
    async fn title(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Language of the title; without it the language of the request.")] lang: Option<Language>,
    ) -> &str {
        Language::choose(lang, ctx).pick(&self.0.title_ko, &self.0.title_en)
    }

    /// First day on which ideas are taken.
    async fn opens_on(&self) -> Date {
        Date(self.0.opens_on)
    }

    /// Last day on which ideas are taken, included.
    async fn closes_on(&self) -> Date {
        Date(self.0.closes_on)
    }

    /// True when ideas are taken today, by the calendar of Seoul.
    async fn is_open(&self) -> bool {
        self.0.is_open(today())
    }
}

/// An idea for a policy that rests on data (빅데이터 정책 아이디어).
#[derive(Debug)]
pub struct PolicyIdeaNode(pub(super) Idea);

/// An idea for a policy that rests on data (빅데이터 정책 아이디어). Personal data in its texts are masked; who has filed it is
/// never shown.
#[Object(name = "PolicyIdea")]
impl PolicyIdeaNode {
    /// Opaque id of the idea.
    async fn id(&self) -> ID {
        ids::encode("PolicyIdea", &self.0.number.to_string())
    }

    /// Id of the call that it answers.
    async fn call(&self) -> ID {
        ids::encode("PolicyIdeaCall", &self.0.call.to_string())
    }

    /// What it is about.
    async fn topic(&self) -> PolicyTopic {
        PolicyTopic::of(&self.0.topic)
    }

    /// What it is, in one line.
    async fn title(&self) -> &str {
        &self.0.title
    }

    /// What it is, in full.
    async fn description(&self) -> &str {
        &self.0.description
    }

    /// Public data that it combines (공공데이터).
    async fn public_data(&self) -> &[String] {
        &self.0.public_data
    }

    /// Data of companies that it combines (민간데이터).
    async fn private_data(&self) -> &[String] {
        &self.0.private_data
    }

    /// When it was filed.
    async fn filed_at(&self) -> DateTime<FixedOffset> {
        seoul(self.0.filed_at)
    }

    /// Where it stands.
    async fn state(&self) -> IdeaState {
        match self.0.decision.as_deref() {
            None => IdeaState::Waiting,
            Some("PUBLISHED") => IdeaState::Published,
            Some("WITHDRAWN") => IdeaState::Withdrawn,
            Some(_) => IdeaState::Declined,
        }
    }

    /// Why it was decided so, in words. Null when nothing was said.
    async fn note(&self) -> Option<&str> {
        self.0.note.as_deref()
    }

    /// When it was decided. Null while it waits.
    async fn decided_at(&self) -> Option<DateTime<FixedOffset>> {
        self.0.decided_at.map(seoul)
    }
}

/// Which ideas are wanted; every part that is given must hold.
#[derive(InputObject, Debug)]
#[graphql(name = "PolicyIdeaFilter")]
pub struct IdeaFilter {
    /// Only ideas that answer this call.
    call: Option<ID>,
    /// Only ideas about one of these, at most 9.
    topics: Option<Vec<PolicyTopic>>,
    /// Only ideas that stand so; all but PUBLISHED need a key with the scope `admin`.
    #[graphql(default_with = "IdeaState::Published")]
    state: IdeaState,
}

/// Root fields about ideas.
#[derive(Default)]
pub struct IdeaQuery;

/// Root fields about ideas.
#[Object]
impl IdeaQuery {
    /// Calls for ideas, the one that opens last first (공모 목록).
    async fn policy_idea_calls(&self, ctx: &Context<'_>) -> Option<Result<Vec<CallNode>>> {
        let answer = async {
            note_fleeting(ctx);
            let calls = data::<Db>(ctx)?.run(call_list).await?;
            Ok(calls.into_iter().map(CallNode).collect())
        };
        Some(answer.await)
    }

    /// Ideas that the district has looked at and shows, the newest decision first (정책 아이디어 목록).
    #[allow(clippy::too_many_arguments)]
    async fn policy_ideas(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which ideas; without it all that are shown.")] filter: Option<IdeaFilter>,
        #[graphql(desc = "Rows from the start, 1 to 100; 20 when neither first nor last is given.")] first: Option<i32>,
        #[graphql(desc = "Only rows after this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end, 1 to 100; not together with first.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
    ) -> Option<Result<Rows<PolicyIdeaNode>>> {
        let page = PageArguments { first, after, last, before };
        let all_shown = IdeaFilter { call: None, topics: None, state: IdeaState::Published };
        Some(ideas(ctx, filter.unwrap_or(all_shown), page).await)
    }
}

/// The number in an id of this kind.
pub(super) fn number_of(kind: &str, id: &ID) -> Option<i32> {
    let (found, key) = ids::decode(id.as_str())?;
    if found == kind { key.parse().ok() } else { None }
}

async fn ideas(ctx: &Context<'_>, filter: IdeaFilter, page: PageArguments) -> Result<Rows<PolicyIdeaNode>> {
    note_fleeting(ctx);
    if filter.state != IdeaState::Published {
        data::<Asker>(ctx)?.require(Scope::Admin)?;
    }
    let call = match &filter.call {
        None => None,
        Some(id) => Some(number_of("PolicyIdeaCall", id).ok_or_else(|| {
            Error::bad_input(both(
                "There is no such call; policyIdeaCalls lists them.",
                "그런 공모가 없습니다. 공모는 policyIdeaCalls에 있습니다.",
            ))
        })?),
    };
    let topics = filter.topics.unwrap_or_default().into_iter().map(|topic| topic.name().to_owned()).collect();
    let wanted = Wanted { call, topics, decision: filter.state.decision() };
    let rows = move |conn: &mut diesel::PgConnection| {
        let (total, state) = idea_count(conn, &wanted)?;
        let list = List::new(&format!("policyIdeas {wanted:?} {state}"), total);
        let range = list.page(&page)?;
        let ideas = idea_list(conn, &wanted, range.clone())?;
        Ok((Page { list, range }, ideas))
    };
    let (page, ideas) = data::<Db>(ctx)?.run(rows).await?;
    Ok(page.connect(ideas.into_iter().map(PolicyIdeaNode)))
}
