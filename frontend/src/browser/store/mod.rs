//! Clicks in IndexedDB: written before they are sent, removed when they are acknowledged. They
//! survive a reload, a closed tab and a server that dies.
//!
//! One store, one JSON text per click, its key counting up: that is the order they were made in.
//! All tabs share it. What a tab reads and then writes is one transaction, so no other tab comes in
//! between; and only a transaction that is complete counts.

mod database;

use js_sys::Array;
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{IdbObjectStore, IdbTransactionMode};
use wire::ids::RatingId;

use crate::desk::outbox::Click;
use database::{Unkept, answer, transaction};

/// Keeps a click. False if this browser does not let us (a private window, a full disk).
pub async fn keep(click: &Click) -> bool {
    let click = json(click);
    transaction(IdbTransactionMode::Readwrite, async |clicks| {
        answer(&clicks.add(&click)?).await.map(drop)
    })
    .await
    .is_ok()
}

/// Every click that is kept, oldest first.
pub async fn kept() -> Vec<Click> {
    let rows = transaction(IdbTransactionMode::Readonly, rows).await;
    let rows = rows.unwrap_or_default();
    rows.into_iter().filter_map(|row| row.click).collect()
}

/// Notes that the click may have left from now on, and says how it stands there. `Ok(None)`: it is
/// kept no longer, so another tab has sent it or it was taken back.
pub async fn begin(id: RatingId) -> Result<Option<Click>, Unkept> {
    transaction(IdbTransactionMode::Readwrite, async |clicks| {
        let Some((key, click)) = find(&clicks, id).await? else {
            return Ok(None);
        };
        let click = Click {
            sent: true,
            ..click
        };
        answer(&clicks.put_with_key(&json(&click), &key)?).await?;
        Ok(Some(click))
    })
    .await
}

/// Forgets a click that has not left yet. One that may have left is noted as taken back instead,
/// however far it has come meanwhile, and true is the answer: it is to be undone where it arrives.
pub async fn take_back(click: &Click) -> Result<bool, Unkept> {
    let undone = Click {
        sent: true,
        undo: true,
        ..click.clone()
    };
    transaction(IdbTransactionMode::Readwrite, async |clicks| {
        let request = match find(&clicks, undone.id).await? {
            Some((key, click)) if !click.sent => {
                answer(&clicks.delete(&key)?).await?;
                return Ok(false);
            }
            Some((key, _)) => clicks.put_with_key(&json(&undone), &key)?,
            None => clicks.add(&json(&undone))?,
        };
        answer(&request).await?;
        Ok(true)
    })
    .await
}

/// Forgets a click that is acknowledged or dropped, unless it was taken back in the meantime.
pub async fn forget(click: &Click) {
    let _ = transaction(IdbTransactionMode::Readwrite, async |clicks| {
        match find(&clicks, click.id).await? {
            Some((key, found)) if found == *click => answer(&clicks.delete(&key)?).await.map(drop),
            _ => Ok(()),
        }
    })
    .await;
}

struct Row {
    key: JsValue,
    click: Option<Click>,
}

async fn find(clicks: &IdbObjectStore, id: RatingId) -> Result<Option<(JsValue, Click)>, JsValue> {
    let rows = rows(clicks.clone()).await?.into_iter();
    let mut rows = rows.filter_map(|row| Some((row.key, row.click?)));
    Ok(rows.find(|(_, click)| click.id == id))
}

/// What this version cannot read stays, for the one that wrote it.
async fn rows(clicks: IdbObjectStore) -> Result<Vec<Row>, JsValue> {
    // Two requests of one transaction are answered in order and see the same rows.
    let (keys, values) = (clicks.get_all_keys()?, clicks.get_all()?);
    let values: Array = answer(&values).await?.unchecked_into();
    let keys: Array = keys.result()?.unchecked_into();
    let click = |value: JsValue| serde_json::from_str(&value.as_string()?).ok();
    let rows = keys.iter().zip(values.iter());
    Ok(rows
        .map(|(key, value)| Row {
            key,
            click: click(value),
        })
        .collect())
}

fn json(click: &Click) -> JsValue {
    serde_json::to_string(click).unwrap_or_default().into()
}
