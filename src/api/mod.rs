//! The GraphQL root: merges the questions and prints the contract.
//!
//! Fields of the questions on a neighbourhood are added here, because the place must not know the questions.

pub mod explain;
pub mod layers;
mod neighbourhood;
mod node;
pub mod request;

use async_graphql::{
    EmptyMutation, EmptySubscription, MergedObject, MergedSubscription, ObjectType, SDLExportOptions, Schema,
};

use crate::change::Writer;
use crate::childcare::graphql::{
    ChildcareAccess, ChildcareIssue, ChildcareIssueTrend, ChildcareKeyword, ChildcareSentiment, ChildcareUse,
    ChildcareVolume,
};
use crate::config::Settings;
use crate::db::Db;
use crate::dong::graphql::DongQuery;
use crate::economy::graphql::{
    ActionLine, EconomicSensitivity, EconomicStructure, EconomySales, Market, MerchantUsage,
};
use crate::ideas::graphql::{DataDemandNode, PolicyIdeaNode};
use crate::jobs::graphql::AnalysisJob;
use crate::run::Analysis;
use crate::run::compare::graphql::FigureChange;
use crate::run::graphql::{AnalysisRun, DatasetVersionNode, Rows, RunQuery};
use crate::wifi::graphql::WifiSite;

/// Everything that can be asked (질의). Missing answers are null with a reason; errors carry a stable `extensions.code`.
#[derive(MergedObject, Default)]
#[graphql(name = "Query")]
pub struct Query(
    DongQuery,
    RunQuery,
    node::NodeQuery,
    explain::ExplainQuery,
    crate::economy::graphql::EconomyQuery,
    crate::economy::graphql::LocalEconomyQuery,
    crate::childcare::graphql::ChildcareQuery,
    crate::wifi::graphql::WifiQuery,
    crate::wifi::graphql::plan::WifiPlanQuery,
    crate::jobs::graphql::JobQuery,
    crate::ideas::graphql::IdeaQuery,
    crate::ideas::graphql::DemandQuery,
);

/// Everything that can be changed (변경), one after the other in the order of the request. Send it by POST. Each change takes
/// an idempotency key; what is wrong with the input comes back as `userErrors`, and then nothing was changed.
#[derive(MergedObject, Default)]
#[graphql(name = "Mutation")]
pub struct Mutation(
    crate::wifi::requests::graphql::WifiMutation,
    crate::jobs::graphql::JobMutation,
    crate::jobs::graphql::RunMutation,
    crate::ideas::graphql::IdeaMutation,
    crate::ideas::graphql::DemandMutation,
);

/// What is told as it happens (구독), over WebSocket (graphql-transport-ws) or as a stream of events.
#[derive(MergedSubscription, Default)]
#[graphql(name = "Subscription")]
pub struct Subscription(crate::jobs::graphql::JobSubscription);

/// The schema that the server executes.
pub type ApiSchema = Schema<Query, Mutation, Subscription>;

/// Builds the schema with what resolvers need.
pub fn schema(settings: &Settings, db: &Db, writer: &Writer) -> ApiSchema {
    builder()
        .data(settings.clone())
        .data(db.clone())
        .data(writer.clone())
        .data(crate::jobs::watch::Watch::new(db.clone()))
        .data(crate::economy::graphql::Cache::default())
        .data(crate::childcare::graphql::Cache::default())
        .data(crate::wifi::graphql::Cache::default())
        .data(crate::wifi::graphql::plan::InputsCache::default())
        .finish()
}

/// The contract as text, sorted, so that two versions can be compared line by line.
pub fn sdl() -> String {
    builder().finish().sdl_with_options(
        SDLExportOptions::new()
            .sorted_fields()
            .sorted_arguments()
            .sorted_enum_items()
            .include_specified_by()
            .use_space_ident(),
    )
}

/// All that the question of the economy adds to the root.
#[derive(MergedObject, Default)]
struct EconomyRoot(crate::economy::graphql::EconomyQuery, crate::economy::graphql::LocalEconomyQuery);

/// All that the question of Wi-Fi adds to the root.
#[derive(MergedObject, Default)]
struct WifiRoot(crate::wifi::graphql::WifiQuery, crate::wifi::graphql::plan::WifiPlanQuery);

/// The part of the contract that one question adds, with all that it uses.
pub fn sdl_of(question: Analysis) -> String {
    match question {
        Analysis::Economy => sdl_with(EconomyRoot::default(), EmptyMutation),
        Analysis::Childcare => sdl_with(crate::childcare::graphql::ChildcareQuery::default(), EmptyMutation),
        Analysis::Wifi => sdl_with(WifiRoot::default(), crate::wifi::requests::graphql::WifiMutation),
    }
}

fn sdl_with(root: impl ObjectType + 'static, changes: impl ObjectType + 'static) -> String {
    Schema::build(root, changes, EmptySubscription).finish().sdl()
}

fn builder() -> async_graphql::SchemaBuilder<Query, Mutation, Subscription> {
    // What a query may cost is decided in `request`, before the library sees it.
    Schema::build(Query::default(), Mutation::default(), Subscription::default())
        .disable_suggestions()
        .override_output_type_description::<Rows<AnalysisRun>>("A page of analysis runs (분석 실행).")
        .override_output_type_description::<Rows<AnalysisJob>>("A page of jobs of the queue (분석 작업).")
        .override_output_type_description::<Rows<DatasetVersionNode>>("A page of dataset versions (데이터셋 버전).")
        .override_output_type_description::<Rows<EconomicSensitivity>>("A page of sensitivities (경제 민감도).")
        .override_output_type_description::<Rows<EconomicStructure>>("A page of lines of the structure (산업 구조).")
        .override_output_type_description::<Rows<Market>>("A page of markets and shopping streets (전통시장·상점가).")
        .override_output_type_description::<Rows<MerchantUsage>>("A page of uses of merchants (가맹점 이용현황).")
        .override_output_type_description::<Rows<ActionLine>>("A page of lines where to act (활성화 대상).")
        .override_output_type_description::<Rows<EconomySales>>("A page of series of sales (기간별 카드매출).")
        .override_output_type_description::<Rows<ChildcareSentiment>>(
            "A page of places with what is said there (동별 육아 여론).",
        )
        .override_output_type_description::<Rows<ChildcareAccess>>(
            "A page of places with the care that can be reached there (동별 보육 접근성).",
        )
        .override_output_type_description::<Rows<ChildcareUse>>("A page of uses of childcare places (보육 이용 현황).")
        .override_output_type_description::<Rows<crate::wifi::graphql::plan::PlannedSiteNode>>(
            "A page of sites of a plan (설치 계획).",
        )
        .override_output_type_description::<Rows<ChildcareVolume>>("A page of posts by period (기간별 언급량).")
        .override_output_type_description::<Rows<ChildcareIssue>>("A page of issues of childcare (쟁점).")
        .override_output_type_description::<Rows<ChildcareIssueTrend>>("A page of issues by period (쟁점 추이).")
        .override_output_type_description::<Rows<ChildcareKeyword>>("A page of keywords (연관어).")
        .override_output_type_description::<Rows<FigureChange>>(
            "A page of figures that differ between two runs (달라진 수치).",
        )
        .override_output_type_description::<Rows<PolicyIdeaNode>>("A page of ideas (정책 아이디어).")
        .override_output_type_description::<Rows<DataDemandNode>>("A page of demands (데이터 수요).")
        .override_output_type_description::<Rows<WifiSite>>("A page of ranked sites (공공와이파이 설치 후보지).")
}
