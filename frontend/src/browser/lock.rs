//! A lock that all tabs of this browser share: one of them at a time does what it is held for.
//!
//! Web Locks exist on https and localhost only. Elsewhere nobody is kept out: what is sent twice
//! then still counts once, since a rating has an id.
//!
//! By reflection, because the bindings count the interface among the unstable ones.

use js_sys::{Array, Function, Object, Promise, Reflect};
use leptos::prelude::window;
use wasm_bindgen::{JsCast as _, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;

/// Held until it is dropped, or until the tab is gone.
pub struct Lock {
    release: Option<Function>,
}

/// Waits until no other tab has the lock of that name.
pub async fn lock(name: &str) -> Lock {
    // `None`: this browser has no locks.
    let release = request(name).await.ok();
    Lock { release }
}

impl Drop for Lock {
    fn drop(&mut self) {
        if let Some(release) = &self.release {
            let _ = release.call0(&JsValue::UNDEFINED);
        }
    }
}

/// Asks for the lock and waits; the answer is the function that gives it back.
async fn request(name: &str) -> Result<Function, JsValue> {
    let navigator = window().navigator();
    let locks: Object = Reflect::get(&navigator, &"locks".into())?.dyn_into()?;
    let request: Function = Reflect::get(&locks, &"request".into())?.dyn_into()?;
    // The browser takes the lock back once the promise that the callback returns is kept.
    let (held, release) = promise();
    let (granted, grant) = promise();
    let callback = Closure::once_into_js(move || -> JsValue {
        let _ = grant.call0(&JsValue::UNDEFINED);
        held.into()
    });
    let refused = request.call2(&locks, &name.into(), &callback)?;
    JsFuture::from(Promise::race(&Array::of2(&granted, &refused))).await?;
    Ok(release)
}

/// A promise, and the function that keeps it.
fn promise() -> (Promise, Function) {
    let mut keep = None;
    let promise = Promise::new(&mut |done, _| keep = Some(done));
    (promise, keep.unwrap_or_default())
}
