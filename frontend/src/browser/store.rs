//! Clicks in IndexedDB: written before they are sent, removed when they are acknowledged. They
//! survive a reload, a closed tab and a server that dies.
//!
//! One store, one JSON text per click, its key counting up: that is the order they were made in.
//! The API is by events, so each request becomes a promise once, in [`answer`].

use std::cell::RefCell;

use js_sys::{Array, Promise};
use leptos::prelude::window;
use wasm_bindgen::{JsCast as _, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    IdbDatabase, IdbObjectStore, IdbObjectStoreParameters, IdbOpenDbRequest, IdbRequest,
    IdbTransactionMode,
};
use wire::ids::RatingId;

use crate::desk::outbox::Click;

const DATABASE: &str = "atelier";
const CLICKS: &str = "clicks";

/// Keeps a click. False if this browser does not let us (a private window, a full disk).
pub async fn keep(click: &Click) -> bool {
    try_keep(click).await.is_ok()
}

/// Every click that was kept, oldest first.
pub async fn kept() -> Vec<Click> {
    let all = async {
        let store = open(IdbTransactionMode::Readonly).await?;
        answer(&store.get_all()?).await
    };
    let all: Array = all.await.unwrap_or_default().unchecked_into();
    all.iter()
        .filter_map(|json| serde_json::from_str(&json.as_string()?).ok())
        .collect()
}

/// Forgets a click that is acknowledged, dropped or taken back.
pub async fn forget(id: RatingId) {
    let _ = try_forget(id).await;
}

async fn try_keep(click: &Click) -> Result<(), JsValue> {
    let json = serde_json::to_string(click).map_err(|_| JsValue::NULL)?;
    let store = open(IdbTransactionMode::Readwrite).await?;
    answer(&store.add(&json.into())?).await.map(|_| ())
}

async fn try_forget(id: RatingId) -> Result<(), JsValue> {
    let store = open(IdbTransactionMode::Readwrite).await?;
    // Two requests of one transaction are answered in order and see the same rows.
    let (keys, values) = (store.get_all_keys()?, store.get_all()?);
    let values: Array = answer(&values).await?.unchecked_into();
    let keys: Array = keys.result()?.unchecked_into();
    let id = id.to_string();
    for (key, value) in keys.iter().zip(values.iter()) {
        if value.as_string().is_some_and(|json| json.contains(&id)) {
            answer(&store.delete(&key)?).await?;
        }
    }
    Ok(())
}

async fn open(mode: IdbTransactionMode) -> Result<IdbObjectStore, JsValue> {
    let database = match OPEN.with_borrow(Clone::clone) {
        Some(database) => database,
        None => open_database().await?,
    };
    database
        .transaction_with_str_and_mode(CLICKS, mode)?
        .object_store(CLICKS)
}

thread_local! {
    static OPEN: RefCell<Option<IdbDatabase>> = const { RefCell::new(None) };
}

async fn open_database() -> Result<IdbDatabase, JsValue> {
    let factory = window().indexed_db()?.ok_or(JsValue::NULL)?;
    let request = factory.open_with_u32(DATABASE, 1)?;
    let made = request.clone();
    let upgrade = Closure::once(move |_: JsValue| make_store(&made));
    request.set_onupgradeneeded(Some(upgrade.as_ref().unchecked_ref()));
    let database: IdbDatabase = answer(&request).await?.unchecked_into();
    OPEN.set(Some(database.clone()));
    Ok(database)
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

/// The result of a request, once it has one.
async fn answer(request: &IdbRequest) -> Result<JsValue, JsValue> {
    let settled = Promise::new(&mut |done, failed| {
        request.set_onsuccess(Some(&done));
        request.set_onerror(Some(&failed));
    });
    JsFuture::from(settled).await.map_err(|_| JsValue::NULL)?;
    request.result()
}
