//! `dongjak demo`: the district as it could look, so that everything can be tried before any file was ordered.
//!
//! Boundaries, codes and names are real; the rest is generated, enters by the same importers as real files, and is
//! marked synthetic wherever it shows.

use std::time::Instant;

use diesel::PgConnection;

use super::import::{ImportOptions, Outcome, import_sources};
use super::{registry, say};
use crate::config::Settings;
use crate::db::{self, While, migrate};
use crate::demo::{DemoDong, generate};
use crate::dong::tables::{boundary_list, dong_list};
use crate::error::Result;
use crate::import::Source;
use crate::jobs::compute::analyze_and_publish;
use crate::run::Analysis;
use crate::run::dataset::version_list;
use crate::run::record::run_list;

/// Any number; the demo is the same for everybody.
const SEED: u64 = 2020;

/// A file that comes with the program.
struct Shipped {
    dataset: &'static str,
    name: &'static str,
    bytes: &'static [u8],
    publisher: &'static str,
    licence: &'static str,
    attribution: &'static str,
}

const OWN: &str = "dongjak-insight";
const OWN_LICENCE: &str = "MIT OR Apache-2.0";

/// What is real in the demo; `data/SOURCES.md` says where each file comes from.
const SHIPPED: [Shipped; 6] = [
    Shipped {
        dataset: "dongs",
        name: "dong-codes.csv",
        bytes: include_bytes!("../../data/dong-codes.csv"),
        publisher: "통계청, 행정안전부 (Statistics Korea, Ministry of the Interior)",
        licence: "facts: official codes and names",
        attribution: "통계청·행정안전부 행정동 코드",
    },
    Shipped {
        dataset: "dongs",
        name: "sgis-adm3-2020-dongjak.geojson",
        bytes: include_bytes!("../../data/boundaries/sgis-adm3-2020-dongjak.geojson"),
        publisher: "통계청 (Statistics Korea)",
        licence: "공공누리 제1유형 (KOGL Type 1)",
        attribution: "본 저작물은 통계청에서 2020년 작성하여 공공누리 제1유형으로 개방한 '통계지리정보서비스(SGIS) 행정구역경계'를 이용하였으며, 해당 저작물은 통계지리정보서비스(https://sgis.kostat.go.kr)에서 무료로 이용하실 수 있습니다.",
    },
    Shipped {
        dataset: "industries",
        name: "industries.csv",
        bytes: include_bytes!("../../data/industries.csv"),
        publisher: OWN,
        licence: OWN_LICENCE,
        attribution: OWN,
    },
    Shipped {
        dataset: "industry-codes",
        name: "industry-codes.csv",
        bytes: include_bytes!("../../data/industry-codes.csv"),
        publisher: OWN,
        licence: OWN_LICENCE,
        attribution: OWN,
    },
    Shipped {
        dataset: "calendar",
        name: "calendar.csv",
        bytes: include_bytes!("../../data/calendar.csv"),
        publisher: OWN,
        licence: OWN_LICENCE,
        attribution: OWN,
    },
    Shipped {
        dataset: "policy-events",
        name: "policy-events.csv",
        bytes: include_bytes!("../../data/policy-events.csv"),
        publisher: OWN,
        licence: OWN_LICENCE,
        attribution: OWN,
    },
];

/// Fills an empty database with the demo, once. A database with the district's own data is left alone.
pub fn fill(settings: &Settings) -> Result<()> {
    let url = settings.required_database_url()?;
    for step in migrate::migrate(url)?.steps {
        say::progress(&format!("Migration {step} applied."));
    }
    let mut conn = db::connect(url)?;
    if holds_observations(&mut conn)? {
        say::progress("The database holds data of its own, so no demo is added.");
        return Ok(());
    }
    let waiting = unanswered(&mut conn)?;
    if waiting.is_empty() {
        say::progress("The demo is already in the database.");
        return Ok(());
    }
    say::progress("Filling the database with the demo; this happens once.");
    for file in &SHIPPED {
        let options = ImportOptions {
            publisher: Some(file.publisher.to_owned()),
            licence: Some(file.licence.to_owned()),
            attribution: Some(file.attribution.to_owned()),
            ..ImportOptions::default()
        };
        import(
            &mut conn,
            settings,
            file.dataset,
            &[Source { name: file.name.to_owned(), bytes: file.bytes.to_vec() }],
            &options,
        )?;
    }
    let dongs = demo_dongs(&mut conn, &settings.district)?;
    let started = Instant::now();
    let files = generate(SEED, &dongs);
    say::progress(&format!("  generated {} files ({:.1} s)", files.len(), started.elapsed().as_secs_f64()));
    let mut by_dataset: Vec<(&str, Vec<Source>)> = Vec::new();
    for file in files {
        let source = Source { name: file.name, bytes: file.bytes };
        // Only neighbours go in together: sales by dong and by commercial area are imports of their own.
        match by_dataset.last_mut() {
            Some((dataset, sources)) if *dataset == file.dataset => sources.push(source),
            _ => by_dataset.push((file.dataset, vec![source])),
        }
    }
    let options = ImportOptions { synthetic: true, ..ImportOptions::default() };
    for (dataset, sources) in &by_dataset {
        import(&mut conn, settings, dataset, sources, &options)?;
    }
    for analysis in waiting {
        let started = Instant::now();
        let run = analyze_and_publish(&mut conn, settings, analysis, None, Some(&super::operator()))?;
        say::progress(&format!(
            "  {} analysed and published as run {} ({:.1} s)",
            run.analysis,
            run.id,
            started.elapsed().as_secs_f64()
        ));
    }
    Ok(())
}

/// Removes everything generated and what was computed from it.
pub fn remove(settings: &Settings) -> Result<()> {
    let mut conn = db::connect(settings.required_database_url()?)?;
    super::import::require_migrated(&mut conn)?;
    let (runs, versions) = remove_synthetic(&mut conn)?;
    say::line(&format!("Removed {versions} generated dataset versions and {runs} runs; real data were not touched."));
    Ok(())
}

/// Removes every generated version, the runs that read one, and so everything that rests on them.
fn remove_synthetic(conn: &mut PgConnection) -> Result<(usize, usize)> {
    use diesel::prelude::*;
    db::in_transaction(conn, |conn| {
        let runs = diesel::sql_query("DELETE FROM analysis_run WHERE synthetic")
            .execute(conn)
            .doing("removing the demo's runs")?;
        let versions = diesel::sql_query("DELETE FROM dataset_version WHERE synthetic")
            .execute(conn)
            .doing("removing the demo's data")?;
        Ok((runs, versions))
    })
}

fn import(
    conn: &mut PgConnection,
    settings: &Settings,
    dataset: &str,
    sources: &[Source],
    options: &ImportOptions,
) -> Result<()> {
    let started = Instant::now();
    let outcome = import_sources(conn, settings, registry::entry(dataset)?, sources, options, false)?;
    if let Outcome::Imported(v) = outcome {
        say::progress(&format!(
            "  {dataset}: {} rows kept, {} refused ({:.1} s)",
            v.rows_kept,
            v.rows_refused,
            started.elapsed().as_secs_f64()
        ));
    }
    Ok(())
}

/// Anything beyond the reference files that was observed, not generated.
fn holds_observations(conn: &mut PgConnection) -> Result<bool> {
    let reference = |dataset: &str| SHIPPED.iter().any(|file| file.dataset == dataset);
    Ok(version_list(conn)?.iter().any(|version| !version.synthetic && !reference(&version.dataset)))
}

/// Questions without a published run.
fn unanswered(conn: &mut PgConnection) -> Result<Vec<Analysis>> {
    let runs = run_list(conn)?;
    let answered =
        |analysis: &Analysis| runs.iter().any(|run| run.analysis == analysis.name() && run.audience.is_some());
    Ok(Analysis::ALL.into_iter().filter(|analysis| !answered(analysis)).collect())
}

fn demo_dongs(conn: &mut PgConnection, district: &str) -> Result<Vec<DemoDong>> {
    let mut areas = boundary_list(conn, district, None)?;
    let dongs = dong_list(conn, district)?;
    Ok(dongs
        .into_iter()
        .filter_map(|dong| {
            let area = areas.remove(&dong.code)?;
            Some(DemoDong { code8: dong.code, name: dong.name_ko.replace('제', ""), area })
        })
        .collect())
}
