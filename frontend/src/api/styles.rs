//! Styles.

use wire::{
    drawing::Strength,
    ids::{BlobHash, ImageId, StyleId},
    image::NextImages,
    style::{EditStyle, NewStyle, StyleCard, StyleView, VersionView},
};

use super::{ApiError, Method, Read, act, submit, upload, write};
use crate::browser::Picked;

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

/// Changes its name, its prompts or the strength of its drawing.
pub async fn edit(id: StyleId, changes: &EditStyle) -> Result<(), ApiError> {
    submit(Method::Patch, format!("/styles/{id}"), changes)
        .await
        .map(|_| ())
}

/// Deletes it with its pictures and versions.
pub async fn delete(id: StyleId) -> Result<(), ApiError> {
    act(Method::Delete, format!("/styles/{id}")).await
}

/// Where the browser finds a style's drawing. Another drawing has another address, so that it is seen
/// at once.
pub fn drawing_source(id: StyleId, blob: BlobHash) -> String {
    format!("/api/v1/styles/{id}/drawing?of={blob}")
}

/// Lets its pictures start from the file.
pub async fn put_drawing(
    id: StyleId,
    file: &Picked,
    strength: Strength,
) -> Result<StyleCard, ApiError> {
    let strength = strength.get();
    upload(format!("/styles/{id}/drawing?strength={strength}"), file).await
}

/// Lets its pictures start from nothing again.
pub async fn remove_drawing(id: StyleId) -> Result<(), ApiError> {
    act(Method::Delete, format!("/styles/{id}/drawing")).await
}

/// Unseen pictures that are not in `have`, after at most `wait_ms` if there are none yet.
pub fn next(id: StyleId, have: &[ImageId], wait_ms: u32) -> Read<NextImages> {
    let have: Vec<String> = have.iter().map(ToString::to_string).collect();
    let have = have.join(",");
    Read::new(format!("/styles/{id}/next?wait_ms={wait_ms}&have={have}")).waiting(wait_ms)
}
