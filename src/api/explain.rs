//! Where a figure came from, and what two runs have not in common: every question answers for itself, here they are
//! put together with the run, its inputs and the rows that were refused.

use std::sync::Arc;

use async_graphql::{Context, ID, Object};
use diesel::PgConnection;

use crate::db::Db;
use crate::error::{Error, Result, both};
use crate::graphql::figure::FigureData;
use crate::graphql::ids;
use crate::run::Analysis;
use crate::run::compare::changed;
use crate::run::compare::graphql::RunComparison;
use crate::run::explain::Explanation;
use crate::run::explain::graphql::FigureExplanation;
use crate::run::explain::refused::refused_rows;
use crate::run::graphql::{Figure, catalog, data};
use crate::run::record::Run;
use crate::{childcare, economy, wifi};

/// What the id of a figure says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FigureKey {
    /// The question.
    pub analysis: Analysis,
    /// Number of the run.
    pub run: i32,
    /// Where the figure stands in it.
    pub path: Vec<String>,
}

impl FigureKey {
    /// Reads an id. One that is not ours is a mistake of the asker.
    pub fn read(id: &str) -> Result<Self> {
        let parts = match ids::decode(id) {
            Some((kind, key)) if kind == "Figure" => ids::split(&key),
            _ => return Err(unknown()),
        };
        match parts.as_slice() {
            [analysis, run, path @ ..] if !path.is_empty() => Ok(Self {
                analysis: Analysis::named(analysis).ok_or_else(unknown)?,
                run: run.parse().map_err(|_| unknown())?,
                path: path.to_vec(),
            }),
            _ => Err(unknown()),
        }
    }
}

/// What is said of an id behind which there is no figure.
pub fn unknown() -> Error {
    Error::bad_input("There is no such figure. Take the id from the field id of a figure.")
        .in_korean("그런 수치가 없습니다. 수치의 id 필드에서 id를 가져오십시오.")
}

/// A figure of a run and how it came about, read from the database.
pub fn explained(conn: &mut PgConnection, run: &Run, path: &[String]) -> Result<Option<(FigureData, Explanation)>> {
    let path: Vec<&str> = path.iter().map(String::as_str).collect();
    match Analysis::named(&run.analysis) {
        Some(Analysis::Economy) => {
            let all = economy::results::load(conn, run.id)?;
            match economy::explain::cell_of(&path) {
                Some((dong, industry)) => {
                    let cell = economy::results::of_cell(conn, run.id, dong, industry, &all.industries)?;
                    economy::explain::explain(run, &cell, &path)
                }
                None => economy::explain::explain(run, &all, &path),
            }
        }
        Some(Analysis::Childcare) => Ok(childcare::explain::explain(&childcare::results::load(conn, run.id)?, &path)),
        Some(Analysis::Wifi) => Ok(wifi::explain::explain(&wifi::results::load(conn, run.id)?, &path)),
        None => Err(Error::internal(format!("unknown analysis {}", run.analysis))),
    }
}

/// Every figure of a run with its path, read from the database.
pub fn figures(conn: &mut PgConnection, run: &Run) -> Result<Vec<(Vec<String>, FigureData)>> {
    match Analysis::named(&run.analysis) {
        Some(Analysis::Economy) => economy::shown::figures(run, &economy::results::load(conn, run.id)?),
        Some(Analysis::Childcare) => Ok(childcare::explain::figures(&childcare::results::load(conn, run.id)?)),
        Some(Analysis::Wifi) => Ok(wifi::explain::figures(&wifi::results::load(conn, run.id)?)),
        None => Err(Error::internal(format!("unknown analysis {}", run.analysis))),
    }
}

/// Root fields about where figures come from.
#[derive(Debug, Default, Clone, Copy)]
pub struct ExplainQuery;

/// Root fields about where figures come from.
#[Object]
impl ExplainQuery {
    /// How a figure came about (수치의 근거): formula with the numbers filled in, inputs with their digests, and what was
    /// left out and why. Also for figures of older runs.
    async fn explain(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Id of the figure, from its field id.")] figure: ID,
    ) -> Option<Result<FigureExplanation>> {
        Some(explain(ctx, &figure).await)
    }

    /// Two published runs of the same question side by side (분석 실행 비교).
    async fn compare_runs(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Id of the first run.")] a: ID,
        #[graphql(desc = "Id of the second run.")] b: ID,
    ) -> Option<Result<RunComparison>> {
        Some(compare(ctx, &a, &b).await)
    }
}

async fn explain(ctx: &Context<'_>, id: &str) -> Result<FigureExplanation> {
    let key = FigureKey::read(id)?;
    let path: Vec<&str> = key.path.iter().map(String::as_str).collect();
    let run_id = ids::encode("AnalysisRun", &key.run.to_string());
    let (run, found) = match key.analysis {
        Analysis::Economy => {
            let (run, all) = economy::graphql::chosen(ctx, Some(&run_id), None).await?.ok_or_else(unknown)?;
            let found = match economy::explain::cell_of(&path) {
                Some((dong, industry)) => {
                    let (id, industries) = (run.id, all.industries.clone());
                    let (dong, industry) = (dong.to_owned(), industry.to_owned());
                    let cell = data::<Db>(ctx)?
                        .run(move |conn| economy::results::of_cell(conn, id, &dong, &industry, &industries))
                        .await?;
                    economy::explain::explain(&run, &cell, &path)?
                }
                None => economy::explain::explain(&run, &all, &path)?,
            };
            (run, found)
        }
        Analysis::Childcare => {
            let (run, all) = childcare::graphql::chosen(ctx, Some(&run_id), None).await?.ok_or_else(unknown)?;
            (run, childcare::explain::explain(&all, &path))
        }
        Analysis::Wifi => {
            let (run, all) = wifi::graphql::chosen(ctx, Some(&run_id), None).await?.ok_or_else(unknown)?;
            (run, wifi::explain::explain(&all, &path))
        }
    };
    let (figure, explanation) = found.ok_or_else(unknown)?;
    let number = run.id;
    let refused = data::<Db>(ctx)?.run(move |conn| refused_rows(conn, number)).await?;
    Ok(FigureExplanation { figure: Figure::of(&run, figure).at(&path), run, explanation, refused })
}

async fn compare(ctx: &Context<'_>, a: &ID, b: &ID) -> Result<RunComparison> {
    let catalog = catalog(ctx).await?;
    let mut asked = Err(unknown());
    for analysis in Analysis::ALL {
        asked = catalog.choose(analysis, Some(a.as_str()), None).map(|_| analysis);
        if asked.is_ok() {
            break;
        }
    }
    let analysis = asked?;
    // Said first, because it names both questions.
    catalog.choose(analysis, Some(b.as_str()), None)?;
    let (a, b) = (figures_of(ctx, analysis, a).await?, figures_of(ctx, analysis, b).await?);
    let inputs = |run: &Run| catalog.inputs_of(run.id).to_vec();
    let changed_figures = changed(a.1.clone(), b.1.clone());
    let mut paths: Vec<Vec<String>> = a.1.into_iter().chain(b.1).map(|(path, _)| path).collect();
    paths.sort_unstable();
    paths.dedup();
    Ok(RunComparison {
        a: (a.0.clone(), inputs(&a.0)),
        b: (b.0.clone(), inputs(&b.0)),
        changed: changed_figures,
        compared: paths.len(),
    })
}

type Figures = (Arc<Run>, Vec<(Vec<String>, FigureData)>);

async fn figures_of(ctx: &Context<'_>, analysis: Analysis, run: &ID) -> Result<Figures> {
    let missing = || {
        Error::bad_input(both(
            "There is no such run; analysisRuns lists the published ones.",
            "그런 분석 실행이 없습니다. 공개된 실행은 analysisRuns에 있습니다.",
        ))
    };
    Ok(match analysis {
        Analysis::Economy => {
            let (run, all) = economy::graphql::chosen(ctx, Some(run), None).await?.ok_or_else(missing)?;
            let figures = economy::shown::figures(&run, &all)?;
            (run, figures)
        }
        Analysis::Childcare => {
            let (run, all) = childcare::graphql::chosen(ctx, Some(run), None).await?.ok_or_else(missing)?;
            (run, childcare::explain::figures(&all))
        }
        Analysis::Wifi => {
            let (run, all) = wifi::graphql::chosen(ctx, Some(run), None).await?.ok_or_else(missing)?;
            (run, wifi::explain::figures(&all))
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_read_back_and_a_foreign_one_is_a_mistake_of_the_asker() {
        let id = ids::encode("Figure", "economy/7/sensitivity/dong/11590510");
        let key = FigureKey::read(&id).unwrap();
        assert_eq!((key.analysis, key.run, key.path.len()), (Analysis::Economy, 7, 3));
        for key in ["economy/7", "economy/x/sensitivity", "weather/7/a", "economy"] {
            assert!(FigureKey::read(&ids::encode("Figure", key)).is_err(), "{key}");
        }
        assert!(FigureKey::read(&ids::encode("AnalysisRun", "7")).is_err());
        assert!(FigureKey::read("nothing").is_err());
    }
}
