//! How the figures of a Wi-Fi run came about.

mod plan;

use super::results::{SiteRow, WifiRun};
use super::shown::plan::{PLAN, PLANNED, PLANNED_DONG};
use super::shown::{OfSite, SCENARIO, added_in_dong, site, summary};
use crate::graphql::figure::{FigureData, FigureStatus, Reason, Unit};
use crate::run::explain::{Explanation, Table, both, number};

const SUMMARY: [(&str, Unit); 5] = [
    ("demand", Unit::PersonHoursPerDay),
    ("served_share", Unit::Ratio),
    ("ranked_gain", Unit::PersonHoursPerDay),
    ("plan_gain", Unit::PersonHoursPerDay),
    ("candidates", Unit::Sites),
];

const DEMAND: &str = "D(cell) = a(cell) · Σ over hours h of weight(h)·(s·weekday(cell, h) + (1 − s)·weekend(cell, h))";

const PARAMETERS: [&str; 13] = [
    "radiusM",
    "sites",
    "requestWeight",
    "requestKinds",
    "candidateKinds",
    "weekdayShare",
    "maskedPeople",
    "hourWeights",
    "countAccessPoints",
    "countIndoorAccessPoints",
    "publicSpaceOnly",
    "costs",
    "plan",
];

/// The figure at a path of a run.
fn figure(all: &WifiRun, path: &[&str]) -> Option<FigureData> {
    match path {
        ["site", rank, name] => {
            let row = all.sites.iter().find(|site| site.rank.to_string() == *rank)?;
            Some(site(row, OfSite::named(name)?))
        }
        ["scenario", number, name] => {
            let row = all.scenarios.iter().find(|s| s.number.to_string() == *number)?;
            SCENARIO.iter().find(|(known, _)| known == name).map(|(_, of)| of(row))
        }
        ["dong", code, name @ ("sites" | "marginal")] => {
            let mine = of_dong(all, code);
            Some(if *name == "sites" {
                FigureData::plain(mine.count() as f64, Unit::Sites, FigureStatus::Estimated)
            } else {
                added_in_dong(mine)
            })
        }
        ["plan", name] => {
            let plan = all.plan.as_ref()?;
            PLAN.iter().find(|(known, _)| known == name).map(|(_, of)| of(plan))
        }
        ["plan_site", rank, name] => {
            let nth = rank.parse::<usize>().ok()?.checked_sub(1)?;
            let site = all.plan.as_ref()?.sites.get(nth)?;
            PLANNED.iter().find(|(known, _)| known == name).map(|(_, of)| of(site))
        }
        ["plan_dong", code, name] => {
            let dong = all.plan.as_ref()?.dongs.iter().find(|dong| dong.code == *code)?;
            PLANNED_DONG.iter().find(|(known, _)| known == name).map(|(_, of)| of(dong))
        }
        ["summary", name] => {
            let (name, unit) = SUMMARY.iter().find(|(known, _)| known == name)?;
            Some(summary(&all.figures, name, *unit))
        }
        _ => None,
    }
}

fn of_dong<'a>(all: &'a WifiRun, code: &'a str) -> impl Iterator<Item = &'a SiteRow> {
    all.sites.iter().map(AsRef::as_ref).filter(move |site: &&SiteRow| site.dong_code.as_deref() == Some(code))
}

/// Every figure of a run with its path.
pub fn figures(all: &WifiRun) -> Vec<(Vec<String>, FigureData)> {
    let mut paths: Vec<Vec<String>> = Vec::new();
    for row in &all.sites {
        paths.extend(OfSite::ALL.map(|(_, name)| vec!["site".to_owned(), row.rank.to_string(), name.to_owned()]));
    }
    for row in &all.scenarios {
        paths.extend(
            ["own", "kept", "share"].map(|n| vec!["scenario".to_owned(), row.number.to_string(), n.to_owned()]),
        );
    }
    let dongs: std::collections::BTreeSet<&String> = all.sites.iter().filter_map(|s| s.dong_code.as_ref()).collect();
    for code in dongs {
        paths.extend(["sites", "marginal"].map(|name| vec!["dong".to_owned(), code.clone(), name.to_owned()]));
    }
    paths.extend(SUMMARY.iter().map(|(name, _)| vec!["summary".to_owned(), (*name).to_owned()]));
    if let Some(plan) = &all.plan {
        paths.extend(PLAN.iter().map(|(name, _)| vec!["plan".to_owned(), (*name).to_owned()]));
        for rank in 1..=plan.sites.len() {
            paths.extend(PLANNED.iter().map(|(n, _)| vec!["plan_site".to_owned(), rank.to_string(), (*n).to_owned()]));
        }
        for dong in &plan.dongs {
            paths.extend(
                PLANNED_DONG.iter().map(|(n, _)| vec!["plan_dong".to_owned(), dong.code.clone(), (*n).to_owned()]),
            );
        }
    }
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
        ["site", _, "overlap"] => (
            both(
                "앞선 후보지가 이미 닿는 이용시간(인시)",
                "Person-hours a day in its reach that better sites reach already",
            ),
            both("단독 이용시간에서 더해지는 이용시간을 뺍니다.", "What it would cover alone minus what it adds."),
            "standalone − marginal",
        ),
        ["site", _, "bound_share"] => (
            both(
                "이 순위까지의 목록이 같은 수의 어떤 목록도 넘을 수 없는 상한에서 차지하는 비율",
                "The list up to this site over what no list of as many sites can exceed",
            ),
            both(
                "요청을 가중치로 더한 누적 값을 라그랑주 상한으로 나눕니다.",
                "What the list counts, requests at their weight, over a Lagrangian bound for as many sites.",
            ),
            "counted(p) / bound(p),  bound(p) = Σ (w − λ)⁺ + sum of the p largest Σ λ",
        ),
        ["site", _, "cost"] => (
            both("설치 비용(원)", "Cost of the site, won"),
            both("분석 실행의 시설 종류별 비용입니다.", "The cost of its kind of facility in the run."),
            "costs(kind)",
        ),
        ["site", _, "cost_per_person_hour"] => (
            both("더해지는 하루 인시당 설치 비용(원)", "Won for each person-hour a day that it adds"),
            both("비용을 더해지는 이용시간으로 나눕니다.", "The cost over what it adds."),
            "cost / marginal",
        ),
        ["site", _, "dong_share_before"] => (
            both(
                "이 후보지 전에 그 동 수요 가운데 닿는 비율",
                "Share of the demand of its neighbourhood reached before it",
            ),
            both(
                "그 동의 칸 가운데 접속점이나 앞선 후보지가 닿는 수요를 그 동의 수요로 나눕니다.",
                "Demand of cells there that access points and better sites reach, over all demand there.",
            ),
            "reached demand of the neighbourhood / its demand",
        ),
        ["site", _, "dong_share_after"] => (
            both(
                "이 후보지까지 그 동 수요 가운데 닿는 비율",
                "Share of the demand of its neighbourhood reached with it",
            ),
            both(
                "그 동의 칸 가운데 접속점이나 이 후보지까지의 목록이 닿는 수요를 그 동의 수요로 나눕니다.",
                "Demand of cells there that access points and the list up to this site reach, over all demand there.",
            ),
            "reached demand of the neighbourhood / its demand",
        ),
        ["site", _, "stability"] => (
            both("다른 조건의 목록도 닿는 비율(안정성)", "Share of the people in its reach whom other lists reach too"),
            both(
                "반경 ±10·20 %, 요청 가중치 0과 두 배, 주간·저녁 시간, 수요 ±20 % 추첨 12번으로 목록을 다시 만들고, 이 후보지 반경 안의 \
                 수요 가운데 그 목록들이 닿는 비율을 평균합니다.",
                "Lists are made again with the radius ±10 and 20 %, request weights of nothing and twice as much, the hours of \
                 the day and of the evening, and twelve draws of the demand by ±20 %; the shares of the demand in its reach \
                 that they reach are averaged.",
            ),
            "mean over scenarios of (demand in reach, reached by their list / demand in reach)",
        ),
        ["scenario", _, "own"] => (
            both("그 조건으로 만든 목록의 하루 이용시간(인시)", "Person-hours a day of a list made for the setting"),
            both("그 조건의 수요와 반경으로 셉니다.", "Counted by the demand and the radius of the setting."),
            "Σ D(cell) over cells reached by the list of the setting",
        ),
        ["scenario", _, "kept"] => (
            both(
                "그 조건에서 이 목록의 하루 이용시간(인시)",
                "Person-hours a day of the list of the run under the setting",
            ),
            both("그 조건의 수요와 반경으로 셉니다.", "Counted by the demand and the radius of the setting."),
            "Σ D(cell) over cells reached by the list of the run",
        ),
        ["scenario", _, "share"] => (
            both("이 목록이 지키는 비율", "What the list of the run keeps"),
            both(
                "이 목록의 값을 그 조건으로 만든 목록의 값으로 나눕니다.",
                "The list of the run over the list of the setting.",
            ),
            "kept / own",
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
        ["plan" | "plan_site" | "plan_dong", ..] => return plan::words(path),
        ["summary", "demand"] => (
            both("하루 수요(인시)", "Demand of the district, person-hours a day"),
            both(
                "칸마다 시간대별 인원을 시간 가중치로 더하고 평일과 주말을 섞습니다. 비식별 처리된 시간은 분석에서 가정한 인원으로 채웁니다. a(칸)는 칸의 땅에서 공공공간이 차지하는 비율이고, 공공공간 자료가 없거나 publicSpaceOnly가 꺼져 있으면 1입니다.",
                "In each cell persons by hour times the weight of the hour, weekdays and weekends mixed. Masked counts are filled in with as many persons as the run assumes (maskedPeople). a(cell) is the share of its ground that is public space; 1 where none is known or publicSpaceOnly is off.",
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
        ["site", rank, "cumulative" | "cumulative_share"] => all
            .sites
            .iter()
            .map(AsRef::as_ref)
            .filter(|site: &&SiteRow| site.rank <= rank.parse().unwrap_or(0))
            .collect(),
        ["dong", code, _] => of_dong(all, code).collect(),
        ["summary", "ranked_gain"] => all.sites.iter().map(AsRef::as_ref).collect(),
        _ => Vec::new(),
    };
    if let (["plan", name], Some(kept)) = (path, &all.plan) {
        plan::terms(&mut explanation, kept, name);
    }
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
    } else if let (["site", rank, name @ ("overlap" | "cost_per_person_hour")], Some(value)) = (path, found.value) {
        let row = all.sites.iter().find(|site| site.rank.to_string() == *rank)?;
        explanation.term(
            "marginal",
            "더해지는 이용시간(인시)",
            "What it adds, person-hours a day",
            Some(row.marginal_person_hours),
        );
        explanation.filled = Some(if *name == "overlap" {
            explanation.term(
                "standalone",
                "단독 이용시간(인시)",
                "What it covers alone, person-hours a day",
                Some(row.standalone_person_hours),
            );
            format!("{} − {} = {}", row.standalone_person_hours, row.marginal_person_hours, number(value))
        } else {
            let cost = row.cost_won? as f64;
            explanation.term("cost", "설치 비용(원)", "Cost, won", Some(cost));
            format!("{cost} / {} = {}", row.marginal_person_hours, number(value))
        });
    } else if let (["scenario", number_of, "share"], Some(value)) = (path, found.value) {
        let row = all.scenarios.iter().find(|s| s.number.to_string() == *number_of)?;
        explanation.term(
            "kept",
            "이 목록의 값(인시)",
            "The list of the run, person-hours a day",
            Some(row.kept_person_hours),
        );
        explanation.term(
            "own",
            "그 조건 목록의 값(인시)",
            "The list of the setting, person-hours a day",
            Some(row.own_person_hours),
        );
        explanation.filled = Some(format!("{} / {} = {}", row.kept_person_hours, row.own_person_hours, number(value)));
    } else if !listed.is_empty() {
        explanation.filled = found.value.map(|value| format!("over {} sites = {value}", listed.len()));
    } else if explanation.filled.is_none() {
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
