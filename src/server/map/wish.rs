//! What an address asks of a layer, and the runs that answer it.

use std::collections::BTreeSet;
use std::sync::Arc;

use actix_web::web;
use chrono::{DateTime, FixedOffset};

use crate::error::{Error, Kind, Result, both};
use crate::geo::{area_json, area_on_earth, on_earth};
use crate::graphql::ids;
use crate::graphql::language::Language;
use crate::run::Analysis;
use crate::run::catalog::Catalog;
use crate::run::layer::{Filter, Layer, Shape};
use crate::run::record::Run;

/// A checked wish.
#[derive(Debug, Clone)]
pub struct Wish {
    /// Which rows.
    pub filter: Filter,
    /// How places are written.
    pub shape: Shape,
    /// Language of headings and titles.
    pub language: Language,
    /// Runs and dataset versions behind the rows, as JSON.
    pub provenance: serde_json::Value,
    /// Strong entity tag, with its quotes.
    pub tag: String,
    /// Seconds since the runs were certainly the newest; none when they are.
    pub stale: Option<u64>,
    runs: Vec<String>,
    as_of: Option<DateTime<FixedOffset>>,
    has_key: bool,
}

impl Wish {
    /// Reads `run` (several joined by commas), `asOf`, `bbox`, `near`, `within`, `neighbourhood`, `precision`,
    /// `simplifyMeters` and `lang`. An unknown parameter is refused: a misspelt filter must not give all rows.
    pub fn read(
        query_string: &str,
        layer: &Layer,
        district: &str,
        language: impl Fn(Option<Language>) -> Language,
    ) -> Result<Self> {
        let pairs = web::Query::<Vec<(String, String)>>::from_query(query_string)
            .map_err(|_| {
                Error::bad_input(both(
                    "The address is not well-formed.",
                    "주소 형식이 올바르지 않습니다. 퍼센트 인코딩을 확인해 주십시오.",
                ))
            })?
            .into_inner();
        let mut wish = Self {
            filter: Filter { district: district.to_owned(), ..Filter::default() },
            shape: Shape { precision: 6, simplify_m: None },
            language: language(None),
            provenance: serde_json::Value::Null,
            tag: String::new(),
            stale: None,
            runs: Vec::new(),
            as_of: None,
            has_key: false,
        };
        for (name, value) in &pairs {
            match name.as_str() {
                "run" => wish.runs.extend(value.split(',').map(|id| id.trim().to_owned())),
                "asOf" => {
                    wish.as_of = Some(DateTime::parse_from_rfc3339(value).map_err(|_| {
                        wrong(
                            "asOf must be a moment such as 2026-01-31T00:00:00Z.",
                            "asOf는 2026-01-31T00:00:00Z와 같은 시각이어야 합니다.",
                        )
                    })?);
                }
                "bbox" => wish.filter.bbox = Some(bbox(value)?),
                "near" => wish.filter.near = Some(near(value)?),
                "within" => wish.filter.within = Some(area(value)?),
                "neighbourhood" => wish.filter.dongs = Some(codes(value)?),
                "precision" => {
                    wish.shape.precision = value
                        .parse()
                        .ok()
                        .filter(|p| (0..=8).contains(p))
                        .ok_or_else(|| wrong("precision must be from 0 to 8.", "precision은 0~8이어야 합니다."))?;
                }
                "simplifyMeters" if !layer.points => {
                    let metres = value.parse().ok().filter(|m: &f64| *m > 0.0 && *m <= 1_000.0);
                    wish.shape.simplify_m = Some(metres.ok_or_else(|| {
                        wrong(
                            "simplifyMeters must be above 0 and at most 1,000.",
                            "simplifyMeters는 0 초과 1,000 이하여야 합니다.",
                        )
                    })?);
                }
                "lang" => {
                    wish.language = match value.to_ascii_lowercase().as_str() {
                        "ko" => Language::Ko,
                        "en" => Language::En,
                        _ => return Err(wrong("lang must be ko or en.", "lang은 ko 또는 en이어야 합니다.")),
                    };
                }
                other => {
                    return Err(Error::bad_input(format!("This layer has no parameter {other:.40}."))
                        .in_korean(format!("이 레이어에는 {other:.40} 매개변수가 없습니다.")));
                }
            }
        }
        Ok(wish)
    }

    /// Finds the runs. Fails as the same question over GraphQL would.
    pub fn bind(mut self, layer: &Layer, catalog: &Catalog, tag: String, has_key: bool) -> Result<Self> {
        let mut named = BTreeSet::new();
        let mut runs: Vec<Option<Arc<Run>>> = Vec::new();
        for analysis in layer.analyses {
            let mut chosen = None;
            for id in &self.runs {
                match catalog.choose(*analysis, Some(id), self.as_of) {
                    Ok(run) => {
                        named.insert(id.clone());
                        chosen = run;
                    }
                    // It may be a run of another question of this layer; whether it is one of any is checked below.
                    Err(error) if error.kind() == Kind::BadInput && self.as_of.is_none() => {}
                    Err(error) => return Err(error),
                }
            }
            runs.push(match chosen {
                Some(run) => Some(run),
                None => catalog.choose(*analysis, None, self.as_of)?,
            });
        }
        if self.runs.iter().any(|id| !named.contains(id)) {
            return Err(wrong(
                "There is no such run of this layer; analysisRuns lists the published ones.",
                "이 레이어에 그런 분석 실행이 없습니다. 공개된 실행은 analysisRuns에 있습니다.",
            ));
        }
        if !layer.always && runs.iter().all(Option::is_none) {
            return Err(wrong("Nothing of this layer is published yet.", "이 레이어는 아직 공개된 분석이 없습니다."));
        }
        self.filter.runs = runs.iter().map(|run| run.as_ref().map(|run| run.id)).collect();
        let is_withdrawn = |run: &Run| run.withdrawn_at.is_some();
        let withdrawn =
            |analysis| runs.iter().flatten().any(|run| run.analysis == Analysis::name(analysis) && is_withdrawn(run));
        let statuses = layer.statuses.iter().filter(|status| withdrawn(status.analysis));
        self.filter.withdrawn = statuses.map(|s| (s.column.to_owned(), s.of.unwrap_or("").into())).collect();
        let inputs = |run: &Arc<Run>| catalog.inputs_of(run.id).to_vec();
        self.filter.versions = runs.iter().flatten().flat_map(inputs).map(|v| v.id).collect();
        self.provenance = runs.iter().flatten().map(|run| told(run, catalog)).collect();
        (self.tag, self.has_key) = (tag, has_key);
        Ok(self)
    }

    /// As for a GraphQL answer: never kept for the holder of a key or when it may be old, revalidated when pinned, short for the newest.
    pub fn cache_control(&self) -> &'static str {
        match (self.has_key || self.stale.is_some(), self.runs.is_empty()) {
            (true, _) => "no-store",
            (false, false) => "public, no-cache",
            (false, true) => "public, max-age=10",
        }
    }

    /// What must be said where the rows are shown.
    pub fn attribution(&self) -> String {
        let runs = self.provenance.as_array().into_iter().flatten();
        let sources = runs.flat_map(|run| run["sources"].as_array().into_iter().flatten());
        let all: BTreeSet<&str> = sources.filter_map(|source| source["attribution"].as_str()).collect();
        all.into_iter().collect::<Vec<_>>().join("; ")
    }
}

fn told(run: &Arc<Run>, catalog: &Catalog) -> serde_json::Value {
    let sources: Vec<_> = catalog
        .inputs_of(run.id)
        .iter()
        .map(|v| {
            serde_json::json!({
                "id": *ids::encode("DatasetVersion", &v.id.to_string()),
                "dataset": v.dataset,
                "publisher": v.publisher,
                "licence": v.licence,
                "attribution": v.attribution,
                "synthetic": v.synthetic,
            })
        })
        .collect();
    serde_json::json!({
        "run": *ids::encode("AnalysisRun", &run.id.to_string()),
        "analysis": run.analysis.to_ascii_uppercase(),
        "methodVersion": run.method_version,
        "status": if run.withdrawn_at.is_some() { "WITHDRAWN" } else { "PUBLISHED" },
        "withdrawalReason": run.withdrawal_reason,
        "audience": run.audience,
        "publishedAt": run.published_at,
        "synthetic": run.synthetic,
        "sources": sources,
    })
}

fn wrong(en: &str, ko: &str) -> Error {
    Error::bad_input(en).in_korean(ko)
}

fn numbers<const N: usize>(text: &str) -> Option<[f64; N]> {
    let all: Vec<f64> =
        text.split(',').map(|n| n.trim().parse::<f64>().ok().filter(|n| n.is_finite())).collect::<Option<_>>()?;
    all.try_into().ok()
}

fn bbox(text: &str) -> Result<[f64; 4]> {
    numbers(text)
        .filter(|[west, south, east, north]| {
            on_earth(*west, *south) && on_earth(*east, *north) && west < east && south < north
        })
        .ok_or_else(|| {
            wrong(
                "bbox is west,south,east,north with west < east from -180 to 180 and south < north from -90 to 90.",
                "bbox는 서,남,동,북 순서이며 서<동(-180~180), 남<북(-90~90)이어야 합니다.",
            )
        })
}

fn near(text: &str) -> Result<[f64; 3]> {
    numbers(text)
        .filter(|[longitude, latitude, metres]| on_earth(*longitude, *latitude) && *metres > 0.0 && *metres <= 50_000.0)
        .ok_or_else(|| {
            wrong(
                "near is longitude,latitude,metres with metres above 0 and at most 50,000.",
                "near는 경도,위도,미터 순서이며 미터는 0 초과 50,000 이하여야 합니다.",
            )
        })
}

fn codes(text: &str) -> Result<Vec<String>> {
    let codes: Vec<String> = text.split(',').map(|code| code.trim().to_owned()).collect();
    let sound = |code: &String| code.len() == 8 && code.bytes().all(|b| b.is_ascii_digit());
    if codes.len() > 50 || !codes.iter().all(sound) {
        return Err(wrong(
            "neighbourhood takes at most 50 eight-digit codes, separated by commas.",
            "neighbourhood에는 8자리 행정동코드를 쉼표로 구분해 50개까지 줄 수 있습니다.",
        ));
    }
    Ok(codes)
}

/// A GeoJSON polygon or multipolygon with closed rings on the earth. It is checked here, so that PostGIS never meets
/// something else.
fn area(text: &str) -> Result<String> {
    let area = serde_json::from_str(text).ok().and_then(area_on_earth).ok_or_else(|| {
        wrong(
            "within must be a GeoJSON Polygon or MultiPolygon of closed rings with at most 1,000 positions.",
            "within은 닫힌 고리로 된 GeoJSON Polygon 또는 MultiPolygon이어야 하며 꼭짓점은 1,000개 이하여야 합니다.",
        )
    })?;
    Ok(area_json(&area).to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_box_a_circle_and_an_area_that_make_no_sense_are_refused() {
        assert!(bbox("126.9,37.4,127,37.6").is_ok());
        for wrong in ["", "1,2,3", "127,37,126,38", "1,2,3,4,5", "NaN,1,2,3", "-181,0,1,1", "a,b,c,d"] {
            assert!(bbox(wrong).is_err(), "{wrong}");
        }
        assert!(near("126.9,37.5,200").is_ok());
        for wrong in ["126.9,37.5,0", "126.9,37.5,inf", "126.9,97.5,10", "126.9,37.5"] {
            assert!(near(wrong).is_err(), "{wrong}");
        }
        let square = "[[[0,0],[1,0],[1,1],[0,0]]]";
        assert!(area(&format!("{{\"type\":\"Polygon\",\"coordinates\":{square}}}")).is_ok());
        for wrong in [
            "{}".to_owned(),
            "{\"type\":\"Point\",\"coordinates\":[0,0]}".to_owned(),
            "{\"type\":\"Polygon\",\"coordinates\":[]}".to_owned(),
            "{\"type\":\"Polygon\",\"coordinates\":[[[0,0],[1,0],[1,1],[0,1]]]}".to_owned(),
            format!("{{\"type\":\"Polygon\",\"coordinates\":[[{}]]}}", vec!["[0,0]"; 1_001].join(",")),
        ] {
            assert!(area(&wrong).is_err(), "{wrong:.80}");
        }
    }
}
