//! The numbered lines that say what is going on, and how long it has been going on.

use std::io::IsTerminal as _;
use std::time::Instant;

/// Counts and times the steps of one command.
#[derive(Debug)]
pub(crate) struct Steps {
    started: Instant,
    count: usize,
}

impl Steps {
    pub(crate) fn new() -> Self {
        Self {
            started: Instant::now(),
            count: 0,
        }
    }

    /// Begins the next step.
    pub(crate) fn next(&mut self, what: &str) {
        self.count += 1;
        let seconds = self.started.elapsed().as_secs_f32();
        let line = format!("[{seconds:>6.1} s] {}. {what}", self.count);
        if std::io::stderr().is_terminal() {
            eprintln!("\x1b[1m{line}\x1b[0m");
        } else {
            eprintln!("{line}");
        }
    }

    /// A line below the step that is going on.
    #[expect(clippy::unused_self, reason = "a note belongs to a step")]
    pub(crate) fn note(&self, what: &str) {
        eprintln!("           {what}");
    }
}
