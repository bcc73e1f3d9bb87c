//! The HTTP status of the page that is being rendered.

use std::sync::Arc;

use leptos::prelude::use_context;

/// Put into the context of each rendered page by the server. In the browser there is none: a page
/// that is already there has no status.
#[derive(Clone)]
pub struct PageStatus(pub Arc<dyn Fn(u16) + Send + Sync>);

/// Says that the page is not an ordinary one.
pub fn set(status: u16) {
    if let Some(page) = use_context::<PageStatus>() {
        (page.0)(status);
    }
}
