//! ROOM: the browser, as far as pages need more of it than Leptos gives: ids, sleep, decoding,
//! dialogs, and the store that outlives a page.
//!
//! It compiles for the server too, as Leptos's own helpers do, and is never called there: only
//! event handlers and effects do, and neither runs while a page is rendered.

mod page;
pub mod store;

pub use page::*;
