//! Jobs that clients start and cancel.

use async_graphql::{Context, ID, InputObject, Object, OneofObject, SimpleObject};
use serde::Serialize;
use serde_json::Value;

use super::job::AnalysisJob;
use super::{no_job, number};
use crate::change::{Act, Done, Kept, Outcome, Wish, asker_with, writer};
use crate::childcare::graphql::ChildcareParametersInput;
use crate::config::Settings;
use crate::economy::graphql::EconomyParametersInput;
use crate::error::{Error, Kind, Result, both};
use crate::graphql::data;
use crate::graphql::user_error::{UserError, UserErrorCode};
use crate::jobs::queue::{NewJob, job_add, job_stop, jobs_numbered, jobs_waiting};
use crate::keys::Scope;
use crate::run::Analysis;
use crate::run::graphql::AudienceName;
use crate::wifi::graphql::WifiParametersInput;

/// Which question, and its parameters: exactly one. An empty object takes every default.
#[derive(OneofObject, Debug, Serialize)]
#[graphql(name = "AnalysisParametersInput")]
#[serde(rename_all = "lowercase")]
// An input lives for a moment; boxing it would say nothing to the library that fills it.
#[allow(clippy::large_enum_variant)]
pub enum AnalysisParametersInput {
    /// Who lost and who gained sales (경제).
    Economy(EconomyParametersInput),
    /// What parents say, and where care is missing (육아·보육).
    Childcare(ChildcareParametersInput),
    /// Where the next public Wi-Fi helps most people (공공와이파이).
    Wifi(WifiParametersInput),
}

impl AnalysisParametersInput {
    fn analysis(&self) -> Analysis {
        match self {
            Self::Economy(_) => Analysis::Economy,
            Self::Childcare(_) => Analysis::Childcare,
            Self::Wifi(_) => Analysis::Wifi,
        }
    }

    /// As a run takes them.
    fn json(&self) -> Result<Value> {
        let json = match self {
            Self::Economy(parameters) => serde_json::to_value(parameters),
            Self::Childcare(parameters) => serde_json::to_value(parameters),
            Self::Wifi(parameters) => serde_json::to_value(parameters),
        };
        json.map(without_nulls).map_err(|e| Error::internal(format!("parameters as JSON: {e}")))
    }
}

/// What was left out is not a parameter that is null.
fn without_nulls(json: Value) -> Value {
    match json {
        Value::Object(fields) => Value::Object(
            fields.into_iter().filter(|(_, v)| !v.is_null()).map(|(k, v)| (k, without_nulls(v))).collect(),
        ),
        other => other,
    }
}

/// A run that is wanted.
#[derive(InputObject, Debug, Serialize)]
#[graphql(name = "StartAnalysisInput")]
pub struct StartAnalysisInput {
    /// Chosen by the client, new for each job, 8 to 100 signs such as a UUID: sent again with the same input it gives the
    /// same job and starts nothing twice.
    #[serde(skip)]
    idempotency_key: String,
    /// Which question, and its parameters.
    parameters: AnalysisParametersInput,
    /// For whom the run is published as soon as it is done, which needs the scope admin. Left out, it is not published.
    #[serde(skip)]
    audience: Option<AudienceName>,
}

/// The end of a job.
#[derive(InputObject, Debug, Serialize)]
#[graphql(name = "CancelAnalysisInput")]
pub struct CancelAnalysisInput {
    /// Chosen by the client, new for each cancellation, 8 to 100 signs such as a UUID.
    #[serde(skip)]
    idempotency_key: String,
    /// Id of the job.
    job: ID,
}

/// What came of starting an analysis.
#[derive(SimpleObject, Debug)]
#[graphql(name = "StartAnalysisPayload")]
pub struct StartAnalysisPayload {
    /// The job as it is now; null when none was started.
    job: Option<AnalysisJob>,
    /// Why none was started; empty when one was.
    user_errors: Vec<UserError>,
}

/// What came of cancelling a job.
#[derive(SimpleObject, Debug)]
#[graphql(name = "CancelAnalysisPayload")]
pub struct CancelAnalysisPayload {
    /// The job as it is now; null when nothing was cancelled.
    job: Option<AnalysisJob>,
    /// Why nothing was cancelled; empty when something was.
    user_errors: Vec<UserError>,
}

/// What may be changed about the queue.
#[derive(Debug, Default, Clone, Copy)]
pub struct JobMutation;

/// What may be changed about the queue.
#[Object]
impl JobMutation {
    /// Puts a run into the queue (분석 시작). A worker computes it from the data in force when its turn comes; analysisProgress
    /// tells how far it is. Needs a key with the scope analyse. So many may wait at once as the operator has set.
    async fn start_analysis(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The run that is wanted.")] input: StartAnalysisInput,
    ) -> Option<Result<StartAnalysisPayload>> {
        let answer = async {
            let outcome = start(ctx, input).await?;
            let (job, user_errors) = shown(ctx, outcome).await?;
            Ok(StartAnalysisPayload { job, user_errors })
        };
        Some(answer.await)
    }

    /// Cancels a job that waits or is being computed (분석 취소). What its worker still computes is not kept. Needs a key with
    /// the scope analyse.
    async fn cancel_analysis(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which job.")] input: CancelAnalysisInput,
    ) -> Option<Result<CancelAnalysisPayload>> {
        let answer = async {
            let outcome = cancel(ctx, input).await?;
            let (job, user_errors) = shown(ctx, outcome).await?;
            Ok(CancelAnalysisPayload { job, user_errors })
        };
        Some(answer.await)
    }
}

/// The answer that is kept is the number of the job: it is shown as it is now, not as it was then.
async fn shown(ctx: &Context<'_>, outcome: Outcome<Kept<i32>>) -> Result<(Option<AnalysisJob>, Vec<UserError>)> {
    match outcome {
        Ok(kept) => {
            let found = writer(ctx)?.db().run(move |conn| jobs_numbered(conn, &[kept.answer])).await?;
            Ok((found.into_iter().next().map(AnalysisJob), Vec::new()))
        }
        Err(wrong) => Ok((None, wrong)),
    }
}

async fn start(ctx: &Context<'_>, input: StartAnalysisInput) -> Result<Outcome<Kept<i32>>> {
    let asker = asker_with(ctx, Scope::Analyse)?;
    if input.audience.is_some() {
        asker.require(Scope::Admin)?;
    }
    let (analysis, parameters) = (input.parameters.analysis(), input.parameters.json()?);
    let audience = input.audience.map(AudienceName::audience);
    let wanted = (&parameters, analysis.name(), audience.map(|a| a.name()));
    let wish = Wish::new("startAnalysis", &input.idempotency_key, &wanted)?;
    let job = match NewJob::new(analysis, &parameters, audience) {
        Ok(job) => job,
        Err(error) if error.kind() == Kind::BadInput => return Ok(Err(vec![senseless(analysis, &parameters, &error)])),
        Err(error) => return Err(error),
    };
    let most = data::<Settings>(ctx)?.max_waiting_jobs;
    let add = move |act: &mut Act<'_>| {
        if jobs_waiting(act.conn)? >= most {
            return Ok(Err(vec![UserError::new(
                &["input"],
                UserErrorCode::LimitReached,
                both(
                    format!("{most} jobs wait already; start this one when some are done."),
                    format!("이미 분석 {most}건이 기다리고 있습니다. 일부가 끝난 뒤에 시작해 주십시오."),
                ),
            )]));
        }
        let job = job_add(act.conn, &job)?;
        let detail = serde_json::json!({"analysis": job.analysis, "audience": job.audience});
        Ok(Ok(Done { answer: job.id, subject: format!("job {}", job.id), detail }))
    };
    writer(ctx)?.once(&asker, wish, add).await
}

/// What is wrong with the parameters, at the one that the sentence begins with.
fn senseless(analysis: Analysis, parameters: &Value, error: &Error) -> UserError {
    let mut field = vec!["input", "parameters", analysis.name()];
    let named = error.outside().split(' ').next().unwrap_or("").trim_end_matches(':');
    let mut within = parameters;
    for part in named.split('.') {
        let Some(inner) = within.get(part) else { break };
        field.push(part);
        within = inner;
    }
    let english = error.outside();
    let korean = match error.outside_in_korean() {
        Some(korean) => korean.to_owned(),
        None => format!("매개변수를 고쳐 주십시오: {english}"),
    };
    UserError::new(&field, UserErrorCode::Invalid, both(english, korean))
}

async fn cancel(ctx: &Context<'_>, input: CancelAnalysisInput) -> Result<Outcome<Kept<i32>>> {
    let asker = asker_with(ctx, Scope::Analyse)?;
    let wish = Wish::new("cancelAnalysis", &input.idempotency_key, &input)?;
    let job = number("AnalysisJob", &input.job);
    let stop = move |act: &mut Act<'_>| {
        let Some(job) = job else { return Ok(Err(vec![unknown()])) };
        if job_stop(act.conn, job)?.is_some() {
            return Ok(Ok(Done::new(job, format!("job {job}"))));
        }
        let wrong = if jobs_numbered(act.conn, &[job])?.is_empty() { unknown() } else { over() };
        Ok(Err(vec![wrong]))
    };
    writer(ctx)?.once(&asker, wish, stop).await
}

fn unknown() -> UserError {
    UserError::new(&["input", "job"], UserErrorCode::NotFound, no_job())
}

fn over() -> UserError {
    let said = both("The job is over already.", "이미 끝난 분석 작업입니다.");
    UserError::new(&["input", "job"], UserErrorCode::Conflict, said)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrong_is_told_at_its_place() {
        let given = serde_json::json!({"radiusM": 5.0, "care": {"need": 9.0}});
        let place = |sentence: &str| {
            let error = senseless(Analysis::Wifi, &given, &Error::bad_input(sentence));
            error.path().join(".")
        };
        assert_eq!(place("radiusM must be from 10 to 500."), "input.parameters.wifi.radiusM");
        assert_eq!(place("care.need must be from 0.05 to 1."), "input.parameters.wifi.care.need");
        assert_eq!(place("The parameters make no sense."), "input.parameters.wifi");
    }

    #[test]
    fn what_is_left_out_is_no_parameter() {
        let json = without_nulls(serde_json::json!({"a": null, "b": {"c": null, "d": 1}}));
        assert_eq!(json, serde_json::json!({"b": {"d": 1}}));
    }
}
