//! The pages: one Leptos application, rendered by the server and then alive in the browser.
//!
//! It knows the documented API and nothing of databases or queues. Modules in reading order.

// A view is one type: as deep as its elements are nested.
#![recursion_limit = "256"]

pub mod assets;
pub mod shell;

pub mod routes;

pub mod text;

pub mod loaded;

pub mod session;
pub mod vocabulary;

pub mod live;
pub mod outbox;

pub mod api;
pub mod browser;
pub mod desk;

pub mod components;
pub mod pages;

pub mod status;

pub use assets::Assets;
pub use routes::App;
pub use shell::Shell;

/// Wakes the rendered page up.
#[cfg(all(target_arch = "wasm32", feature = "hydrate"))]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    leptos::mount::hydrate_body(App);
}
