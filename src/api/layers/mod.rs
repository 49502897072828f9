//! Every layer of the map. A question adds its own to its list; the neighbourhoods carry the headline of each question
//! and so belong to all.

use crate::run::Analysis;
use crate::run::layer::{Layer, Status, column};
use crate::{childcare, wifi};

const fn status(column: &'static str, analysis: Analysis, of: &'static str) -> Status {
    Status { column, analysis, of: Some(of) }
}

/// The district's neighbourhoods with the headline figure of each question.
const NEIGHBOURHOODS: Layer = Layer {
    name: "neighbourhoods",
    title_ko: "행정동과 주요 수치",
    title_en: "Neighbourhoods with the headline figure of each question",
    analyses: &[Analysis::Economy, Analysis::Childcare, Analysis::Wifi],
    always: true,
    points: false,
    columns: &[
        column("code", "행정동코드", "code"),
        column("name", "행정동명", "name (Korean)"),
        column("sensitivity", "경제 민감도(log/log 확진자)", "sensitivity of sales (log per log cases)"),
        column("sensitivityStatus", "경제 민감도 상태", "status of the sensitivity"),
        column("mentions", "육아 언급량(건)", "posts about childcare"),
        column("mentionsStatus", "육아 언급량 상태", "status of the posts"),
        column("accessibility", "보육 접근성(아동당 정원)", "reachable daycare places for each child"),
        column("accessibilityStatus", "보육 접근성 상태", "status of the accessibility"),
        column("wifiMarginalPersonHours", "와이파이 추가 인시(1일)", "person-hours a day that ranked Wi-Fi sites add"),
        column("wifiSites", "와이파이 후보지 수", "ranked Wi-Fi sites"),
        column("wifiStatus", "와이파이 수치 상태", "status of the two figures of Wi-Fi"),
    ],
    statuses: &[
        status("sensitivityStatus", Analysis::Economy, "sensitivity"),
        status("mentionsStatus", Analysis::Childcare, "mentions"),
        status("accessibilityStatus", Analysis::Childcare, "accessibility"),
        status("wifiStatus", Analysis::Wifi, "wifiSites"),
    ],
    sql: include_str!("neighbourhoods.sql"),
};

/// Every layer, in the order of the list that clients see.
pub fn layers() -> impl Iterator<Item = &'static Layer> {
    std::iter::once(&NEIGHBOURHOODS).chain(&wifi::layers::LAYERS).chain(&childcare::layers::LAYERS)
}

#[cfg(test)]
mod tests {
    use crate::run::Analysis;

    #[test]
    fn every_layer_has_a_name_of_its_own_and_every_column_stands_in_its_sql() {
        let mut names = std::collections::HashSet::new();
        for layer in super::layers() {
            assert!(names.insert(layer.name), "{} is there twice", layer.name);
            for column in layer.columns {
                assert!(layer.sql.contains(&format!("'{}'", column.name)), "{} of {}", column.name, layer.name);
            }
            let has = |name: &str| layer.columns.iter().any(|column| column.name == name);
            for status in layer.statuses {
                assert!(has(status.column) && status.of.is_none_or(has), "{} of {}", status.column, layer.name);
            }
            let marked = |analysis: &Analysis| layer.statuses.iter().any(|status| status.analysis == *analysis);
            assert!(layer.analyses.iter().all(marked), "{} does not say what a withdrawn run is worth", layer.name);
        }
    }
}
