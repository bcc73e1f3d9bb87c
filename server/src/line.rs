//! A line in front of work that keeps a core busy: a few have their turn, the others wait, and who
//! finds the line too long is turned away.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use tokio::sync::Semaphore;
use wire::problem::Code;

use crate::error::ApiError;

/// The line.
#[derive(Clone, Debug)]
pub struct Line {
    turns: Arc<Semaphore>,
    waiting: Arc<AtomicUsize>,
    longest: usize,
    too_long: &'static str,
}

impl Line {
    /// As many turns at once, and as many who wait; `too_long` is what everybody else is told, who
    /// may come back after five seconds.
    pub fn new(turns: usize, longest: usize, too_long: &'static str) -> Self {
        Self {
            turns: Arc::new(Semaphore::new(turns)),
            waiting: Arc::default(),
            longest,
            too_long,
        }
    }

    /// Does the work, on a thread where it disturbs nobody, once it is its turn.
    pub async fn in_turn<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, ApiError> {
        let place = self.take_place()?;
        let turn = Arc::clone(&self.turns)
            .acquire_owned()
            .await
            .map_err(ApiError::internal)?;
        drop(place);
        let done = tokio::task::spawn_blocking(move || {
            // Held by the work, not by the caller: who hangs up does not free the core.
            let _turn = turn;
            work()
        });
        done.await.map_err(ApiError::internal)
    }

    fn take_place(&self) -> Result<Place, ApiError> {
        let place = Place(Arc::clone(&self.waiting));
        if self.waiting.fetch_add(1, Ordering::SeqCst) >= self.longest {
            return Err(ApiError::new(Code::TooMany, self.too_long).retry_after(5));
        }
        Ok(place)
    }
}

/// One who waits in line; leaving the line gives the place back, also when the caller hangs up.
struct Place(Arc<AtomicUsize>);

impl Drop for Place {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_line_that_is_too_long_is_turned_away() {
        let line = Line::new(1, 3, "come back later");
        let places: Vec<_> = (0..3).map(|_| line.take_place().unwrap()).collect();
        let refusal = line.in_turn(|| ()).await.unwrap_err();
        assert_eq!(refusal.code(), Code::TooMany);
        assert_eq!(refusal.to_string(), "come back later");
        drop(places);
        assert_eq!(line.in_turn(|| 7).await.unwrap(), 7);
    }
}
