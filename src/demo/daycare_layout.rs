//! The 62 columns of Seoul's daycare file (서울시 어린이집 정보, 표준 데이터), in its order and spelling.

/// The header of the official file.
pub const HEADER: [&str; 62] = [
    "시군구명",
    "어린이집코드",
    "어린이집명",
    "어린이집유형",
    "운영현황",
    "우편번호",
    "상세주소",
    "전화번호",
    "팩스번호",
    "홈페이지주소",
    "보육실수",
    "보육실 면적",
    "놀이터수",
    "CCTV총설치수",
    "보육교직원수",
    "정원",
    "현원",
    "시설 위도(좌표값)",
    "시설 경도(좌표값)",
    "통학차량운영여부",
    "인가일자",
    "휴지시작일자",
    "휴지종료일자",
    "폐지일자",
    "데이터기준일자",
    "제공서비스",
    "반수-만0세",
    "반수-만1세",
    "반수-만2세",
    "반수-만3세",
    "반수-만4세",
    "반수-만5세",
    "반수-영아혼합(만0~2세)",
    "반수-유아혼합(만3~5세)",
    "반수-특수장애",
    "반수-총계",
    "아동수-만0세",
    "아동수-만1세",
    "아동수-만2세",
    "아동수-만3세",
    "아동수-만4세",
    "아동수-만5세",
    "아동수-영아혼합(만0~2세)",
    "아동수-유아혼합(만3~5세)",
    "아동수-특수장애",
    "아동수-총계",
    "근속년수-1년미만",
    "근속년수-1년이상~2년미만",
    "근속년수-2년이상~4년미만",
    "근속년수-4년이상~6년미만",
    "근속년수-6년이상",
    "교직원현황-원장",
    "교직원현황-보육교사",
    "교직원현황-특수교사",
    "교직원현황-치료교사",
    "교직원현황-영양사",
    "교직원현황-간호사",
    "교직원현황-간호조무사",
    "교직원현황-조리원",
    "교직원현황-사무직원",
    "교직원현황-총계",
    "데이터수집일",
];

/// What a centre is, before it is spread over the columns.
#[derive(Debug)]
pub struct Centre {
    pub code: String,
    pub name: String,
    pub kind: &'static str,
    /// 정상 (open), 재개 (open again), 휴지 (suspended) or 폐지 (closed).
    pub status: &'static str,
    pub address: String,
    pub rooms: u32,
    pub playgrounds: u32,
    pub cameras: u32,
    pub capacity: u32,
    /// Latitude and longitude as text; empty where nobody wrote them down.
    pub place: Option<(String, String)>,
    pub bus: bool,
    pub licensed_on: String,
    pub suspended: Option<(String, String)>,
    pub closed_on: String,
    pub services: &'static str,
    /// Classes and children of the ages 0 to 5.
    pub classes: [u32; 6],
    pub children: [u32; 6],
    /// Percent of staff by years of service; `None` for a centre without staff.
    pub staff: Option<Staff>,
}

/// The people who work at a centre.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Staff {
    pub years_of_service_percent: [u32; 5],
    pub teachers: u32,
    pub cooks: u32,
    pub office: u32,
}

impl Staff {
    /// Everybody, the head included.
    pub fn total(self) -> u32 {
        1 + self.teachers + self.cooks + self.office
    }
}

impl Centre {
    /// The row of this centre as of this day.
    pub fn row(&self, district: &str, as_of: &str, collected_at: &str) -> Vec<String> {
        let (lat, lon) = self.place.clone().unwrap_or_default();
        let (suspended_from, suspended_to) = self.suspended.clone().unwrap_or_default();
        let staff_total = self.staff.map_or(0, Staff::total);
        let mut row: Vec<String> = vec![
            district.into(),
            self.code.clone(),
            self.name.clone(),
            self.kind.into(),
            self.status.into(),
            String::new(),
            self.address.clone(),
            String::new(),
            String::new(),
            String::new(),
            self.rooms.to_string(),
            (self.rooms * 24).to_string(),
            self.playgrounds.to_string(),
            self.cameras.to_string(),
            staff_total.to_string(),
            self.capacity.to_string(),
            self.children.iter().sum::<u32>().to_string(),
            lat,
            lon,
            if self.bus { "운영" } else { "미운영" }.into(),
            self.licensed_on.clone(),
            suspended_from,
            suspended_to,
            self.closed_on.clone(),
            as_of.into(),
            self.services.into(),
        ];
        for counts in [&self.classes, &self.children] {
            row.extend(counts.iter().map(u32::to_string));
            // Mixed and special classes do not occur in the demo.
            row.extend(["0", "0", "0"].map(String::from));
            row.push(counts.iter().sum::<u32>().to_string());
        }
        match self.staff {
            Some(staff) => {
                row.extend(staff.years_of_service_percent.iter().map(u32::to_string));
                let people = [1, staff.teachers, 0, 0, 0, 0, 0, staff.cooks, staff.office, staff.total()];
                row.extend(people.iter().map(u32::to_string));
            }
            // Closed and suspended centres leave these fifteen columns blank.
            None => row.extend(std::iter::repeat_n(String::new(), 15)),
        }
        row.push(collected_at.into());
        row
    }
}
