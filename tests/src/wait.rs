//! Waiting for something to become true. Nothing in the tests sleeps and hopes.

use std::{
    fmt::Display,
    time::{Duration, Instant},
};

/// How long anything may take. Far longer than it ever should: a machine that is busy with other
/// work is slow, not wrong.
pub const PATIENCE: Duration = Duration::from_mins(1);

/// Looks again and again until `look` returns `Ok`; fails with its last `Err` when patience ends.
pub async fn until<T, E: Display>(what: &str, mut look: impl AsyncFnMut() -> Result<T, E>) -> T {
    let began = Instant::now();
    loop {
        match look().await {
            Ok(value) => return value,
            Err(state) if began.elapsed() > PATIENCE => {
                panic!("waited {PATIENCE:?} until {what}; last seen: {state}")
            }
            Err(_) => tokio::time::sleep(Duration::from_millis(20)).await,
        }
    }
}
