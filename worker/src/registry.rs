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
        Ok(product) => Verdict::Done { product },
        Err(Failure::Retry(reason)) => Verdict::Retry { reason },
        Err(Failure::Refuse(reason)) => Verdict::Refuse { reason },
        Err(Failure::Cancelled) => Verdict::Cancelled,
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
