//! What clients may do with a run: publish it, or withdraw it. Both are decisions of the district and stand in the audit
//! log.

use std::sync::Arc;

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use serde::Serialize;

use super::number;
use crate::change::{Act, Done, Kept, Outcome, Wish, asker_with, writer};
use crate::error::{Result, both};
use crate::graphql::faults::Faults;
use crate::graphql::user_error::{UserError, UserErrorCode};
use crate::keys::Scope;
use crate::run::graphql::{AnalysisRun, AudienceName};
use crate::run::publication::seen_everywhere;
use crate::run::record::{Run, run_in_force, run_publish, run_some, run_withdraw};

/// Longest reason of a withdrawal, in characters.
const LONGEST_REASON: usize = 1_000;

/// A publication.
#[derive(InputObject, Debug, Serialize)]
#[graphql(name = "PublishRunInput")]
pub struct PublishRunInput {
    /// Chosen by the client, new for each publication, 8 to 100 signs such as a UUID.
    #[serde(skip)]
    idempotency_key: String,
    /// Id of the run.
    run: ID,
    /// For whom.
    audience: AudienceName,
    /// Id of the run that answers the question now, as the client knows it: when another one does meanwhile, nothing is
    /// published. Left out, that is not looked at.
    expected_in_force: Option<ID>,
}

/// A withdrawal.
#[derive(InputObject, Debug, Serialize)]
#[graphql(name = "WithdrawRunInput")]
pub struct WithdrawRunInput {
    /// Chosen by the client, new for each withdrawal, 8 to 100 signs such as a UUID.
    #[serde(skip)]
    idempotency_key: String,
    /// Id of the run.
    run: ID,
    /// Why, in words for everybody, at most 1,000 characters.
    reason: String,
    /// Its results may not be read any more, by anybody. Otherwise they stay readable and are marked WITHDRAWN.
    #[graphql(default)]
    for_privacy: bool,
}

/// What came of publishing a run.
#[derive(SimpleObject, Debug)]
#[graphql(name = "PublishRunPayload")]
pub struct PublishRunPayload {
    /// The run as it is now; null when it was not published.
    run: Option<AnalysisRun>,
    /// Why it was not published; empty when it was.
    user_errors: Vec<UserError>,
}

/// What came of withdrawing a run.
#[derive(SimpleObject, Debug)]
#[graphql(name = "WithdrawRunPayload")]
pub struct WithdrawRunPayload {
    /// The run as it is now; null when it was not withdrawn.
    run: Option<AnalysisRun>,
    /// Why it was not withdrawn; empty when it was.
    user_errors: Vec<UserError>,
}

/// What may be done with runs.
#[derive(Debug, Default, Clone, Copy)]
pub struct RunMutation;

/// What may be done with runs.
#[Object]
impl RunMutation {
    /// Makes a run visible (분석 실행 공개). From the next request on every server answers with it. A publication is never
    /// changed: a run found wrong is withdrawn. Needs a key with the scope admin.
    async fn publish_run(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which run, and for whom.")] input: PublishRunInput,
    ) -> Option<Result<PublishRunPayload>> {
        let answer = async {
            let outcome = publish(ctx, input).await?;
            let (run, user_errors) = shown(ctx, outcome).await?;
            Ok(PublishRunPayload { run, user_errors })
        };
        Some(answer.await)
    }

    /// Withdraws a published run (분석 실행 철회), with a reason. It is never erased. One that was withdrawn may still be
    /// withdrawn for privacy. Needs a key with the scope admin.
    async fn withdraw_run(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which run, and why.")] input: WithdrawRunInput,
    ) -> Option<Result<WithdrawRunPayload>> {
        let answer = async {
            let outcome = withdraw(ctx, input).await?;
            let (run, user_errors) = shown(ctx, outcome).await?;
            Ok(WithdrawRunPayload { run, user_errors })
        };
        Some(answer.await)
    }
}

/// The run as it is now, once no server answers from what was before.
async fn shown(ctx: &Context<'_>, outcome: Outcome<Kept<i32>>) -> Result<(Option<AnalysisRun>, Vec<UserError>)> {
    let number = match outcome {
        Ok(kept) => kept.answer,
        Err(wrong) => return Ok((None, wrong)),
    };
    let run = writer(ctx)?
        .db()
        .run(move |conn| {
            seen_everywhere(conn);
            Ok(run_some(conn, &[number])?.pop())
        })
        .await?;
    Ok((run.map(AnalysisRun), Vec::new()))
}

async fn publish(ctx: &Context<'_>, input: PublishRunInput) -> Result<Outcome<Kept<i32>>> {
    let asker = asker_with(ctx, Scope::Admin)?;
    let wish = Wish::new("publishRun", &input.idempotency_key, &input)?;
    let (run, audience) = (number("AnalysisRun", &input.run), input.audience.audience());
    let expected = input.expected_in_force.as_ref().map(|id| number("AnalysisRun", id));
    let publish = move |act: &mut Act<'_>| {
        let Some(run) = found(act, run)? else { return Ok(Err(vec![no_run()])) };
        if let Some(already) = &run.audience {
            return Ok(Err(vec![conflict(
                "run",
                &format!("It is published already, as {already}; a publication is never changed."),
                &format!("이미 {already}(으)로 공개되었습니다. 공개는 바뀌지 않습니다."),
            )]));
        }
        if let Some(expected) = expected
            && run_in_force(act.conn, &run.analysis)? != expected
        {
            return Ok(Err(vec![conflict(
                "expectedInForce",
                "Another run answers the question meanwhile; look at it, and publish with its id if you still want to.",
                "그 사이에 다른 분석 실행이 공개되었습니다. 확인한 뒤 그 id로 다시 공개해 주십시오.",
            )]));
        }
        run_publish(act.conn, act.actor, run.id, audience)?;
        Ok(Ok(Done::new(run.id, format!("run {}", run.id))))
    };
    writer(ctx)?.once(&asker, wish, publish).await
}

async fn withdraw(ctx: &Context<'_>, input: WithdrawRunInput) -> Result<Outcome<Kept<i32>>> {
    let asker = asker_with(ctx, Scope::Admin)?;
    let wish = Wish::new("withdrawRun", &input.idempotency_key, &input)?;
    let WithdrawRunInput { run, reason, for_privacy, .. } = input;
    let (run, reason) = (number("AnalysisRun", &run), reason.trim().to_owned());
    let mut faults = Faults::default();
    faults.text("reason", &reason, LONGEST_REASON);
    if !faults.is_empty() {
        return Ok(Err(faults.found()));
    }
    let withdraw = move |act: &mut Act<'_>| {
        let Some(run) = found(act, run)? else { return Ok(Err(vec![no_run()])) };
        if run.published_at.is_none() {
            return Ok(Err(vec![conflict(
                "run",
                "It is not published, so there is nothing to withdraw.",
                "공개되지 않은 분석 실행이라 철회할 것이 없습니다.",
            )]));
        }
        if run.withdrawn_at.is_some() && (run.withdrawn_for_privacy || !for_privacy) {
            return Ok(Err(vec![conflict("run", "It is withdrawn already.", "이미 철회된 분석 실행입니다.")]));
        }
        run_withdraw(act.conn, act.actor, run.id, &reason, for_privacy)?;
        Ok(Ok(Done::new(run.id, format!("run {}", run.id))))
    };
    writer(ctx)?.once(&asker, wish, withdraw).await
}

fn found(act: &mut Act<'_>, run: Option<i32>) -> Result<Option<Arc<Run>>> {
    match run {
        Some(run) => Ok(run_some(act.conn, &[run])?.pop()),
        None => Ok(None),
    }
}

fn no_run() -> UserError {
    let said = both(
        "There is no such run; analysisJobs and analysisRuns list them.",
        "그런 분석 실행이 없습니다. analysisJobs와 analysisRuns에서 확인해 주십시오.",
    );
    UserError::new(&["input", "run"], UserErrorCode::NotFound, said)
}

fn conflict(field: &str, en: &str, ko: &str) -> UserError {
    UserError::new(&["input", field], UserErrorCode::Conflict, both(en, ko))
}
