//! ROOM: the browser, as far as pages need more of it than Leptos gives: ids, sleep, decoding,
//! dialogs, files, the store that outlives a page, and the lock between tabs.
//!
//! It compiles for the server too, as Leptos's own helpers do, and is never called there: only
//! event handlers and effects do, and neither runs while a page is rendered.

mod files;
mod keys;
mod lock;
mod page;
pub mod store;
mod visibility;

pub use files::{Picked, chosen, dropped, forget, stays_inside};
pub use keys::{keys_on, on_intent, switch_keys};
pub use lock::{Lock, lock};
pub use page::*;
pub use visibility::{hidden, on_visibility};
