//! The one list of what this worker can do.

use std::panic::AssertUnwindSafe;

use futures::FutureExt as _;
use wire::job::{JobKind, Product, Verdict, Work};

use crate::{
    handler::{Context, Failure, Handler as _},
    lane::panic_message,
};

/// Does the work, whatever it is. A panic is a failure of the job, never of the worker.
pub async fn run(work: Work, context: &Context) -> Verdict {
    let outcome = match AssertUnwindSafe(dispatch(work, context))
        .catch_unwind()
        .await
    {
        Ok(outcome) => outcome,
        Err(panic) => Err(Failure::Retry(format!(
            "the job panicked: {}",
            panic_message(&*panic)
        ))),
    };
    match outcome {
        Ok(product) => sound(product),
        Err(Failure::Retry(reason)) => Verdict::Retry { reason },
        Err(Failure::Refuse(reason)) => Verdict::Refuse { reason },
        Err(Failure::Outdated(reason)) => Verdict::Outdated { reason },
        Err(Failure::Cancelled) => Verdict::Cancelled,
    }
}

/// The product, if the server can read it. JSON has no word for what is no number, so a belief that
/// is none would arrive as something else.
fn sound(product: Product) -> Verdict {
    let read = serde_json::to_vec(&product).and_then(|told| serde_json::from_slice(&told));
    match read {
        Ok::<Product, _>(_) => Verdict::Done { product },
        Err(error) => Verdict::Retry {
            reason: format!("what came of the job cannot be told: {error}"),
        },
    }
}

/// The kind of a piece of work.
pub const fn kind(work: &Work) -> JobKind {
    match work {
        Work::LearnFromRatings(_) | Work::ReplayStyle(_) => JobKind::LearnFromRatings,
        Work::GenerateImage(_) => JobKind::GenerateImage,
    }
}

async fn dispatch(work: Work, context: &Context) -> Result<Product, Failure> {
    match work {
        Work::LearnFromRatings(work) => work.run(context).await.map(Product::LearnFromRatings),
        Work::ReplayStyle(work) => work.run(context).await.map(Product::ReplayStyle),
        Work::GenerateImage(work) => work.run(context).await.map(Product::GenerateImage),
    }
}

#[cfg(test)]
mod tests {
    use wire::{
        ids::PolicyHash,
        job::Learned,
        learning::{Belief, Insight, LearnedStep},
        mix::Mix,
        taxonomy::DIMENSIONS,
    };

    use super::*;

    fn learned(expected: f64) -> Product {
        let belief = Belief {
            proposed: Mix::NEUTRAL,
            sureness: [0.5; DIMENSIONS],
            expected,
        };
        Product::LearnFromRatings(Learned {
            parent: None,
            steps: vec![LearnedStep {
                rating: None,
                policy: PolicyHash::from_bytes([1; 32]),
                belief,
                insight: Insight::default(),
            }],
        })
    }

    #[test]
    fn a_belief_that_is_no_number_is_a_failure_and_never_leaves_the_worker() {
        let product = learned(3.5);
        assert_eq!(sound(product.clone()), Verdict::Done { product });
        for expected in [f64::NAN, f64::INFINITY] {
            let Verdict::Retry { reason } = sound(learned(expected)) else {
                panic!("{expected} was told");
            };
            assert!(reason.contains("cannot be told"), "{reason}");
        }
    }
}
