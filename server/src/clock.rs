//! What time it is. Everything that stores or compares a moment asks here, so that tests can move
//! the hands.
//!
//! Not here: how long something took; that is `std::time::Instant`'s matter.

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

use time::{Duration, OffsetDateTime};
use wire::stamp::UnixMs;

/// A clock that is either the system's or a test's.
#[derive(Clone, Debug)]
pub struct Clock(Option<Arc<AtomicI64>>);

impl Clock {
    /// The machine's own.
    pub const fn system() -> Self {
        Self(None)
    }

    /// Stands at 2026-01-01 until it is moved.
    pub fn test() -> Self {
        Self(Some(Arc::new(AtomicI64::new(1_767_225_600_000))))
    }

    /// The present moment in UTC, in whole milliseconds: finer parts would not survive a round
    /// through [`UnixMs`].
    pub fn now(&self) -> OffsetDateTime {
        let ms = self
            .0
            .as_ref()
            .map_or_else(system_ms, |hands| hands.load(Ordering::SeqCst));
        from_ms(UnixMs(ms))
    }

    /// Moves a test's clock forward; the system's clock takes no notice.
    pub fn advance(&self, by: Duration) {
        if let Some(hands) = &self.0 {
            hands.fetch_add(by.whole_milliseconds() as i64, Ordering::SeqCst);
        }
    }
}

/// A moment as it crosses a process boundary.
pub fn to_ms(moment: OffsetDateTime) -> UnixMs {
    UnixMs((moment.unix_timestamp_nanos() / 1_000_000) as i64)
}

/// A moment as the database takes it.
pub fn from_ms(UnixMs(ms): UnixMs) -> OffsetDateTime {
    OffsetDateTime::UNIX_EPOCH + Duration::milliseconds(ms)
}

fn system_ms() -> i64 {
    to_ms(OffsetDateTime::now_utc()).0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tests_clock_moves_only_when_told_to() {
        let clock = Clock::test();
        let (begin, other) = (clock.now(), clock.clone());
        other.advance(Duration::seconds(90));
        assert_eq!(clock.now() - begin, Duration::seconds(90));
    }

    #[test]
    fn a_moment_survives_the_wire() {
        let now = Clock::system().now();
        assert_eq!(from_ms(to_ms(now)), now);
    }
}
