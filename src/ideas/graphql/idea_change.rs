//! How an idea is filed, withdrawn and decided about.

use async_graphql::{Context, Enum, ID, InputObject, Object, SimpleObject};
use serde::Serialize;

use super::idea::{PolicyIdeaNode, PolicyTopic, number_of};
use crate::change::{self, Kept, Outcome, Wish};
use crate::error::{Result, both};
use crate::graphql::faults::{Faults, filled};
use crate::graphql::user_error::{UserError, UserErrorCode};
use crate::ideas::calls::today;
use crate::ideas::rules::{LONGEST_LINE, LONGEST_TEXT, data_faults};
use crate::ideas::store::{Decision, Idea, NewIdea, idea_decide, idea_file, idea_of_receipt};
use crate::keys::Scope;
use crate::text::mask::mask;

/// An idea for a policy that rests on data.
#[derive(InputObject, Debug, Serialize)]
#[graphql(name = "SubmitPolicyIdeaInput")]
pub struct SubmitPolicyIdeaInput {
    /// Chosen by the client, new for each idea, 8 to 100 signs such as a UUID: sent again with the same input it gives the
    /// same answer and files nothing twice.
    #[serde(skip)]
    idempotency_key: String,
    /// The call that it answers; without it the one that is open.
    call: Option<ID>,
    /// What it is about.
    topic: PolicyTopic,
    /// What it is, in one line of at most 200 characters.
    title: String,
    /// What it is, in full, at most 5,000 characters.
    description: String,
    /// Public data that it combines (공공데이터), 1 to 20 names.
    public_data: Vec<String>,
    /// Data of companies that it combines (민간데이터), at most 20 names.
    #[graphql(default)]
    private_data: Vec<String>,
    /// How to reach you, at most 200 characters. Never shown, and dropped after its time.
    contact: Option<String>,
}

/// Which idea is withdrawn.
#[derive(InputObject, Debug, Serialize)]
#[graphql(name = "WithdrawPolicyIdeaInput")]
pub struct WithdrawPolicyIdeaInput {
    /// Chosen by the client, new for each withdrawal, 8 to 100 signs such as a UUID.
    #[serde(skip)]
    idempotency_key: String,
    /// The receipt that was given when the idea was filed.
    receipt: String,
}

/// What the district decides about an idea.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[graphql(name = "PolicyIdeaDecision")]
pub enum IdeaDecision {
    /// Everybody may read it.
    Publish,
    /// Nobody may read it, also when it was shown before.
    Decline,
}

/// A decision about an idea.
#[derive(InputObject, Debug, Serialize)]
#[graphql(name = "ModeratePolicyIdeaInput")]
pub struct ModeratePolicyIdeaInput {
    /// Chosen by the client, new for each decision, 8 to 100 signs such as a UUID.
    #[serde(skip)]
    idempotency_key: String,
    /// Id of the idea.
    idea: ID,
    /// What is decided.
    decision: IdeaDecision,
    /// Why, in words for everybody, at most 200 characters.
    note: Option<String>,
}

/// What came of filing an idea.
#[derive(SimpleObject, Debug)]
#[graphql(name = "SubmitPolicyIdeaPayload")]
pub struct SubmitPolicyIdeaPayload {
    /// The idea as it will be shown; null when it was not filed.
    idea: Option<PolicyIdeaNode>,
    /// With it the idea can be withdrawn. Keep it: it is stored nowhere, and told only to who filed the idea.
    receipt: Option<String>,
    /// Why it was not filed; empty when it was.
    user_errors: Vec<UserError>,
}

/// What came of withdrawing an idea.
#[derive(SimpleObject, Debug)]
#[graphql(name = "WithdrawPolicyIdeaPayload")]
pub struct WithdrawPolicyIdeaPayload {
    /// The idea; null when nothing was withdrawn.
    idea: Option<PolicyIdeaNode>,
    /// Why it was not withdrawn; empty when it was.
    user_errors: Vec<UserError>,
}

/// What came of a decision.
#[derive(SimpleObject, Debug)]
#[graphql(name = "ModeratePolicyIdeaPayload")]
pub struct ModeratePolicyIdeaPayload {
    /// The idea as it stands now; null when nothing was decided.
    idea: Option<PolicyIdeaNode>,
    /// Why nothing was decided; empty when something was.
    user_errors: Vec<UserError>,
}

/// What may be changed about ideas.
#[derive(Default)]
pub struct IdeaMutation;

/// What may be changed about ideas.
#[Object]
impl IdeaMutation {
    /// Files an idea for a policy that rests on data, while a call is open (정책 아이디어 제출). Needs no key; without one at
    /// most 3 a day from one address. It is shown once the district has looked at it.
    async fn submit_policy_idea(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The idea.")] input: SubmitPolicyIdeaInput,
    ) -> Option<Result<SubmitPolicyIdeaPayload>> {
        Some(submit(ctx, input).await)
    }

    /// Withdraws an idea by its receipt: it is not shown any more, and its words are dropped at once.
    async fn withdraw_policy_idea(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which idea.")] input: WithdrawPolicyIdeaInput,
    ) -> Option<Result<WithdrawPolicyIdeaPayload>> {
        Some(withdraw(ctx, input).await)
    }

    /// Decides whether an idea is shown to everybody. Needs a key with the scope `admin`.
    async fn moderate_policy_idea(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The decision.")] input: ModeratePolicyIdeaInput,
    ) -> Option<Result<ModeratePolicyIdeaPayload>> {
        Some(moderate(ctx, input).await)
    }
}

async fn submit(ctx: &Context<'_>, input: SubmitPolicyIdeaInput) -> Result<SubmitPolicyIdeaPayload> {
    let asker = change::asker(ctx)?;
    let wish = Wish::new("submitPolicyIdea", &input.idempotency_key, &input)?;
    let contact = filled(input.contact);
    let mut faults = Faults::default();
    faults.text("title", &input.title, LONGEST_LINE);
    faults.text("description", &input.description, LONGEST_TEXT);
    data_faults(&mut faults, "publicData", &input.public_data, 1);
    data_faults(&mut faults, "privateData", &input.private_data, 0);
    faults.optional("contact", contact.as_deref(), LONGEST_LINE);
    let call = input.call.as_ref().map(|id| number_of("PolicyIdeaCall", id));
    if call == Some(None) {
        let said = both(
            "There is no such call; policyIdeaCalls lists them.",
            "그런 공모가 없습니다. 공모는 policyIdeaCalls에 있습니다.",
        );
        faults.add(UserError::new(&["input", "call"], UserErrorCode::NotFound, said));
    }
    if !faults.is_empty() {
        return Ok(SubmitPolicyIdeaPayload { idea: None, receipt: None, user_errors: faults.found() });
    }
    let new = NewIdea {
        call: call.flatten(),
        topic: input.topic.name().to_owned(),
        title: input.title,
        description: input.description,
        public_data: input.public_data,
        private_data: input.private_data,
        contact,
        with_key: asker.access.may(Scope::Write),
    };
    let kept: Outcome<Kept<Idea>> =
        change::writer(ctx)?.once(&asker, wish, move |act| idea_file(act, &new, today())).await?;
    Ok(match kept {
        Ok(kept) => SubmitPolicyIdeaPayload {
            idea: Some(PolicyIdeaNode(kept.answer)),
            receipt: Some(kept.receipt),
            user_errors: Vec::new(),
        },
        Err(user_errors) => SubmitPolicyIdeaPayload { idea: None, receipt: None, user_errors },
    })
}

async fn withdraw(ctx: &Context<'_>, input: WithdrawPolicyIdeaInput) -> Result<WithdrawPolicyIdeaPayload> {
    let asker = change::asker(ctx)?;
    let wish = Wish::new("withdrawPolicyIdea", &input.idempotency_key, &input)?;
    let receipt = change::receipt_digest(&input.receipt);
    let kept: Outcome<Kept<Idea>> = change::writer(ctx)?
        .once(&asker, wish, move |act| match idea_of_receipt(act.conn, &receipt)? {
            Some(number) => idea_decide(act, number, Decision::Withdrawn, None),
            None => {
                let said = both(
                    "No idea belongs to this receipt. Check that it is whole.",
                    "이 접수증에 해당하는 아이디어가 없습니다. 빠진 글자가 없는지 확인해 주십시오.",
                );
                Ok(Err(vec![UserError::new(&["input", "receipt"], UserErrorCode::NotFound, said)]))
            }
        })
        .await?;
    Ok(match kept {
        Ok(kept) => WithdrawPolicyIdeaPayload { idea: Some(PolicyIdeaNode(kept.answer)), user_errors: Vec::new() },
        Err(user_errors) => WithdrawPolicyIdeaPayload { idea: None, user_errors },
    })
}

async fn moderate(ctx: &Context<'_>, input: ModeratePolicyIdeaInput) -> Result<ModeratePolicyIdeaPayload> {
    let asker = change::asker_with(ctx, Scope::Admin)?;
    let wish = Wish::new("moderatePolicyIdea", &input.idempotency_key, &input)?;
    let note = filled(input.note);
    let mut faults = Faults::default();
    faults.optional("note", note.as_deref(), LONGEST_LINE);
    let number = number_of("PolicyIdea", &input.idea);
    if number.is_none() {
        let said = both("There is no such idea.", "그런 아이디어가 없습니다.");
        faults.add(UserError::new(&["input", "idea"], UserErrorCode::NotFound, said));
    }
    let (Some(number), true) = (number, faults.is_empty()) else {
        return Ok(ModeratePolicyIdeaPayload { idea: None, user_errors: faults.found() });
    };
    let decision = match input.decision {
        IdeaDecision::Publish => Decision::Published,
        IdeaDecision::Decline => Decision::Declined,
    };
    let kept: Outcome<Kept<Idea>> = change::writer(ctx)?
        .once(&asker, wish, move |act| idea_decide(act, number, decision, note.map(|note| mask(&note).text).as_deref()))
        .await?;
    Ok(match kept {
        Ok(kept) => ModeratePolicyIdeaPayload { idea: Some(PolicyIdeaNode(kept.answer)), user_errors: Vec::new() },
        Err(user_errors) => ModeratePolicyIdeaPayload { idea: None, user_errors },
    })
}
