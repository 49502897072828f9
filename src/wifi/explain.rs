//! How the figures of a Wi-Fi run came about.

use super::results::{SiteRow, WifiRun};
use crate::graphql::figure::{FigureData, FigureStatus, Reason, Unit};
use crate::graphql::stored::show;
use crate::run::explain::{Explanation, Table, both};

const SITE: [&str; 6] =
    ["marginal", "standalone", "cumulative", "cumulative_share", "requests_served", "nearest_access_point"];

const SUMMARY: [(&str, Unit); 5] = [
    ("demand", Unit::PersonHoursPerDay),
    ("served_share", Unit::Ratio),
    ("ranked_gain", Unit::PersonHoursPerDay),
    ("plan_gain", Unit::PersonHoursPerDay),
    ("candidates", Unit::Places),
];

const DEMAND: &str = "D(cell) = Σ over hours h of weight(h)·(s·weekday(cell, h) + (1 − s)·weekend(cell, h))";

const PARAMETERS: [&str; 8] = [
    "radiusM",
    "sites",
    "requestWeight",
    "requestKinds",
    "candidateKinds",
    "weekdayShare",
    "hourWeights",
    "countAccessPoints",
];

/// The figure at a path of a run.
fn figure(all: &WifiRun, path: &[&str]) -> Option<FigureData> {
    match path {
        ["site", rank, name] => site(all.sites.iter().find(|site| site.rank.to_string() == *rank)?, name),
        ["dong", code, name @ ("sites" | "marginal")] => {
            let mine = of_dong(all, code);
            Some(if *name == "sites" {
                FigureData::plain(mine.count() as f64, Unit::Places, FigureStatus::Estimated)
            } else {
                let sum = mine.map(|site| site.marginal_person_hours).sum();
                FigureData::plain(sum, Unit::PersonHoursPerDay, FigureStatus::Estimated)
            })
        }
        ["summary", name] => {
            let (name, unit) = SUMMARY.iter().find(|(known, _)| known == name)?;
            Some(show(&all.figures, name, *unit, "none"))
        }
        _ => None,
    }
}

fn of_dong<'a>(all: &'a WifiRun, code: &'a str) -> impl Iterator<Item = &'a SiteRow> {
    all.sites.iter().filter(move |site| site.dong_code.as_deref() == Some(code))
}

fn site(row: &SiteRow, name: &str) -> Option<FigureData> {
    let hours = |value| FigureData::plain(value, Unit::PersonHoursPerDay, FigureStatus::Estimated);
    Some(match name {
        "marginal" => hours(row.marginal_person_hours),
        "standalone" => hours(row.standalone_person_hours),
        "cumulative" => hours(row.cumulative_person_hours),
        "cumulative_share" => match row.cumulative_share {
            Some(share) => FigureData::plain(share, Unit::Ratio, FigureStatus::Estimated),
            None => FigureData::missing(
                Unit::Ratio,
                FigureStatus::InsufficientData,
                "남은 수요가 없습니다.",
                "There is no demand left to cover.",
            ),
        },
        "requests_served" => FigureData::plain(f64::from(row.requests_served), Unit::Requests, FigureStatus::Measured),
        "nearest_access_point" => match row.nearest_access_point_m {
            Some(metres) => FigureData::plain(metres, Unit::Metres, FigureStatus::Measured),
            None => FigureData::missing(
                Unit::Metres,
                FigureStatus::NotAvailable,
                "운영 중인 접속점 자료가 없습니다.",
                "There are no working access points in the data.",
            ),
        },
        _ => return None,
    })
}

/// Every figure of a run with its path.
pub fn figures(all: &WifiRun) -> Vec<(Vec<String>, FigureData)> {
    let mut paths: Vec<Vec<String>> = Vec::new();
    for row in &all.sites {
        paths.extend(SITE.iter().map(|name| vec!["site".to_owned(), row.rank.to_string(), (*name).to_owned()]));
    }
    let dongs: std::collections::BTreeSet<&String> = all.sites.iter().filter_map(|s| s.dong_code.as_ref()).collect();
    for code in dongs {
        paths.extend(["sites", "marginal"].map(|name| vec!["dong".to_owned(), code.clone(), name.to_owned()]));
    }
    paths.extend(SUMMARY.iter().map(|(name, _)| vec!["summary".to_owned(), (*name).to_owned()]));
    let find = |path: Vec<String>| {
        let parts: Vec<&str> = path.iter().map(String::as_str).collect();
        figure(all, &parts).map(|figure| (path.clone(), figure))
    };
    paths.into_iter().filter_map(find).collect()
}

fn words(path: &[&str]) -> Option<(Reason, Reason, &'static str)> {
    Some(match path {
        ["site", _, "marginal"] => (
            both(
                "이 설치 후보지가 앞선 후보지에 더하는 하루 이용시간(인시)",
                "Person-hours a day that this site adds to those ranked before it",
            ),
            both(
                "반경 안에 있고, 운영 중인 접속점도 앞선 후보지도 닿지 않는 칸의 수요를 더합니다.",
                "The demand of the cells within the radius that neither a working access point nor a better site reaches.",
            ),
            "Σ D(cell) over cells within the radius, not reached before",
        ),
        ["site", _, "standalone"] => (
            both(
                "이 후보지만 설치했을 때의 하루 이용시간(인시)",
                "Person-hours a day that this site would cover alone",
            ),
            both(
                "반경 안에 있고 운영 중인 접속점이 닿지 않는 칸의 수요를 더합니다.",
                "The demand of the cells within the radius that no working access point reaches.",
            ),
            "Σ D(cell) over cells within the radius, not served yet",
        ),
        ["site", _, "cumulative"] => (
            both("이 후보지까지의 하루 이용시간 합(인시)", "Person-hours a day covered by the list up to this site"),
            both(
                "앞선 후보지들과 이 후보지가 더한 값의 합입니다.",
                "The sum of what this site and those before it add.",
            ),
            "Σ marginal(r) over ranks r up to this one",
        ),
        ["site", _, "cumulative_share"] => (
            both(
                "아직 서비스되지 않는 수요 가운데 이 후보지까지 닿는 비율",
                "The same as a share of the demand that nobody serves yet",
            ),
            both(
                "누적 이용시간을 아직 서비스되지 않는 수요로 나눕니다.",
                "Cumulative person-hours over the demand not served yet.",
            ),
            "cumulative / unserved demand",
        ),
        ["site", _, "requests_served"] => (
            both("이 후보지가 처음으로 닿는 설치 요청 수", "Requests within the radius that no better site serves"),
            both(
                "반경 안의 설치 요청 가운데 앞선 후보지가 닿지 않는 것을 셉니다.",
                "Requests within the radius, not reached before, counted.",
            ),
            "number of requests within the radius, not reached before",
        ),
        ["site", _, "nearest_access_point"] => (
            both("가장 가까운 운영 중 접속점까지의 직선거리(m)", "Straight metres to the nearest working access point"),
            both(
                "EPSG:5179 좌표에서 잰 직선거리의 최솟값입니다.",
                "The least straight distance in EPSG:5179, to a tenth of a metre.",
            ),
            "min √((x − x(p))² + (y − y(p))²) over working access points p",
        ),
        ["dong", _, "sites"] => (
            both("이 동의 설치 후보지 수", "Ranked sites in this neighbourhood"),
            both("목록에서 이 동에 있는 후보지를 셉니다.", "Sites of the list that stand here, counted."),
            "number of ranked sites here",
        ),
        ["dong", _, "marginal"] => (
            both("이 동의 후보지들이 더하는 하루 이용시간(인시)", "Person-hours a day that the ranked sites here add"),
            both("이 동 후보지들의 더한 값을 더합니다.", "What each site here adds, summed."),
            "Σ marginal(r) over ranks r here",
        ),
        ["summary", "demand"] => (
            both("하루 수요(인시)", "Demand of the district, person-hours a day"),
            both(
                "칸마다 시간대별 인원을 시간 가중치로 더하고 평일과 주말을 섞습니다. 비식별 처리된 시간은 넣지 않습니다.",
                "In each cell persons by hour times the weight of the hour, weekdays and weekends mixed. Masked hours do not count.",
            ),
            DEMAND,
        ),
        ["summary", "served_share"] => (
            both("운영 중인 접속점이 이미 닿는 수요의 비율", "Share of the demand that working access points reach"),
            both(
                "반경 안에 운영 중인 접속점이 있는 칸의 수요를 전체 수요로 나눕니다.",
                "Demand of cells within the radius of a working access point over all demand.",
            ),
            "1 − unserved demand / demand",
        ),
        ["summary", "ranked_gain"] => (
            both("목록 전체가 더하는 하루 이용시간(인시)", "Person-hours a day that the whole list covers"),
            both("모든 후보지가 더한 값의 합입니다.", "What every site adds, summed."),
            "Σ marginal(r) over all ranks r",
        ),
        ["summary", "plan_gain"] => (
            both("같은 수의 계획이 닿는 하루 이용시간(인시)", "Person-hours a day of a plan of the same size"),
            both(
                "목록에서 시작해 도움이 되는 동안 후보지를 바꿉니다. 휴리스틱입니다.",
                "Starts from the list and exchanges sites while that helps. A heuristic.",
            ),
            "Σ D(cell) over cells reached by the plan, not served yet",
        ),
        ["summary", "candidates"] => (
            both("고를 수 있었던 시설 수", "Facilities that could have been chosen"),
            both(
                "원하는 종류의 시설을 자리마다 한 번 셉니다.",
                "Facilities of the wanted kinds, each place counted once.",
            ),
            "number of distinct places",
        ),
        _ => return None,
    })
}

/// A figure of a run and how it came about; none where the run has no such figure.
pub fn explain(all: &WifiRun, path: &[&str]) -> Option<(FigureData, Explanation)> {
    let found = figure(all, path)?;
    let (what, how, formula) = words(path)?;
    let mut explanation = Explanation::new(what, how, formula).with_parameters(&PARAMETERS);
    let listed: Vec<&SiteRow> = match path {
        ["site", rank, "cumulative" | "cumulative_share"] => {
            all.sites.iter().filter(|site| site.rank <= rank.parse().unwrap_or(0)).collect()
        }
        ["dong", code, _] => of_dong(all, code).collect(),
        ["summary", "ranked_gain"] => all.sites.iter().collect(),
        _ => Vec::new(),
    };
    explanation.table = Table {
        columns: vec!["marginal"],
        rows: listed.iter().map(|s| (s.rank.to_string(), vec![Some(s.marginal_person_hours)])).collect(),
    };
    if let (["site", rank, "cumulative_share"], Some(share)) = (path, found.value) {
        let row = all.sites.iter().find(|site| site.rank.to_string() == *rank)?;
        let left = if share > 0.0 { Some(row.cumulative_person_hours / share) } else { None };
        explanation.term(
            "cumulative",
            "누적 이용시간(인시)",
            "Cumulative person-hours a day",
            Some(row.cumulative_person_hours),
        );
        explanation.term(
            "unserved demand",
            "아직 서비스되지 않는 수요(인시)",
            "Demand not served yet, person-hours a day",
            left,
        );
        explanation.filled = left.map(|left| format!("{} / {left} = {share}", row.cumulative_person_hours));
    } else if !listed.is_empty() {
        explanation.filled = found.value.map(|value| format!("over {} sites = {value}", listed.len()));
    } else {
        explanation.filled = found.value.map(|value| value.to_string());
    }
    explanation.term("value", "수치", "The figure", found.value);
    if let Some(reason) = all.figures.get("demand").and_then(|f| f.reason.clone()) {
        explanation.leave_out(&reason.ko, &reason.en, None);
    }
    explanation.leave_out(
        "칸별 수요는 사람이 적은 칸이 드러나지 않도록 나열하지 않습니다.",
        "The demand of single cells is not listed: few people may stand behind one.",
        None,
    );
    Some((found, explanation))
}
