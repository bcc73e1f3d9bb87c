//! Ratings become versions, one each, in the order of the log.

use wire::{
    ids::RatingId,
    job::{LearnFromRatings, Learned},
    learning::{BUILT_IN_PRIOR, LearnedStep},
};

use super::recall;
use crate::{
    handler::{Context, Failure, Handler},
    learner::{self, Learner},
    seeds::step_seed,
};

impl Handler for LearnFromRatings {
    type Product = Learned;

    async fn run(self, context: &Context) -> Result<Learned, Failure> {
        let Self {
            learner: kind,
            prior,
            style_seed,
            parent,
            learned,
            samples,
            prompts,
        } = self;
        let mut steps = Vec::with_capacity(samples.len() + 1);
        let mut newest = if let Some(parent) = parent {
            recall(parent, context).await?
        } else {
            if prior != BUILT_IN_PRIOR {
                return Err(Failure::Refuse(format!(
                    "this worker does not know the prior {prior}; {BUILT_IN_PRIOR} is built in"
                )));
            }
            let fresh = context
                .tools
                .learners
                .run(move |_| learner::fresh(kind, style_seed));
            let (first, step) = keep(None, fresh.await?, &prompts, context).await?;
            steps.push(step);
            first
        };
        for (place, sample) in (learned..).zip(samples) {
            context.go_on()?;
            let rating = sample.rating;
            let learn = context.tools.learners.run(move |_| {
                newest.learn(&sample, step_seed(style_seed, place));
                newest
            });
            let (next, step) = keep(Some(rating), learn.await?, &prompts, context).await?;
            steps.push(step);
            newest = next;
        }
        if let Some(policy) = steps.last().map(|step| step.policy) {
            context
                .tools
                .learners
                .run(move |memory| memory.keep(policy, newest))
                .await?;
        }
        Ok(Learned { parent, steps })
    }
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
