//! The learners this worker worked with last, so that the next rating of an artist need not read
//! and rebuild them. Losing all of it costs a few milliseconds per style and nothing else.

use std::{fmt, num::NonZeroUsize};

use lru::LruCache;
use wire::ids::PolicyHash;

use crate::learner::Learner;

/// One learner holds at most about a megabyte in memory.
const LEARNERS: NonZeroUsize = NonZeroUsize::new(64).expect("64 is not zero");

/// Learners by the hash of their snapshot.
pub struct Memory(LruCache<PolicyHash, Box<dyn Learner>>);

impl Memory {
    /// Takes the learner out, if it is remembered: what panics half-way is not found again.
    pub fn take(&mut self, policy: PolicyHash) -> Option<Box<dyn Learner>> {
        self.0.pop(&policy)
    }

    /// Remembers a learner, and forgets the one unused for longest if there are too many.
    pub fn keep(&mut self, policy: PolicyHash, learner: Box<dyn Learner>) {
        self.0.put(policy, learner);
    }
}

impl Default for Memory {
    fn default() -> Self {
        Self(LruCache::new(LEARNERS))
    }
}

impl fmt::Debug for Memory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set()
            .entries(self.0.iter().map(|(policy, _)| policy))
            .finish()
    }
}
