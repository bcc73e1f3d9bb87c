//! The NATS subjects: one function builds each, so that no two processes spell one differently.

use crate::{
    ids::{ArtistId, JobId},
    job::JobKind,
};

/// The JetStream work queue.
pub const JOBS_STREAM: &str = "ATELIER_JOBS";
/// What the work queue stores: [`jobs`] of every kind.
pub const JOBS: &str = "atelier.jobs.*";
/// Requests of [`crate::job::StartJob`], answered by one server replica.
pub const START: &str = "atelier.ask.start";
/// Requests of [`crate::job::Outcome`], answered by one server replica.
pub const SETTLE: &str = "atelier.ask.settle";
/// [`crate::job::Beat`] of every worker.
pub const BEAT: &str = "atelier.beat";
/// [`crate::job::JobProgress`] of every worker.
pub const PROGRESS: &str = "atelier.progress";
/// Every [`cancel`].
pub const CANCELS: &str = "atelier.cancel.*";
/// Every [`live`].
pub const LIVES: &str = "atelier.live.*";
/// The queue group in which server replicas share requests.
pub const SERVERS: &str = "servers";

/// Where jobs of a kind are queued.
pub fn jobs(kind: JobKind) -> String {
    format!("atelier.jobs.{}", kind.name())
}

/// The durable consumer of [`JOBS_STREAM`] from which workers take jobs of a kind.
pub const fn consumer(kind: JobKind) -> &'static str {
    match kind {
        JobKind::LearnFromRatings => "learn",
        JobKind::GenerateImage => "generate",
    }
}

/// Tells whoever works on the job to stop.
pub fn cancel(job: JobId) -> String {
    format!("atelier.cancel.{job}")
}

/// The job that a cancel subject names.
pub fn cancelled_job(subject: &str) -> Option<JobId> {
    subject.strip_prefix("atelier.cancel.")?.parse().ok()
}

/// Tells every replica that the artist has news in the database, or carries a passing event.
pub fn live(artist: ArtistId) -> String {
    format!("atelier.live.{artist}")
}

/// The artist that a live subject names.
pub fn live_artist(subject: &str) -> Option<ArtistId> {
    subject.strip_prefix("atelier.live.")?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_subject_reads_back() {
        let id = uuid::Uuid::from_u128(7);
        assert_eq!(cancelled_job(&cancel(JobId(id))), Some(JobId(id)));
        assert_eq!(live_artist(&live(ArtistId(id))), Some(ArtistId(id)));
        assert_eq!(cancelled_job(&live(ArtistId(id))), None);
        assert_eq!(live_artist("atelier.live.nobody"), None);
    }
}
