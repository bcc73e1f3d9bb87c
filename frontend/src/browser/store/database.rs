//! The database under the store: opened when it is needed, again after it was closed, and never
//! waited for long.
//!
//! The API is by events, so each of them becomes a promise once, in [`answer`] and [`settled`]. Such
//! a promise is always kept, never broken: one that nobody waits for any more would otherwise be a
//! complaint in the console.

use std::cell::RefCell;

use js_sys::{Function, Promise};
use leptos::prelude::window;
use wasm_bindgen::{JsCast as _, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Event, IdbDatabase, IdbObjectStore, IdbObjectStoreParameters, IdbOpenDbRequest, IdbRequest,
    IdbTransaction, IdbTransactionMode,
};

use crate::browser::within;

const DATABASE: &str = "atelier";
const CLICKS: &str = "clicks";

/// How long the browser may take. It answers within milliseconds, or, with a broken profile, never.
const PATIENCE_MS: i32 = 2_000;

/// This browser keeps nothing: a private window, a full disk, a broken profile.
#[derive(Clone, Copy, Debug)]
pub struct Unkept;

thread_local! {
    static OPEN: RefCell<Option<IdbDatabase>> = const { RefCell::new(None) };
}

/// Does the work in one transaction, and returns once that is complete: before, the disk may still
/// be found to be full. Works on a new connection if the one at hand turns out to be closed.
pub(super) async fn transaction<T>(
    mode: IdbTransactionMode,
    work: impl AsyncFn(IdbObjectStore) -> Result<T, JsValue>,
) -> Result<T, Unkept> {
    let attempts = async {
        if let Ok(value) = attempt(mode, &work).await {
            return Ok(value);
        }
        let _ = OPEN.take().map(|database| database.close());
        attempt(mode, &work).await.map_err(|_| Unkept)
    };
    within(PATIENCE_MS, attempts).await.unwrap_or(Err(Unkept))
}

async fn attempt<T>(
    mode: IdbTransactionMode,
    work: &impl AsyncFn(IdbObjectStore) -> Result<T, JsValue>,
) -> Result<T, JsValue> {
    let database = match OPEN.with_borrow(Clone::clone) {
        Some(database) => database,
        None => opened().await?,
    };
    let transaction = database.transaction_with_str_and_mode(CLICKS, mode)?;
    let settled = settled(&transaction);
    let value = work(transaction.object_store(CLICKS)?).await?;
    let event: Event = JsFuture::from(settled).await?.unchecked_into();
    if event.type_() == "complete" {
        Ok(value)
    } else {
        Err(JsValue::NULL)
    }
}

/// The result of a request, once it has one.
pub(super) async fn answer(request: &IdbRequest) -> Result<JsValue, JsValue> {
    let done = Promise::new(&mut |done, _| {
        request.set_onsuccess(Some(&done));
        request.set_onerror(Some(&done));
    });
    JsFuture::from(done).await?;
    match request.error()? {
        None => request.result(),
        Some(error) => Err(error.into()),
    }
}

/// The event with which the transaction ends.
fn settled(transaction: &IdbTransaction) -> Promise {
    Promise::new(&mut |done, _| {
        transaction.set_oncomplete(Some(&done));
        transaction.set_onabort(Some(&done));
    })
}

async fn opened() -> Result<IdbDatabase, JsValue> {
    let factory = window().indexed_db()?.ok_or(JsValue::NULL)?;
    let request = factory.open_with_u32(DATABASE, 1)?;
    let made = request.clone();
    let upgrade = Closure::once(move |_: JsValue| make_store(&made));
    request.set_onupgradeneeded(Some(upgrade.as_ref().unchecked_ref()));
    let database: IdbDatabase = answer(&request).await?.unchecked_into();
    let_go_in_time(&database);
    OPEN.set(Some(database.clone()));
    Ok(database)
}

/// A connection that was closed under us is of no use, and one that stands in the way of whoever
/// wants to delete or renew the database is closed. The next transaction opens another.
fn let_go_in_time(database: &IdbDatabase) {
    let connection = database.clone();
    let let_go = Closure::<dyn Fn()>::new(move || {
        connection.close();
        OPEN.with_borrow_mut(|open| open.take_if(|open| *open == connection));
    });
    let let_go: Function = let_go.into_js_value().unchecked_into();
    database.set_onclose(Some(&let_go));
    database.set_onversionchange(Some(&let_go));
}

fn make_store(request: &IdbOpenDbRequest) {
    let Ok(database) = request.result() else {
        return;
    };
    let counting = IdbObjectStoreParameters::new();
    counting.set_auto_increment(true);
    let database: IdbDatabase = database.unchecked_into();
    let _ = database.create_object_store_with_optional_parameters(CLICKS, &counting);
}
