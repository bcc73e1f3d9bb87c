//! Pictures, their bytes and their ratings.

use axum::{
    extract::State,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse as _, Response},
};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::{router::OpenApiRouter, routes};
use wire::{
    ids::{ImageId, RatingId, StyleId},
    image::ImageCard,
    page::Page,
    problem::{Code, Problem},
    rating::{RateImage, RatingSaved, RatingUndone},
};

use super::{Json, Path, Query};
use crate::{
    actions::{rate_image::rate_image, undo_rating::undo_rating},
    app::App,
    error::ApiError,
    session::{CanRate, CanRead},
    store::images::{self, Filter, Place},
};

/// Pictures on a page if it is not said how many.
const LIMIT: u64 = 24;

/// Most pictures on a page.
const LIMIT_MAX: u64 = 100;

/// A picture never changes, but it is private.
const FOR_EVER: HeaderValue = HeaderValue::from_static("private, max-age=31536000, immutable");

/// The operations of this file.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list))
        .routes(routes!(show))
        .routes(routes!(bytes))
        .routes(routes!(rate, undo))
}

/// Which pictures to list.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct ListQuery {
    /// Only those of this style.
    style: Option<StyleId>,
    /// `true`: only those that were rated or skipped; `false`: only those that were not.
    rated: Option<bool>,
    /// `next` of the page before.
    after: Option<String>,
    /// How many, 24 if not given, at most 100.
    limit: Option<u64>,
}

/// My pictures, newest first, a page at a time.
#[utoipa::path(
    get, path = "/images", tag = "images", operation_id = "images_list",
    params(ListQuery),
    security(("session" = []), ("token" = ["read"])),
    responses(
        (status = 200, description = "One page", body = Page<ImageCard>),
        (status = 401, description = "Nobody is logged in", body = Problem),
        (status = 403, description = "The token may not read", body = Problem),
        (status = 422, description = "A field is out of bounds", body = Problem),
    ),
)]
async fn list(
    State(app): State<App>,
    CanRead(person): CanRead,
    Query(query): Query<ListQuery>,
) -> Result<Json<Page<ImageCard>>, ApiError> {
    let ListQuery {
        style,
        rated,
        after,
        limit,
    } = query;
    let limit = limit.unwrap_or(LIMIT);
    if !(1..=LIMIT_MAX).contains(&limit) {
        return Err(ApiError::new(
            Code::Invalid,
            format!("limit: ask for 1 to {LIMIT_MAX} pictures, not {limit}"),
        ));
    }
    let after = after.map(|text| text.parse::<Place>()).transpose();
    let after = after.map_err(|error| ApiError::new(Code::Invalid, format!("after: {error}")))?;
    // One more than asked for, to know whether there are any left.
    let filter = Filter { style, rated };
    let mut items = images::page(&app.db, person.id, filter, after, limit + 1).await?;
    let is_last = items.len() as u64 <= limit;
    items.truncate(limit as usize);
    let next = items
        .last()
        .filter(|_| !is_last)
        .map(|card| Place::from(card).to_string());
    Ok(Json(Page { items, next }))
}

/// One picture and where it comes from.
#[utoipa::path(
    get, path = "/images/{id}", tag = "images", operation_id = "images_show",
    params(("id" = ImageId, Path, description = "The picture")),
    security(("session" = []), ("token" = ["read"])),
    responses(
        (status = 200, description = "The picture", body = ImageCard),
        (status = 401, description = "Nobody is logged in", body = Problem),
        (status = 403, description = "The token may not read", body = Problem),
        (status = 404, description = "There is none, or it is not yours", body = Problem),
    ),
)]
async fn show(
    State(app): State<App>,
    CanRead(person): CanRead,
    Path(image): Path<ImageId>,
) -> Result<Json<ImageCard>, ApiError> {
    let card = images::find(&app.db, person.id, image).await?;
    Ok(Json(card.ok_or_else(ApiError::not_found)?))
}

/// The picture itself, which never changes.
#[utoipa::path(
    get, path = "/images/{id}/bytes", tag = "images", operation_id = "images_bytes",
    params(("id" = ImageId, Path, description = "The picture")),
    security(("session" = []), ("token" = ["read"])),
    responses(
        (status = 200, description = "A PNG", body = Vec<u8>, content_type = "image/png"),
        (status = 304, description = "You have it already"),
        (status = 401, description = "Nobody is logged in", body = Problem),
        (status = 403, description = "The token may not read", body = Problem),
        (status = 404, description = "There is none, or it is not yours", body = Problem),
    ),
)]
async fn bytes(
    State(app): State<App>,
    CanRead(person): CanRead,
    Path(image): Path<ImageId>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let blob = images::blob(&app.db, person.id, image)
        .await?
        .ok_or_else(ApiError::not_found)?;
    let tag = format!("\"{blob}\"");
    let about = [
        (header::CACHE_CONTROL, FOR_EVER),
        (
            header::ETAG,
            HeaderValue::try_from(&tag).map_err(ApiError::internal)?,
        ),
    ];
    if has(&headers, &tag) {
        return Ok((StatusCode::NOT_MODIFIED, about).into_response());
    }
    let bytes = app.blobs.get(blob).await.map_err(ApiError::unavailable)?;
    let bytes = bytes.ok_or_else(|| {
        ApiError::internal(anyhow::anyhow!(
            "the blob {blob} of picture {image} is gone"
        ))
    })?;
    let kind = [
        (header::CONTENT_TYPE, HeaderValue::from_static("image/png")),
        (
            header::X_CONTENT_TYPE_OPTIONS,
            HeaderValue::from_static("nosniff"),
        ),
    ];
    Ok((about, kind, bytes).into_response())
}

/// Whether the client says that it has this version.
fn has(headers: &HeaderMap, tag: &str) -> bool {
    let known = headers
        .get_all(header::IF_NONE_MATCH)
        .iter()
        .filter_map(|v| v.to_str().ok());
    let mut tags = known.flat_map(|list| list.split(',')).map(str::trim);
    tags.any(|known| known == "*" || known.strip_prefix("W/").unwrap_or(known) == tag)
}

/// One to five stars, or a skip. Send it again under the same id until it is answered: it counts
/// once. To change an answer, send the new one under a new id that `replaces` the old one: it takes
/// its place in the log, which is replayed if the style learned from it.
#[utoipa::path(
    put, path = "/images/{id}/rating", tag = "images", operation_id = "images_rate",
    params(("id" = ImageId, Path, description = "The picture")),
    request_body = RateImage,
    security(("session" = []), ("token" = ["rate"])),
    responses(
        (status = 200, description = "It is stored, now or since before", body = RatingSaved),
        (status = 401, description = "Nobody is logged in", body = Problem),
        (status = 403, description = "Not from our pages, or the token may not rate", body = Problem),
        (status = 404, description = "There is none, or it is not yours", body = Problem),
        (status = 409, description = "The id or the picture is taken, or the answer to change is gone", body = Problem),
        (status = 422, description = "A field is out of bounds", body = Problem),
    ),
)]
async fn rate(
    State(app): State<App>,
    CanRate(person): CanRate,
    Path(image): Path<ImageId>,
    Json(rating): Json<RateImage>,
) -> Result<Json<RatingSaved>, ApiError> {
    Ok(Json(rate_image(&app, &person, image, rating).await?))
}

/// Which answer to take back.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct UndoQuery {
    /// Only this one: if the picture has another rating by now, that one stays.
    rating: Option<RatingId>,
}

/// The answer is taken back and the picture is unseen again. If the style learned from it, its log is
/// replayed without it: the style is then, to the last bit, as if it had not been given.
#[utoipa::path(
    delete, path = "/images/{id}/rating", tag = "images", operation_id = "images_undo",
    params(("id" = ImageId, Path, description = "The picture"), UndoQuery),
    security(("session" = []), ("token" = ["rate"])),
    responses(
        (status = 200, description = "It is gone, now or since before", body = RatingUndone),
        (status = 401, description = "Nobody is logged in", body = Problem),
        (status = 403, description = "Not from our pages, or the token may not rate", body = Problem),
        (status = 404, description = "There is none, or it is not yours", body = Problem),
    ),
)]
async fn undo(
    State(app): State<App>,
    CanRate(person): CanRate,
    Path(image): Path<ImageId>,
    Query(UndoQuery { rating }): Query<UndoQuery>,
) -> Result<Json<RatingUndone>, ApiError> {
    Ok(Json(undo_rating(&app, &person, image, rating).await?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_that_has_the_picture_is_told_so() {
        let asks = |value: &'static str| {
            let value = HeaderValue::from_static(value);
            has(
                &HeaderMap::from_iter([(header::IF_NONE_MATCH, value)]),
                "\"ab\"",
            )
        };
        assert!(asks("\"ab\"") && asks("W/\"ab\"") && asks("\"cd\", \"ab\"") && asks("*"));
        assert!(!asks("\"cd\"") && !asks("ab") && !has(&HeaderMap::new(), "\"ab\""));
    }
}
