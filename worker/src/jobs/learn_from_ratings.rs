//! Ratings become versions, one each, in the order of the log.

use wire::job::{LearnFromRatings, Learned};

use super::{check_prior, keep, recall};
use crate::{
    handler::{Context, Failure, Handler},
    learner,
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
            check_prior(&prior)?;
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
                let report = newest.learn(&sample, step_seed(style_seed, place));
                // A policy that jumps at the end of its practice has not settled on anything.
                tracing::debug!(
                    learner = kind.name(),
                    ratings = report.ratings,
                    approx_kl = report.approx_kl,
                    "learned a rating"
                );
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
