//! Pictures and their ratings.

use wire::{
    ids::{ImageId, RatingId, StyleId},
    image::ImageCard,
    page::Page,
    rating::{RateImage, RatingSaved, RatingUndone},
};

use super::{ApiError, Method, Read, parse, text, write};

/// Where the browser finds a picture's bytes.
pub fn source(id: ImageId) -> String {
    format!("/api/v1/images/{id}/bytes")
}

/// One picture.
pub fn show(id: ImageId) -> Read<ImageCard> {
    Read::new(format!("/images/{id}"))
}

/// My pictures, newest first, a page at a time.
pub fn list(style: Option<StyleId>, after: Option<&str>) -> Read<Page<ImageCard>> {
    let style = style.map(|id| format!("&style={id}")).unwrap_or_default();
    let after = after
        .map(|cursor| format!("&after={cursor}"))
        .unwrap_or_default();
    Read::new(format!("/images?limit=24{style}{after}"))
}

/// Rates a picture, or changes its rating; the answer carries the next one, if one is painted.
pub async fn rate(id: ImageId, rating: &RateImage) -> Result<RatingSaved, ApiError> {
    write(Method::Put, format!("/images/{id}/rating"), rating).await
}

/// Takes this rating back, and no other that the picture may have by now.
pub async fn undo(id: ImageId, rating: RatingId) -> Result<RatingUndone, ApiError> {
    let path = format!("/images/{id}/rating?rating={rating}");
    parse(&text(Method::Delete, path, None).await?)
}
