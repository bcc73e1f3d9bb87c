//! How long we run: until Ctrl-C or a polite signal. A second one ends us at once, and the kernel
//! then tells the children.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::{Context as _, Result};
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::flag;

/// Ends with the first signal.
#[derive(Debug, Clone)]
pub(crate) struct Lifetime(Arc<AtomicBool>);

impl Lifetime {
    pub(crate) fn begin() -> Result<Self> {
        let over = Arc::new(AtomicBool::new(false));
        for signal in [SIGINT, SIGTERM, SIGHUP] {
            // In this order: the second signal finds the flag set by the first.
            flag::register_conditional_shutdown(signal, 130, Arc::clone(&over))
                .and_then(|_| flag::register(signal, Arc::clone(&over)))
                .context("cannot listen for signals")?;
        }
        Ok(Self(over))
    }

    pub(crate) fn is_over(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}
