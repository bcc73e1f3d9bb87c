//! What pages know without a page: no Leptos, no HTTP, no DOM, so everything here is tested
//! natively.

pub mod change;
pub mod curve;
pub mod day;
pub mod double;
pub mod drawing;
pub mod keys;
pub mod likes;
pub mod next_page;
pub mod outbox;
pub mod prompts;
pub mod rating_queue;
pub mod tap;
