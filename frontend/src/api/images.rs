//! Pictures and their ratings.

use wire::{
    ids::{ImageId, StyleId},
    image::ImageCard,
    page::Page,
    rating::{RateImage, RatingSaved},
};

use super::{ApiError, Method, act, get, write};

/// Where the browser finds a picture's bytes.
pub fn source(id: ImageId) -> String {
    format!("/api/v1/images/{id}/bytes")
}

/// One picture.
pub async fn show(id: ImageId) -> Result<ImageCard, ApiError> {
    get(format!("/images/{id}")).await
}

/// My pictures, newest first, a page at a time.
pub async fn list(
    style: Option<StyleId>,
    after: Option<&str>,
) -> Result<Page<ImageCard>, ApiError> {
    let style = style.map(|id| format!("&style={id}")).unwrap_or_default();
    let after = after
        .map(|cursor| format!("&after={cursor}"))
        .unwrap_or_default();
    get(format!("/images?limit=24{style}{after}")).await
}

/// Rates a picture; the answer carries the next one, if one is painted.
pub async fn rate(id: ImageId, rating: &RateImage) -> Result<RatingSaved, ApiError> {
    write(Method::Put, format!("/images/{id}/rating"), rating).await
}

/// Takes the rating back.
pub async fn undo(id: ImageId) -> Result<(), ApiError> {
    act(Method::Delete, format!("/images/{id}/rating")).await
}
