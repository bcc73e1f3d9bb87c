//! The jobs under way, and how to stop each.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use tokio_util::sync::CancellationToken;
use wire::ids::JobId;

/// Shared by all who need to know what this worker is doing.
#[derive(Clone, Debug, Default)]
pub struct Desk {
    jobs: Arc<Mutex<BTreeMap<JobId, CancellationToken>>>,
}

/// A job's place on the desk; it is cleared when this is dropped.
#[derive(Debug)]
pub struct Seat {
    desk: Desk,
    job: JobId,
    /// Tripped when somebody cancels the job.
    pub cancel: CancellationToken,
}

impl Desk {
    /// Lays the job on the desk.
    pub fn lay(&self, job: JobId) -> Seat {
        let cancel = CancellationToken::new();
        self.lock().insert(job, cancel.clone());
        Seat {
            desk: self.clone(),
            job,
            cancel,
        }
    }

    /// Tells the job to stop, if it is here.
    pub fn cancel(&self, job: JobId) {
        if let Some(cancel) = self.lock().get(&job) {
            cancel.cancel();
        }
    }

    /// The jobs under way.
    pub fn jobs(&self) -> Vec<JobId> {
        self.lock().keys().copied().collect()
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<JobId, CancellationToken>> {
        // No code panics while it holds the lock.
        self.jobs.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        self.desk.lock().remove(&self.job);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cancel_stops_its_job_and_no_other() {
        let desk = Desk::default();
        let [a, b] = [1, 2].map(|n| JobId(uuid::Uuid::from_u128(n)));
        let (seat_a, seat_b) = (desk.lay(a), desk.lay(b));
        desk.cancel(a);
        assert!(seat_a.cancel.is_cancelled());
        assert!(!seat_b.cancel.is_cancelled());
        assert_eq!(desk.jobs(), [a, b]);
        drop(seat_a);
        assert_eq!(desk.jobs(), [b]);
        desk.cancel(a);
    }
}
