//! The drawing that a style's pictures start from.

use axum::{
    body::Bytes,
    extract::{DefaultBodyLimit, State, rejection::BytesRejection},
    http::{HeaderMap, StatusCode},
    response::Response,
};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::{router::OpenApiRouter, routes};
use wire::{
    drawing::{FILE_MAX_BYTES, Strength},
    ids::StyleId,
    problem::{Code, Problem},
    style::StyleCard,
};

use super::{
    Json, Path, Query,
    answers::{NoneOfMine, ReadRefusals, WriteRefusals},
    png::{self, Keep},
};
use crate::{
    actions::{put_drawing::put_drawing, remove_drawing::remove_drawing},
    app::App,
    bus::live,
    error::ApiError,
    session::{CanRead, CanWrite},
    store::styles,
};

/// The operations of this file, which take a larger body than all others.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(show, put, remove))
        .layer(DefaultBodyLimit::max(FILE_MAX_BYTES))
}

/// The drawing as pictures start from it: square, of their size.
#[utoipa::path(
    get, path = "/styles/{id}/drawing", tag = "styles", operation_id = "drawings_show",
    params(("id" = StyleId, Path, description = "The style")),
    security(("session" = []), ("token" = ["read"])),
    responses(
        (status = 200, description = "A PNG", body = Vec<u8>, content_type = "image/png"),
        (status = 304, description = "You have it already"),
        ReadRefusals,
        NoneOfMine,
    ),
)]
async fn show(
    State(app): State<App>,
    CanRead(person): CanRead,
    Path(style): Path<StyleId>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let drawing = styles::find_drawing(&app.db, person.id, style)
        .await?
        .ok_or_else(ApiError::not_found)?;
    let of = format!("style {style}'s drawing");
    png::answer(&app, drawing.blob, Keep::WhileItIsSo, &headers, &of).await
}

/// How to use the drawing.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct PutQuery {
    /// How much of it may change; if left out, as much as before, or 0.6.
    strength: Option<Strength>,
}

/// Pictures start from this drawing from now on, in place of one there may be. The body is the file
/// itself, up to 10 MB and 40 million pixels. Its middle is kept, turned upright, scaled to the size
/// of the pictures and laid on white; where and with what it was made is not kept.
#[utoipa::path(
    put, path = "/styles/{id}/drawing", tag = "styles", operation_id = "drawings_put",
    params(("id" = StyleId, Path, description = "The style"), PutQuery),
    request_body(
        description = "The file",
        content((Vec<u8> = "image/png"), (Vec<u8> = "image/jpeg"), (Vec<u8> = "image/webp")),
    ),
    security(("session" = []), ("token" = ["write"])),
    responses(
        (status = 200, description = "The style as it is now", body = StyleCard),
        WriteRefusals,
        NoneOfMine,
        (status = 413, description = "The file is too large", body = Problem),
        (status = 422, description = "The file is no picture that can be used, or a field is out of bounds", body = Problem),
        (status = 429, description = "Too many drawings at once", body = Problem),
    ),
)]
async fn put(
    State(app): State<App>,
    CanWrite(person): CanWrite,
    Path(style): Path<StyleId>,
    Query(PutQuery { strength }): Query<PutQuery>,
    file: Result<Bytes, BytesRejection>,
) -> Result<Json<StyleCard>, ApiError> {
    let card = put_drawing(&app, &person, style, file?, strength).await?;
    // An earlier picture over this drawing may have come back.
    live::announce(&app, person.id).await;
    Ok(Json(card))
}

/// Pictures start from nothing again. The drawing is deleted; pictures that came of it stay.
#[utoipa::path(
    delete, path = "/styles/{id}/drawing", tag = "styles", operation_id = "drawings_remove",
    params(("id" = StyleId, Path, description = "The style")),
    security(("session" = []), ("token" = ["write"])),
    responses(
        (status = 204, description = "It is gone, now or since before"),
        WriteRefusals,
        NoneOfMine,
    ),
)]
async fn remove(
    State(app): State<App>,
    CanWrite(person): CanWrite,
    Path(style): Path<StyleId>,
) -> Result<StatusCode, ApiError> {
    remove_drawing(&app, &person, style).await?;
    // An earlier picture without a drawing may have come back.
    live::announce(&app, person.id).await;
    Ok(StatusCode::NO_CONTENT)
}

impl From<BytesRejection> for ApiError {
    fn from(rejection: BytesRejection) -> Self {
        if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE {
            return Self::new(
                Code::TooLarge,
                "the file has more than 10 MB; make the picture smaller and send it again",
            );
        }
        Self::new(Code::Invalid, "the body broke off; send it again")
    }
}
