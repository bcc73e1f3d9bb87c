//! Whether anybody can see the page: one in a tab behind others asks for nothing.

use leptos::{leptos_dom::helpers::window_event_listener_untyped, prelude::*};

/// Whether the page is in a tab behind others, or its window is out of sight.
pub fn hidden() -> bool {
    document().hidden()
}

/// Calls back whenever the page is shown or hidden, while the calling page is there. Said in an
/// effect, since it is the browser's matter.
pub fn on_visibility(changed: impl Fn() + 'static) {
    // It is the document's event, and comes up to the window.
    let listener = window_event_listener_untyped("visibilitychange", move |_| changed());
    on_cleanup(move || listener.remove());
}
