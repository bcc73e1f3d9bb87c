//! A log becomes one version, which is made twice before it is believed.

use std::sync::Arc;

use wire::{
    ids::{BlobHash, PolicyHash},
    job::{Checkpoint, ReplayStyle, StyleReplayed},
    replay::RatingLog,
};

use super::{check_prior, keep, restore};
use crate::{
    blobs,
    handler::{Context, Failure, Handler},
    learner::snapshot::SnapshotError,
    replay,
};

impl Handler for ReplayStyle {
    type Product = StyleReplayed;

    async fn run(self, context: &Context) -> Result<StyleReplayed, Failure> {
        let Self {
            log: hash,
            checkpoint,
            prompts,
        } = self;
        let log = Arc::new(read(hash, context).await?);
        check_prior(&log.prior)?;
        context.go_on()?;
        let (learners, its_log) = (&context.tools.learners, log.clone());
        let head = learners.run(move |_| replay::from_nothing(&its_log, None));
        let (head, step) = keep(None, head.await?, &prompts, context).await?;
        context.go_on()?;
        let verified = again(checkpoint, log, context).await? == Some(step.policy);
        if !verified {
            tracing::warn!(policy = %step.policy, "a replay differs from what was stored before");
        }
        let policy = step.policy;
        learners
            .run(move |memory| memory.keep(policy, head))
            .await?;
        Ok(StyleReplayed {
            log: hash,
            head: step,
            verified,
        })
    }
}

async fn read(hash: BlobHash, context: &Context) -> Result<RatingLog, Failure> {
    let bytes = context.tools.blobs.get(hash).await?;
    // The bytes are those that were stored, so another try would find the same fault.
    serde_json::from_slice(&bytes)
        .map_err(|error| Failure::Refuse(format!("the log {hash} does not read: {error}")))
}

/// What comes of the log by way of the checkpoint, or, without one that this program reads, from
/// nothing once more. `None` if the checkpoint is of no use though it should be: what was made from
/// nothing counts all the same, but nobody has confirmed it.
async fn again(
    checkpoint: Option<Checkpoint>,
    log: Arc<RatingLog>,
    context: &Context,
) -> Result<Option<PolicyHash>, Failure> {
    let stored = match checkpoint {
        Some(Checkpoint { policy, learned }) => match restore(policy, context).await {
            Ok(twin) => Some((twin, learned)),
            Err(Failure::Outdated(_)) => None,
            // Damaged.
            Err(Failure::Refuse(_)) => return Ok(None),
            Err(failure) => return Err(failure),
        },
        None => None,
    };
    let learners = &context.tools.learners;
    let made = learners.run(move |_| {
        let (twin, learned) = match stored {
            Some(stored) => stored,
            None => (replay::first(&log)?, 0),
        };
        let twin = replay::go_on(twin, &log, learned);
        Ok::<_, SnapshotError>(blobs::hash(&twin.snapshot()))
    });
    Ok(made.await?.ok())
}
