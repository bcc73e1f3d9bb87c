//! Styles.

use wire::{
    ids::{ImageId, StyleId},
    image::NextImages,
    style::{EditStyle, NewStyle, StyleCard, StyleView, VersionView},
};

use super::{ApiError, Method, Read, act, submit, write};

/// My styles.
pub fn list() -> Read<Vec<StyleCard>> {
    Read::new("/styles".into())
}

/// Begins a style.
pub async fn create(style: &NewStyle) -> Result<StyleCard, ApiError> {
    write(Method::Post, "/styles".into(), style).await
}

/// One style in full.
pub fn show(id: StyleId) -> Read<StyleView> {
    Read::new(format!("/styles/{id}"))
}

/// What one version of it knew.
pub fn version(id: StyleId, number: u32) -> Read<VersionView> {
    Read::new(format!("/styles/{id}/versions/{number}"))
}

/// Changes its name or prompts.
pub async fn edit(id: StyleId, changes: &EditStyle) -> Result<(), ApiError> {
    submit(Method::Patch, format!("/styles/{id}"), changes)
        .await
        .map(|_| ())
}

/// Deletes it with its pictures and versions.
pub async fn delete(id: StyleId) -> Result<(), ApiError> {
    act(Method::Delete, format!("/styles/{id}")).await
}

/// Unseen pictures that are not in `have`, after at most `wait_ms` if there are none yet.
pub fn next(id: StyleId, have: &[ImageId], wait_ms: u32) -> Read<NextImages> {
    let have: Vec<String> = have.iter().map(ToString::to_string).collect();
    let have = have.join(",");
    Read::new(format!("/styles/{id}/next?wait_ms={wait_ms}&have={have}")).waiting(wait_ms)
}
