//! From where each account's owner came in lately.

use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use super::Digest;

/// As long as a log-in lasts without being used: who has to log in again is at home still.
const KEPT: Duration = Duration::from_hours(30 * 24);

/// Digests of account and address, each with the moment of its last log-in. Only a right password
/// adds one, so strangers cannot fill the memory.
#[derive(Default)]
pub(super) struct Familiar(Mutex<HashMap<Digest, Instant>>);

impl Familiar {
    pub(super) fn note(&self, pair: Digest) {
        self.pairs().insert(pair, Instant::now());
    }

    pub(super) fn has(&self, pair: &Digest) -> bool {
        self.pairs().contains_key(pair)
    }

    pub(super) fn forget_old(&self) {
        self.pairs().retain(|_, since| since.elapsed() < KEPT);
    }

    fn pairs(&self) -> MutexGuard<'_, HashMap<Digest, Instant>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
