//! What parents say: volume over time, issues with polarity, keywords. Words that few people use are not among them.

mod issues;
mod keywords;
mod volumes;

use async_graphql::{Context, Enum, MergedObject};

pub use self::issues::ChildcareIssue;
pub use self::keywords::ChildcareKeyword;
pub use self::volumes::ChildcareVolume;
use super::sentiment::ChildcareScope;
use crate::dong::graphql::{Neighbourhood, neighbourhood};
use crate::error::{Error, Result, too_many};

/// Root fields about what parents say.
#[derive(MergedObject, Debug, Default, Clone, Copy)]
pub struct VoiceQuery(volumes::VolumeQuery, issues::IssueQuery, keywords::KeywordQuery);

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
