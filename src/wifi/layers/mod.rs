//! What a map can show of public Wi-Fi.

use crate::run::Analysis;
use crate::run::layer::{Layer, RUN_STATUS, column, row_status};

/// The layers of this question.
pub const LAYERS: [Layer; 4] = [
    Layer {
        name: "wifi-sites",
        title_ko: "공공와이파이 설치 후보지 순위",
        title_en: "Ranked sites for public Wi-Fi",
        analyses: &[Analysis::Wifi],
        always: false,
        points: true,
        columns: &[
            column("rank", "순위", "rank"),
            column("facilityKind", "시설 종류", "kind of facility"),
            column("facilityId", "시설 번호", "id of the facility"),
            column("facilityName", "시설명", "name of the facility"),
            column("neighbourhood", "행정동코드", "code of the neighbourhood"),
            column("marginalPersonHours", "추가 인시(1일)", "added person-hours a day"),
            column("standalonePersonHours", "단독 인시(1일)", "person-hours a day when built alone"),
            column("cumulativePersonHours", "누적 인시(1일)", "person-hours a day up to here"),
            column("cumulativeShare", "누적 비율(0~1)", "share of the open demand up to here, 0 to 1"),
            column("requestsServed", "충족 요청 수", "requests served"),
            column("nearestAccessPointMetres", "가장 가까운 접속점(m)", "metres to the nearest access point"),
            RUN_STATUS,
        ],
        statuses: &row_status(Analysis::Wifi),
        sql: include_str!("sites.sql"),
    },
    Layer {
        name: "access-points",
        title_ko: "운영 중인 공공와이파이",
        title_en: "Public Wi-Fi that works already",
        analyses: &[Analysis::Wifi],
        always: false,
        points: true,
        columns: &[
            column("name", "설치 장소", "place"),
            column("installedOn", "설치일", "installed on"),
            column("indoor", "실내 여부", "inside a building"),
            RUN_STATUS,
        ],
        statuses: &row_status(Analysis::Wifi),
        sql: include_str!("access_points.sql"),
    },
    Layer {
        name: "candidates",
        title_ko: "설치 가능 시설",
        title_en: "Facilities that could carry an access point",
        analyses: &[Analysis::Wifi],
        always: false,
        points: true,
        columns: &[
            column("kind", "종류", "kind"),
            column("sourceId", "원자료 번호", "id in the source"),
            column("name", "시설명", "name"),
            column("neighbourhood", "행정동코드", "code of the neighbourhood"),
            RUN_STATUS,
        ],
        statuses: &row_status(Analysis::Wifi),
        sql: include_str!("candidates.sql"),
    },
    Layer {
        name: "demand",
        title_ko: "격자별 유동인구",
        title_en: "People present by cell",
        analyses: &[Analysis::Wifi],
        always: false,
        points: true,
        columns: &[
            column("cellMetres", "격자 한 변(m)", "side of the cell in metres"),
            column("spread", "행정동 인원 배분", "spread from the count of the neighbourhood"),
            column("weekdayPersonHours", "평일 인시", "person-hours on a weekday"),
            column("weekendPersonHours", "주말 인시", "person-hours on a day of the weekend"),
            column("maskedHours", "비식별 시간 수", "hours masked in the source and left out"),
            RUN_STATUS,
        ],
        statuses: &row_status(Analysis::Wifi),
        sql: include_str!("demand.sql"),
    },
];
