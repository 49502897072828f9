//! What a post is about: the thirteen issues (쟁점) of childcare.

/// An issue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Issue {
    /// Waiting for a place 입소 대기.
    Waitlist,
    /// What care costs 비용.
    Cost,
    /// Opening hours 보육 시간.
    Hours,
    /// Care by the hour 시간제 보육.
    PartTime,
    /// Safety 안전.
    Safety,
    /// Teachers 교사.
    Teacher,
    /// Meals 급식.
    Meal,
    /// Building and rooms 시설.
    Facility,
    /// The epidemic 코로나.
    Covid,
    /// The way there 통원.
    Access,
    /// What the children do 프로그램.
    Program,
    /// Policy and benefits 정책·지원.
    Policy,
    /// Whether there is a centre at all 공급.
    Supply,
}

impl Issue {
    /// All of them, in the order of the model's classes.
    pub const ALL: [Self; 13] = [
        Self::Waitlist,
        Self::Cost,
        Self::Hours,
        Self::PartTime,
        Self::Safety,
        Self::Teacher,
        Self::Meal,
        Self::Facility,
        Self::Covid,
        Self::Access,
        Self::Program,
        Self::Policy,
        Self::Supply,
    ];

    /// The name in files and tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::Waitlist => "waitlist",
            Self::Cost => "cost",
            Self::Hours => "hours",
            Self::PartTime => "part_time",
            Self::Safety => "safety",
            Self::Teacher => "teacher",
            Self::Meal => "meal",
            Self::Facility => "facility",
            Self::Covid => "covid",
            Self::Access => "access",
            Self::Program => "program",
            Self::Policy => "policy",
            Self::Supply => "supply",
        }
    }

    /// The issue of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|issue| issue.name() == name)
    }
}
