//! Styles.

use serde::de::IgnoredAny;
use wire::{
    ids::{ImageId, StyleId},
    image::NextImages,
    style::{EditStyle, NewStyle, StyleCard, StyleView},
};

use super::{ApiError, Method, act, get, write};

/// My styles.
pub async fn list() -> Result<Vec<StyleCard>, ApiError> {
    get("/styles".into()).await
}

/// Begins a style.
pub async fn create(style: &NewStyle) -> Result<StyleCard, ApiError> {
    write(Method::Post, "/styles".into(), style).await
}

/// One style in full.
pub async fn show(id: StyleId) -> Result<StyleView, ApiError> {
    get(format!("/styles/{id}")).await
}

/// Changes its name or prompts.
pub async fn edit(id: StyleId, changes: &EditStyle) -> Result<(), ApiError> {
    write::<IgnoredAny>(Method::Patch, format!("/styles/{id}"), changes)
        .await
        .map(|_| ())
}

/// Deletes it with its pictures and versions.
pub async fn delete(id: StyleId) -> Result<(), ApiError> {
    act(Method::Delete, format!("/styles/{id}")).await
}

/// Unseen pictures that are not in `have`, after at most `wait_ms` if there are none yet.
pub async fn next(id: StyleId, have: &[ImageId], wait_ms: u32) -> Result<NextImages, ApiError> {
    let have: Vec<String> = have.iter().map(ToString::to_string).collect();
    get(format!(
        "/styles/{id}/next?wait_ms={wait_ms}&have={}",
        have.join(",")
    ))
    .await
}
