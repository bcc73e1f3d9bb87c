//! How much work something took: the processor time of this thread, which a busy machine does not
//! stretch. Learners themselves never see any clock.

use std::time::Duration;

use nix::time::{ClockId, clock_gettime};

/// What a piece of work returned and the processor time it took.
pub fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let before = spent();
    let result = work();
    (result, spent().saturating_sub(before))
}

fn spent() -> Duration {
    // Every system that this program is built for has this clock; without one, nothing was spent.
    clock_gettime(ClockId::CLOCK_THREAD_CPUTIME_ID).map_or(Duration::ZERO, Duration::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_takes_time_and_gives_its_result() {
        let (sum, spent) = timed(|| (0..200_000_u64).map(std::hint::black_box).sum::<u64>());
        assert_eq!(sum, 19_999_900_000);
        assert!(spent > Duration::ZERO);
    }
}
