//! The functions themselves.

use std::{
    future::poll_fn,
    pin::pin,
    task::{Context, Poll},
};

use js_sys::{Promise, Uint8Array};
use leptos::{leptos_dom::helpers::window_event_listener_untyped, prelude::*};
use uuid::Uuid;
use wasm_bindgen::{JsCast as _, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;

/// A random id. `getRandomValues` and not `randomUUID`: the latter exists on https and localhost
/// only, and a class may reach this site by a plain address of its own network.
pub fn new_id() -> Uuid {
    let bytes = Uint8Array::new_with_length(16);
    if let Ok(crypto) = window().crypto() {
        let _ = crypto.get_random_values_with_array_buffer_view(&bytes);
    }
    let mut random = [0; 16];
    bytes.copy_to(&mut random);
    uuid::Builder::from_random_bytes(random).into_uuid()
}

/// How long this page has been open: a clock that nobody sets.
pub fn open_for_ms() -> f64 {
    window().performance().map_or(0.0, |clock| clock.now())
}

/// Waits.
pub async fn sleep(ms: i32) {
    let timer = Promise::new(&mut |done, _| {
        let _ = window().set_timeout_with_callback_and_timeout_and_arguments_0(&done, ms);
    });
    let _ = JsFuture::from(timer).await;
}

/// The result of the work, unless it takes longer than that.
pub async fn within<T>(ms: i32, work: impl Future<Output = T>) -> Option<T> {
    let (mut work, mut limit) = (pin!(work), pin!(sleep(ms)));
    poll_fn(|context: &mut Context<'_>| {
        if let Poll::Ready(result) = work.as_mut().poll(context) {
            return Poll::Ready(Some(result));
        }
        limit.as_mut().poll(context).map(|()| None)
    })
    .await
}

/// Waits until the picture can be drawn at once. False if it cannot be read.
pub async fn decode(picture: &web_sys::HtmlImageElement) -> bool {
    JsFuture::from(picture.decode()).await.is_ok()
}

/// Opens a dialog over the page.
pub fn open(dialog: &web_sys::HtmlDialogElement) {
    if !dialog.open() {
        let _ = dialog.show_modal();
    }
}

/// Closes it.
pub fn close(dialog: &web_sys::HtmlDialogElement) {
    dialog.close();
}

/// Moves the keyboard and the screen reader to an element.
pub fn focus(id: &str) {
    let element = document().get_element_by_id(id);
    if let Some(element) = element.and_then(|e| e.dyn_into::<web_sys::HtmlElement>().ok()) {
        let _ = element.focus();
    }
}

/// Leaves for another page and lets go of everything this one knew.
pub fn go(path: &str) {
    let _ = window().location().assign(path);
}

/// Loads a page anew that the browser had kept as it was left and shows again: whoever it belongs to may
/// have logged out meanwhile, and Back would show it to the next person.
pub fn load_anew_if_kept() {
    // For as long as there is a page, so nobody removes it.
    window_event_listener_untyped("pageshow", |event| {
        let event = event.unchecked_into::<web_sys::PageTransitionEvent>();
        if event.persisted() {
            let _ = window().location().reload();
        }
    });
}

/// Copies text for the person to paste. False if the browser does not let us.
pub async fn copy(text: &str) -> bool {
    let clipboard = JsValue::from(window().navigator().clipboard());
    // Undefined where the page did not come by https.
    match clipboard.dyn_into::<web_sys::Clipboard>() {
        Ok(clipboard) => JsFuture::from(clipboard.write_text(text)).await.is_ok(),
        Err(_) => false,
    }
}

/// Tells the style sheet and whoever tests the page that it is alive.
pub fn mark_alive() {
    if let Some(body) = document().body() {
        let _ = body.dataset().set("hydrated", "1");
    }
}

/// Calls back each time the element comes into view, until the handle is dropped.
pub fn on_seen(element: &web_sys::Element, seen: impl Fn() + 'static) -> Seen {
    let callback = Closure::<dyn Fn(js_sys::Array)>::new(move |entries: js_sys::Array| {
        let visible = entries.iter().any(|entry| {
            entry
                .unchecked_into::<web_sys::IntersectionObserverEntry>()
                .is_intersecting()
        });
        if visible {
            seen();
        }
    });
    let observer = web_sys::IntersectionObserver::new(callback.as_ref().unchecked_ref()).ok();
    if let Some(observer) = &observer {
        observer.observe(element);
    }
    Seen {
        observer,
        _callback: callback,
    }
}

/// Watches an element while it lives.
pub struct Seen {
    observer: Option<web_sys::IntersectionObserver>,
    _callback: Closure<dyn Fn(js_sys::Array)>,
}

impl Drop for Seen {
    fn drop(&mut self) {
        if let Some(observer) = &self.observer {
            observer.disconnect();
        }
    }
}
