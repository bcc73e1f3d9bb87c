//! Keys pressed anywhere on the page, which a person may switch off: whoever speaks to their computer,
//! or often touches a key by accident, would rate without meaning to (WCAG 2.1.4).

use std::cell::Cell;

use leptos::{ev, prelude::*};
use wasm_bindgen::JsCast as _;
use web_sys::Storage;

use crate::desk::keys::{Intent, Press, intent};

/// Under what name the browser keeps that single keys mean nothing.
const OFF: &str = "atelier-keys-off";

thread_local! {
    /// The same for this page, should the browser keep nothing.
    static OFF_HERE: Cell<bool> = const { Cell::new(false) };
}

/// Whether single keys do anything, for a page that names them or switches them. True until the page
/// is alive: the server does not know what a browser keeps.
pub fn keys_on() -> RwSignal<bool> {
    let on = RwSignal::new(true);
    Effect::new(move |_| on.set(are_on()));
    on
}

fn are_on() -> bool {
    let kept = storage().and_then(|storage| storage.get_item(OFF).ok().flatten());
    !OFF_HERE.get() && kept.is_none()
}

/// Switches single keys on or off, in this browser, until it is switched back.
pub fn switch_keys(on: bool) {
    OFF_HERE.set(!on);
    if let Some(storage) = storage() {
        let _ = if on {
            storage.remove_item(OFF)
        } else {
            storage.set_item(OFF, "")
        };
    }
}

fn storage() -> Option<Storage> {
    window().local_storage().ok().flatten()
}

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
            if let Some(intent) = intent(press)
                && are_on()
            {
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
