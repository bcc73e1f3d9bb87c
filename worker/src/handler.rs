//! What a job is to the worker: work that becomes a product, or a failure with its decision.

use std::{future::Future, sync::Arc};

use thiserror::Error;
use tokio_util::sync::CancellationToken;

use crate::{
    blobs::Blobs,
    bus::Progress,
    lane::{Lane, LaneError},
    memory::Memory,
    painter::Painter,
};

/// Work that knows how to be done.
///
/// A job can run twice, on two workers even: whatever it stores is named by its content, and what
/// counts is only what the server makes of the product.
pub trait Handler {
    /// What comes of it.
    type Product;

    /// Does it. Looks at [`Context::go_on`] wherever it could stop.
    fn run(self, context: &Context) -> impl Future<Output = Result<Self::Product, Failure>> + Send;
}

/// Why a job did not work, and what follows from it.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Failure {
    /// It may work another time.
    #[error("{0}")]
    Retry(String),
    /// It never will.
    #[error("{0}")]
    Refuse(String),
    /// It cannot go on from a version that another version of the program stored.
    #[error("{0}")]
    Outdated(String),
    /// It was told to stop.
    #[error("cancelled")]
    Cancelled,
}

impl From<LaneError> for Failure {
    fn from(error: LaneError) -> Self {
        Self::Retry(error.to_string())
    }
}

/// What every job of this process shares.
#[derive(Debug)]
pub struct Tools {
    /// Pictures and snapshots.
    pub blobs: Blobs,
    /// The thread that owns the engine and its device.
    pub painter: Painter,
    /// The thread that learns and proposes, with the learners it remembers.
    pub learners: Lane<Memory>,
}

/// What one job is given besides its work.
#[derive(Clone, Debug)]
pub struct Context {
    /// What it works with.
    pub tools: Arc<Tools>,
    /// Tripped when somebody cancels it.
    pub cancel: CancellationToken,
    /// Where it says how far it is.
    pub progress: Progress,
}

impl Context {
    /// Between two steps: may the job go on?
    pub fn go_on(&self) -> Result<(), Failure> {
        if self.cancel.is_cancelled() {
            return Err(Failure::Cancelled);
        }
        Ok(())
    }
}
