//! Pictures, their bytes and their ratings.

use axum::{extract::State, http::HeaderMap, response::Response};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::{router::OpenApiRouter, routes};
use wire::{
    ids::{ImageId, RatingId, StyleId},
    image::ImageCard,
    page::Page,
    problem::Problem,
    rating::{RateImage, RatingSaved, RatingUndone},
};

use super::{
    Json, Path, Query,
    answers::{Invalid, NoneOfMine, RateRefusals, ReadRefusals},
    paging::PageQuery,
    png::{self, Keep},
};
use crate::{
    actions::{rate_image::rate_image, undo_rating::undo_rating},
    app::App,
    bus::live,
    error::ApiError,
    session::{CanRate, CanRead},
    store::images::{self, Filter},
};

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
}

/// My pictures, newest first, a page at a time.
#[utoipa::path(
    get, path = "/images", tag = "images", operation_id = "images_list",
    params(ListQuery, PageQuery),
    security(("session" = []), ("token" = ["read"])),
    responses(
        (status = 200, description = "One page", body = Page<ImageCard>),
        ReadRefusals,
        Invalid,
    ),
)]
async fn list(
    State(app): State<App>,
    CanRead(person): CanRead,
    Query(ListQuery { style, rated }): Query<ListQuery>,
    Query(page): Query<PageQuery>,
) -> Result<Json<Page<ImageCard>>, ApiError> {
    let wanted = page.wanted()?;
    let filter = Filter { style, rated };
    let found = images::page(&app.db, person.id, filter, wanted.after, wanted.look_up());
    Ok(Json(wanted.page(found.await?)))
}

/// One picture and where it comes from.
#[utoipa::path(
    get, path = "/images/{id}", tag = "images", operation_id = "images_show",
    params(("id" = ImageId, Path, description = "The picture")),
    security(("session" = []), ("token" = ["read"])),
    responses(
        (status = 200, description = "The picture", body = ImageCard),
        ReadRefusals,
        NoneOfMine,
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
        ReadRefusals,
        NoneOfMine,
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
    let of = format!("picture {image}");
    png::answer(&app, blob, Keep::ForEver, &headers, &of).await
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
        RateRefusals,
        NoneOfMine,
        (status = 409, description = "The id or the picture is taken, or the answer to change is gone", body = Problem),
        Invalid,
    ),
)]
async fn rate(
    State(app): State<App>,
    CanRate(person): CanRate,
    Path(image): Path<ImageId>,
    Json(rating): Json<RateImage>,
) -> Result<Json<RatingSaved>, ApiError> {
    let saved = rate_image(&app, &person, image, rating).await?;
    // What teaches is followed by an update and its news. Else an earlier picture may have come back.
    if !saved.rating.teaches() {
        live::announce(&app, person.id).await;
    }
    Ok(Json(saved))
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
        RateRefusals,
        NoneOfMine,
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
