//! One thread that owns something: a device, an engine, the learners in memory.
//!
//! Async code hands it closures, which run one after the other. So what the thread owns needs no
//! lock and never moves, and slow arithmetic never holds up heartbeats. There is no priority and
//! no limit here: who gives the closures gives one at a time.

use std::{
    any::Any,
    fmt,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::mpsc,
    thread,
};

use thiserror::Error;
use tokio::sync::oneshot;

type Closure<S> = Box<dyn FnOnce(&mut S) + Send>;

/// The handle of a thread that owns an `S`. The thread ends when the handle is dropped.
pub struct Lane<S> {
    name: &'static str,
    closures: mpsc::Sender<Closure<S>>,
}

/// Why a closure has no result.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum LaneError {
    /// It panicked; the thread lives on.
    #[error("the job panicked: {0}")]
    Panicked(String),
    /// The thread is gone.
    #[error("the {0} thread is gone, start this worker again")]
    Gone(&'static str),
}

impl<S: 'static> Lane<S> {
    /// Starts the thread and makes what it owns there, since a device belongs to its thread.
    pub fn start<E>(
        name: &'static str,
        make: impl FnOnce() -> Result<S, E> + Send + 'static,
    ) -> Result<Self, E>
    where
        E: From<std::io::Error> + Send + 'static,
    {
        let (closures, inbox) = mpsc::channel::<Closure<S>>();
        let (ready, made) = mpsc::channel();
        thread::Builder::new().name(name.into()).spawn(move || {
            let mut owned = match make() {
                Ok(owned) => owned,
                Err(error) => {
                    // Whoever started the lane waits for this answer.
                    let _ = ready.send(Err(error));
                    return;
                }
            };
            let _ = ready.send(Ok(()));
            while let Ok(closure) = inbox.recv() {
                closure(&mut owned);
            }
        })?;
        made.recv().unwrap_or_else(|_| {
            Err(std::io::Error::other(format!("the {name} thread died while it started")).into())
        })?;
        Ok(Self { name, closures })
    }

    /// Runs the closure on the thread and waits for what it returns.
    ///
    /// Dropping the future does not stop the closure.
    pub async fn run<R: Send + 'static>(
        &self,
        work: impl FnOnce(&mut S) -> R + Send + 'static,
    ) -> Result<R, LaneError> {
        let (answer, answered) = oneshot::channel();
        let closure: Closure<S> = Box::new(move |owned| {
            // What a panicking closure leaves behind is whole: memory forgets a learner before it
            // works on it, and an engine keeps nothing of a picture.
            let result = catch_unwind(AssertUnwindSafe(|| work(owned)))
                .map_err(|panic| LaneError::Panicked(panic_message(&*panic)));
            let _ = answer.send(result);
        });
        self.closures
            .send(closure)
            .map_err(|_| LaneError::Gone(self.name))?;
        answered.await.unwrap_or(Err(LaneError::Gone(self.name)))
    }
}

impl<S> fmt::Debug for Lane<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Lane").field(&self.name).finish()
    }
}

/// The words of a panic, if it had any.
pub fn panic_message(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().copied();
    let text = text.or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    text.unwrap_or("no message").to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_panic_ends_the_closure_and_not_the_thread() {
        let lane = Lane::start("counter", || Ok::<_, std::io::Error>(40)).unwrap();
        let fell = lane.run(|_| -> u32 { panic!("out of {}", "paint") }).await;
        assert_eq!(fell, Err(LaneError::Panicked("out of paint".into())));
        let counted = lane
            .run(|count| {
                *count += 2;
                *count
            })
            .await;
        assert_eq!(counted, Ok(42));
    }

    #[test]
    fn what_cannot_be_made_is_said_at_the_start() {
        let broken = Lane::<u32>::start("counter", || Err(std::io::Error::other("no device")));
        assert_eq!(broken.unwrap_err().to_string(), "no device");
        let fallen = Lane::<u32>::start("counter", || -> Result<u32, std::io::Error> {
            panic!("no luck")
        });
        assert_eq!(
            fallen.unwrap_err().to_string(),
            "the counter thread died while it started"
        );
    }
}
