//! Keys pressed anywhere on the page.

use leptos::{ev, prelude::*};
use wasm_bindgen::JsCast as _;

use crate::desk::keys::{Intent, Press, intent};

/// Hears what keys are meant to do, while the page or the part of it is there.
pub fn on_intent(act: impl Fn(Intent) + Clone + 'static) {
    Effect::new(move |_| {
        let act = act.clone();
        let keys = window_event_listener(ev::keydown, move |event| {
            let press = Press {
                key: &event.key(),
                with_modifier: event.ctrl_key() || event.alt_key() || event.meta_key(),
                repeated: event.repeat(),
                in_field: in_field(&event),
            };
            if let Some(intent) = intent(press) {
                act(intent);
            }
        });
        on_cleanup(move || keys.remove());
    });
}

/// Whether the event goes to a field, where keys are text.
fn in_field(event: &web_sys::Event) -> bool {
    let target = event
        .target()
        .and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    target.is_some_and(|element| {
        element
            .closest("input,textarea,select,[contenteditable]")
            .is_ok_and(|found| found.is_some())
    })
}
