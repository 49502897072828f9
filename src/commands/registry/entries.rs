//! The list of datasets.

use crate::commands::WRONG_USAGE;
use crate::error::{Error, Result};

/// One dataset.
#[derive(Debug, Clone, Copy)]
pub struct Entry {
    /// Name in `dongjak import`.
    pub dataset: &'static str,
    /// What it is.
    pub what: &'static str,
    /// Who publishes the official file.
    pub publisher: &'static str,
    /// Its licence, as far as the portal says.
    pub licence: &'static str,
    /// What must be said where the data are shown.
    pub attribution: &'static str,
}

const SEOUL: &str = "서울특별시 (Seoul Metropolitan Government)";
const KOGL: &str = "공공누리 제1유형 (KOGL Type 1)";
const CONTRACT: &str = "as agreed with the provider";

/// Every dataset of this version.
pub const ENTRIES: [Entry; 24] = [
    Entry {
        dataset: "dongs",
        what: "boundaries and code tables of dongs 행정동",
        publisher: "통계청 (Statistics Korea)",
        licence: KOGL,
        attribution: "통계청 SGIS",
    },
    Entry {
        dataset: "industries",
        what: "the district's own list of industries 업종",
        publisher: "district office",
        licence: "own work",
        attribution: "district office",
    },
    Entry {
        dataset: "industry-codes",
        what: "codes of the portals, joined to ours",
        publisher: "district office",
        licence: "own work",
        attribution: "district office",
    },
    Entry {
        dataset: "calendar",
        what: "holidays 공휴일",
        publisher: "district office",
        licence: "own work",
        attribution: "district office",
    },
    Entry {
        dataset: "policy-events",
        what: "policies with their days and industries 정책",
        publisher: "district office",
        licence: "own work",
        attribution: "district office",
    },
    Entry {
        dataset: "card-sales",
        what: "card sales 카드매출",
        publisher: "card company or Seoul",
        licence: CONTRACT,
        attribution: "as agreed with the provider",
    },
    Entry {
        dataset: "establishments",
        what: "establishments 점포",
        publisher: SEOUL,
        licence: KOGL,
        attribution: "서울시 상권분석서비스",
    },
    Entry {
        dataset: "markets",
        what: "traditional markets, shopping streets and commercial areas 전통시장·상점가·상권",
        publisher: "지방자치단체, 소상공인시장진흥공단, 서울특별시",
        licence: KOGL,
        attribution: "전국전통시장표준데이터; 소상공인시장진흥공단 전통시장현황; 서울시",
    },
    Entry {
        dataset: "merchant-usage",
        what: "use of merchants by payment scheme 가맹점 이용현황",
        publisher: "district office",
        licence: CONTRACT,
        attribution: "as agreed with the provider",
    },
    Entry {
        dataset: "covid-cases",
        what: "new cases a day 신규 확진자",
        publisher: SEOUL,
        licence: KOGL,
        attribution: "서울시",
    },
    Entry {
        dataset: "bsi",
        what: "business sentiment 경기체감지수",
        publisher: "소상공인시장진흥공단 (SEMAS)",
        licence: KOGL,
        attribution: "소상공인시장 경기동향조사, KOSIS",
    },
    Entry {
        dataset: "floating-population",
        what: "people present by hour 유동인구",
        publisher: SEOUL,
        licence: KOGL,
        attribution: "서울시",
    },
    Entry {
        dataset: "bus-stops",
        what: "bus stops 버스정류소",
        publisher: SEOUL,
        licence: KOGL,
        attribution: "서울시 버스정류소 위치정보",
    },
    Entry {
        dataset: "streetlights",
        what: "streetlights 가로등",
        publisher: SEOUL,
        licence: KOGL,
        attribution: "서울시 가로등 위치 정보",
    },
    Entry {
        dataset: "facilities",
        what: "parks, stations and other public facilities 공원·역사 등 공공시설",
        publisher: SEOUL,
        licence: KOGL,
        attribution: "서울시 주요 공원현황, 서울시 역사마스터 정보",
    },
    Entry {
        dataset: "buildings",
        what: "buildings with their floor area 건물 연면적",
        publisher: "국토교통부 (Ministry of Land)",
        licence: KOGL,
        attribution: "국토교통부 건축물대장",
    },
    Entry {
        dataset: "public-spaces",
        what: "streets, parks and squares as areas 공공공간 (도로·공원·광장)",
        publisher: "district office",
        licence: KOGL,
        attribution: "district office",
    },
    Entry {
        dataset: "access-points",
        what: "public Wi-Fi that works already 공공와이파이",
        publisher: SEOUL,
        licence: KOGL,
        attribution: "서울시 공공와이파이 서비스 위치 정보",
    },
    Entry {
        dataset: "wifi-requests",
        what: "requests for Wi-Fi 설치 요청",
        publisher: "district office",
        licence: "not for redistribution",
        attribution: "district office",
    },
    Entry {
        dataset: "daycare-centres",
        what: "daycare centres 어린이집",
        publisher: SEOUL,
        licence: KOGL,
        attribution: "서울시 어린이집 정보",
    },
    Entry {
        dataset: "childcare-use",
        what: "use of childcare places by hour 보육 이용 (시간제보육)",
        publisher: "district office",
        licence: "own work",
        attribution: "district office",
    },
    Entry {
        dataset: "childcare-candidates",
        what: "buildings in which a childcare service could open 보육시설 후보지",
        publisher: "district office",
        licence: "own work",
        attribution: "district office",
    },
    Entry {
        dataset: "children",
        what: "registered children by age 영유아 수",
        publisher: "행정안전부 (Ministry of the Interior)",
        licence: KOGL,
        attribution: "행정안전부 주민등록 인구통계",
    },
    Entry {
        dataset: "posts",
        what: "public posts about childcare 게시글 (JSON Lines)",
        publisher: "collected by the district",
        licence: "not for redistribution",
        attribution: "counts only",
    },
];

/// The dataset of that name, or a sentence that lists them.
pub fn entry(dataset: &str) -> Result<&'static Entry> {
    ENTRIES.iter().find(|entry| entry.dataset == dataset).ok_or_else(|| {
        let names: Vec<&str> = ENTRIES.iter().map(|entry| entry.dataset).collect();
        Error::bad_input(format!("{WRONG_USAGE}there is no dataset \"{dataset}\"; there are {}.", names.join(", ")))
    })
}
