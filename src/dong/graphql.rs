//! What clients may ask about a neighbourhood itself. The fields of the three questions are added in [`crate::api`].

use std::collections::BTreeMap;
use std::sync::Arc;

use async_graphql::{Context, Object, SimpleObject};
use tokio::sync::{Mutex, OnceCell};

use super::romanise;
use super::tables::{self, Dong};
use crate::config::Settings;
use crate::db::Db;
use crate::error::{Error, Result, both, out_of_range, too_many};
use crate::graphql::language::Language;
use crate::graphql::scalars::GeoJsonMultiPolygon;
use crate::run::graphql::{data, note_newest};

type Boundaries = Arc<BTreeMap<String, Arc<geo_types::MultiPolygon<f64>>>>;

type DongList = Arc<OnceCell<Arc<Vec<Dong>>>>;

/// The dongs that requests share for as long as nothing is imported or published: measuring their areas costs the
/// database more than most answers do.
#[derive(Debug, Default)]
pub struct SharedDongs(std::sync::Mutex<(String, DongList)>);

impl SharedDongs {
    /// The dongs for a request that sees the publications under this key.
    pub fn for_request(&self, key: &str) -> RequestDongs {
        let Ok(mut newest) = self.0.lock() else { return RequestDongs::default() };
        if newest.0 != key {
            *newest = (key.to_owned(), DongList::default());
        }
        RequestDongs { list: newest.1.clone(), boundaries: Mutex::default() }
    }
}

/// The dongs of the district as this request sees them, read at most once.
#[derive(Debug, Default)]
pub struct RequestDongs {
    list: DongList,
    boundaries: Mutex<BTreeMap<Option<u64>, Boundaries>>,
}

/// An administrative dong (행정동), the smallest area for which figures are published.
#[derive(Debug, Clone, SimpleObject)]
#[graphql(name = "Neighbourhood", complex)]
pub struct Neighbourhood {
    /// Code of the administrative dong: the eight digits of the Ministry of the Interior (행정동코드).
    pub code: String,
    /// Area in square metres on the WGS 84 ellipsoid, as the boundary file in force draws it. Whether the Han river is
    /// inside depends on that file.
    pub area_square_meters: f64,
    #[graphql(skip)]
    name_ko: String,
}

impl From<&Dong> for Neighbourhood {
    fn from(dong: &Dong) -> Self {
        Self { code: dong.code.clone(), area_square_meters: dong.area_m2, name_ko: dong.name_ko.clone() }
    }
}

impl Neighbourhood {
    /// Korean as in the file, or Latin letters by rule.
    pub fn name_in(&self, language: Language) -> String {
        match language {
            Language::Ko => self.name_ko.clone(),
            Language::En => romanise(&self.name_ko),
        }
    }

    /// The boundary, rounded and, where asked for, simplified. All dongs of an answer come from one query.
    pub async fn boundary_in(
        &self,
        ctx: &Context<'_>,
        precision: i32,
        simplify_m: Option<f64>,
    ) -> Result<GeoJsonMultiPolygon> {
        let precision = u8::try_from(precision)
            .ok()
            .filter(|p| *p <= 8)
            .ok_or_else(|| Error::bad_input(out_of_range("precision", (0, 8), precision)))?;
        if simplify_m.is_some_and(|m| !(m > 0.0 && m <= 1_000.0)) {
            return Err(Error::bad_input(both(
                "simplifyMeters must be above 0 and at most 1,000.",
                "simplifyMeters 값은 0보다 크고 1,000 이하로 주십시오.",
            )));
        }
        let request = data::<RequestDongs>(ctx)?;
        let mut known = request.boundaries.lock().await;
        let key = simplify_m.map(f64::to_bits);
        let all = match known.get(&key) {
            Some(all) => all.clone(),
            None => {
                let district = data::<Settings>(ctx)?.district.clone();
                let read = data::<Db>(ctx)?.run(move |conn| tables::boundary_list(conn, &district, simplify_m)).await?;
                let all: Boundaries = Arc::new(read.into_iter().map(|(code, area)| (code, Arc::new(area))).collect());
                known.insert(key, all.clone());
                all
            }
        };
        let area = all.get(&self.code).ok_or_else(|| Error::internal(format!("no boundary for {}", self.code)))?;
        Ok(GeoJsonMultiPolygon { area: area.clone(), precision })
    }
}

/// The dongs of the district, in the order of their codes.
pub async fn dongs(ctx: &Context<'_>) -> Result<Arc<Vec<Dong>>> {
    note_newest(ctx);
    let request = data::<RequestDongs>(ctx)?;
    let district = data::<Settings>(ctx)?.district.clone();
    let db = data::<Db>(ctx)?.clone();
    request
        .list
        .get_or_try_init(|| async { db.run(move |conn| tables::dong_list(conn, &district)).await.map(Arc::new) })
        .await
        .cloned()
}

/// The neighbourhood with this code, if it is one of the district's.
pub async fn neighbourhood(ctx: &Context<'_>, code: &str) -> Result<Option<Neighbourhood>> {
    Ok(dongs(ctx).await?.iter().find(|dong| dong.code == code).map(Neighbourhood::from))
}

/// Root fields about places.
#[derive(Debug, Default, Clone, Copy)]
pub struct DongQuery;

/// Root fields about places.
#[Object]
impl DongQuery {
    /// The neighbourhoods of the district in the order of their codes (행정동 목록). Empty until boundaries are imported.
    async fn neighbourhoods(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only these eight-digit codes, at most 50.")] codes: Option<Vec<String>>,
    ) -> Option<Result<Vec<Neighbourhood>>> {
        let answer = async {
            if codes.as_ref().is_some_and(|codes| codes.len() > 50) {
                return Err(Error::bad_input(too_many("codes", "codes", 50)));
            }
            let all = dongs(ctx).await?;
            let wanted = |dong: &&Dong| codes.as_ref().is_none_or(|codes| codes.contains(&dong.code));
            Ok(all.iter().filter(wanted).map(Neighbourhood::from).collect())
        };
        Some(answer.await)
    }
}
