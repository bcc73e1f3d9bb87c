//! What a job does, in a few verbs. One file per kind; how it is delivered, asked for and settled
//! is the bus's matter, and what comes of it is the server's.

mod generate_image;
mod learn_from_ratings;
mod replay_style;

use wire::{
    ids::{PolicyHash, RatingId},
    learning::{BUILT_IN_PRIOR, LearnedStep},
};

use crate::{
    handler::{Context, Failure},
    learner::{self, Learner, snapshot::SnapshotError},
};

/// Refuses to begin a style with a prior that is not at hand.
fn check_prior(prior: &str) -> Result<(), Failure> {
    if prior == BUILT_IN_PRIOR {
        return Ok(());
    }
    Err(Failure::Refuse(format!(
        "this worker does not know the prior {prior}; {BUILT_IN_PRIOR} is built in"
    )))
}

/// The learner of that version: remembered, or rebuilt from its snapshot.
async fn recall(policy: PolicyHash, context: &Context) -> Result<Box<dyn Learner>, Failure> {
    let learners = &context.tools.learners;
    if let Some(learner) = learners.run(move |memory| memory.take(policy)).await? {
        return Ok(learner);
    }
    restore(policy, context).await
}

/// The learner of that version as it was stored.
async fn restore(policy: PolicyHash, context: &Context) -> Result<Box<dyn Learner>, Failure> {
    let snapshot = context.tools.blobs.get(policy).await?;
    let learners = &context.tools.learners;
    let restored = learners.run(move |_| learner::restore(&snapshot)).await?;
    // The bytes are those that were stored, so another try would find the same fault.
    restored.map_err(|error| {
        let reason = format!("snapshot {policy} is unusable: {error}");
        match error {
            SnapshotError::Layout { .. } => Failure::Outdated(reason),
            _ => Failure::Refuse(reason),
        }
    })
}

/// Stores the learner as it is now, and says what it believes.
async fn keep(
    rating: Option<RatingId>,
    learner: Box<dyn Learner>,
    prompts: &[String],
    context: &Context,
) -> Result<(Box<dyn Learner>, LearnedStep), Failure> {
    let prompts = prompts.to_vec();
    let look = context.tools.learners.run(move |_| {
        let (snapshot, belief) = (learner.snapshot(), learner.belief(&prompts));
        let insight = learner.insight(&prompts);
        (learner, snapshot, belief, insight)
    });
    let (learner, snapshot, belief, insight) = look.await?;
    let policy = context.tools.blobs.put(snapshot).await?;
    Ok((
        learner,
        LearnedStep {
            rating,
            policy,
            belief,
            insight,
        },
    ))
}
