//! The fields of a neighbourhood that need a language, the database or one of the questions.

use async_graphql::{ComplexObject, Context, ID};
use chrono::{DateTime, FixedOffset};

use crate::childcare::graphql::ChildcareSentiment;
use crate::dong::graphql::Neighbourhood;
use crate::economy::graphql::{EconomicSensitivity, EconomicStructure, Market};
use crate::error::Result;
use crate::graphql::ids;
use crate::graphql::language::Language;
use crate::graphql::scalars::GeoJsonMultiPolygon;
use crate::wifi::graphql::NeighbourhoodWifi;
use crate::{childcare, economy, wifi};

#[ComplexObject]
impl Neighbourhood {
    /// Opaque global id; it survives new runs and new boundary files.
    pub(crate) async fn id(&self) -> ID {
        ids::encode("Neighbourhood", &self.code)
    }

    /// Name of the neighbourhood: Korean as in the boundary file, English by the Revised Romanization.
    async fn name(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Language of the name; without it the language of the request.")] lang: Option<Language>,
    ) -> String {
        self.name_in(Language::choose(lang, ctx))
    }

    /// Boundary in longitude and latitude (EPSG:4326).
    async fn boundary(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Decimals kept, 0 to 8; six are about 10 cm.", default = 6)] precision: i32,
        #[graphql(
            desc = "Leave out what deviates by less than so many metres, above 0 to 1,000; nothing is left out without it."
        )]
        simplify_meters: Option<f64>,
    ) -> Option<Result<GeoJsonMultiPolygon>> {
        Some(self.boundary_in(ctx, precision, simplify_meters).await)
    }

    /// Sensitivity of its sales to the epidemic (경제 민감도). Null before the first publication.
    async fn economy(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Answer from this published run; not together with asOf.")] run: Option<ID>,
        #[graphql(desc = "Answer from the newest run that was public at this moment.")] as_of: Option<
            DateTime<FixedOffset>,
        >,
    ) -> Option<Result<EconomicSensitivity>> {
        economy::graphql::of_neighbourhood(ctx, &self.code, run.as_ref(), as_of).await.transpose()
    }

    /// Structure of its trade by quarter (산업 구조), all industries together. Null before the first publication, and where
    /// no sales are known.
    async fn structure(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Answer from this published run; not together with asOf.")] run: Option<ID>,
        #[graphql(desc = "Answer from the newest run that was public at this moment.")] as_of: Option<
            DateTime<FixedOffset>,
        >,
    ) -> Option<Result<EconomicStructure>> {
        economy::graphql::structure_of_neighbourhood(ctx, &self.code, run.as_ref(), as_of).await.transpose()
    }

    /// Markets and shopping streets here (전통시장·상점가), by name. Null before the first publication.
    async fn markets(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Answer from this published run; not together with asOf.")] run: Option<ID>,
        #[graphql(desc = "Answer from the newest run that was public at this moment.")] as_of: Option<
            DateTime<FixedOffset>,
        >,
    ) -> Option<Result<Vec<Market>>> {
        economy::graphql::markets_of_neighbourhood(ctx, &self.code, run.as_ref(), as_of).await.transpose()
    }

    /// What is said about childcare here, and what care there is (육아·보육). Null before the first publication.
    async fn childcare(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Answer from this published run; not together with asOf.")] run: Option<ID>,
        #[graphql(desc = "Answer from the newest run that was public at this moment.")] as_of: Option<
            DateTime<FixedOffset>,
        >,
    ) -> Option<Result<ChildcareSentiment>> {
        childcare::graphql::of_neighbourhood(ctx, &self.code, run.as_ref(), as_of).await.transpose()
    }

    /// Ranked public Wi-Fi sites here (공공와이파이). Null before the first publication.
    async fn wifi(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Answer from this published run; not together with asOf.")] run: Option<ID>,
        #[graphql(desc = "Answer from the newest run that was public at this moment.")] as_of: Option<
            DateTime<FixedOffset>,
        >,
    ) -> Option<Result<NeighbourhoodWifi>> {
        wifi::graphql::of_neighbourhood(ctx, &self.code, run.as_ref(), as_of).await.transpose()
    }
}
