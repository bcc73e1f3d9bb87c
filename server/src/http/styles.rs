//! Styles: private, versioned policies of one artist, and their unseen pictures.

use std::time::Duration;

use axum::{extract::State, http::StatusCode};
use serde::Deserialize;
use tokio::time::{Instant, timeout};
use utoipa::IntoParams;
use utoipa_axum::{router::OpenApiRouter, routes};
use wire::{
    ids::{ImageId, StyleId},
    image::NextImages,
    problem::Code,
    replay::RatingLog,
    style::{EditStyle, NewStyle, StyleCard, StyleView, VersionView},
};

use super::{
    Json, Path, Query,
    answers::{Crowded, Invalid, NoneOfMine, ReadRefusals, WriteRefusals},
    live,
};
use crate::{
    actions::{
        cancel_pictures::cancel_pictures, create_style::create_style, delete_style::delete_style,
        edit_style::edit_style, request_images::request_images,
    },
    app::App,
    bus::{self, cancels},
    error::ApiError,
    session::{CanRead, CanWrite, Person},
    store::{images, rating_log, style_view, styles, versions},
};

/// Most pictures that one answer to [`next`] holds.
const NEXT_MAX: u64 = 8;

/// Longest that [`next`] waits, in milliseconds. Well below the time in which a refresh token may be
/// traded again: its answer may carry a new one, and until then other requests come with the old.
const WAIT_MAX_MS: u32 = 6_000;

/// While it waits, [`next`] looks this often without being nudged.
const LOOK: Duration = Duration::from_secs(2);

/// The operations of this file.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list, create))
        .routes(routes!(show, edit, delete))
        .routes(routes!(log))
        .routes(routes!(version))
        .routes(routes!(next))
        .routes(routes!(cancel))
}

/// My styles, newest first.
#[utoipa::path(
    get, path = "/styles", tag = "styles", operation_id = "styles_list",
    security(("session" = []), ("token" = ["read"])),
    responses(
        (status = 200, description = "All of them", body = Vec<StyleCard>),
        ReadRefusals,
    ),
)]
async fn list(
    State(app): State<App>,
    CanRead(person): CanRead,
) -> Result<Json<Vec<StyleCard>>, ApiError> {
    Ok(Json(styles::list(&app.db, person.id).await?))
}

/// A style begins; its first version and pictures follow by themselves.
#[utoipa::path(
    post, path = "/styles", tag = "styles", operation_id = "styles_create",
    request_body = NewStyle,
    security(("session" = []), ("token" = ["write"])),
    responses(
        (status = 201, description = "It has begun", body = StyleCard),
        WriteRefusals,
        Invalid,
    ),
)]
async fn create(
    State(app): State<App>,
    CanWrite(person): CanWrite,
    Json(new): Json<NewStyle>,
) -> Result<(StatusCode, Json<StyleCard>), ApiError> {
    let card = create_style(&app, &person, new).await?;
    Ok((StatusCode::CREATED, Json(card)))
}

/// One style in full: what it believes, and every rating it was given.
#[utoipa::path(
    get, path = "/styles/{id}", tag = "styles", operation_id = "styles_show",
    params(("id" = StyleId, Path, description = "The style")),
    security(("session" = []), ("token" = ["read"])),
    responses(
        (status = 200, description = "The style", body = StyleView),
        ReadRefusals,
        NoneOfMine,
    ),
)]
async fn show(
    State(app): State<App>,
    CanRead(person): CanRead,
    Path(style): Path<StyleId>,
) -> Result<Json<StyleView>, ApiError> {
    let view = style_view::find(&app.db, person.id, style).await?;
    Ok(Json(view.ok_or_else(ApiError::not_found)?))
}

/// All ratings in order, with the proposals behind the pictures: what the style follows from. Once
/// nothing waits, `atelier-worker replay --log FILE` makes its version of it, with the same hash.
#[utoipa::path(
    get, path = "/styles/{id}/log", tag = "styles", operation_id = "styles_log",
    params(("id" = StyleId, Path, description = "The style")),
    security(("session" = []), ("token" = ["read"])),
    responses(
        (status = 200, description = "The log", body = RatingLog),
        ReadRefusals,
        NoneOfMine,
    ),
)]
async fn log(
    State(app): State<App>,
    CanRead(person): CanRead,
    Path(style): Path<StyleId>,
) -> Result<Json<RatingLog>, ApiError> {
    let log = rating_log::find(&app.db, person.id, style).await?;
    Ok(Json(log.ok_or_else(ApiError::not_found)?))
}

/// What one version knew when it was made, beside what the one before it knew.
#[utoipa::path(
    get, path = "/styles/{id}/versions/{number}", tag = "styles", operation_id = "styles_version",
    params(
        ("id" = StyleId, Path, description = "The style"),
        ("number" = u32, Path, description = "The version, from 0"),
    ),
    security(("session" = []), ("token" = ["read"])),
    responses(
        (status = 200, description = "The version", body = VersionView),
        ReadRefusals,
        NoneOfMine,
    ),
)]
async fn version(
    State(app): State<App>,
    CanRead(person): CanRead,
    Path((style, number)): Path<(StyleId, u32)>,
) -> Result<Json<VersionView>, ApiError> {
    if !styles::is_owned(&app.db, person.id, style).await? {
        return Err(ApiError::not_found());
    }
    let version = versions::view(&app.db, style, number).await?;
    Ok(Json(version.ok_or_else(ApiError::not_found)?))
}

/// Another name, other prompts; what is left out stays.
#[utoipa::path(
    patch, path = "/styles/{id}", tag = "styles", operation_id = "styles_edit",
    params(("id" = StyleId, Path, description = "The style")),
    request_body = EditStyle,
    security(("session" = []), ("token" = ["write"])),
    responses(
        (status = 200, description = "As it is now", body = StyleCard),
        WriteRefusals,
        NoneOfMine,
        Invalid,
    ),
)]
async fn edit(
    State(app): State<App>,
    CanWrite(person): CanWrite,
    Path(style): Path<StyleId>,
    Json(edit): Json<EditStyle>,
) -> Result<Json<StyleCard>, ApiError> {
    let card = edit_style(&app, &person, style, edit).await?;
    // An earlier picture of its new prompts may have come back.
    bus::live::announce(&app, person.id).await;
    Ok(Json(card))
}

/// The style goes, with its versions, pictures and ratings. This cannot be undone.
#[utoipa::path(
    delete, path = "/styles/{id}", tag = "styles", operation_id = "styles_delete",
    params(("id" = StyleId, Path, description = "The style")),
    security(("session" = []), ("token" = ["write"])),
    responses(
        (status = 204, description = "It is gone"),
        WriteRefusals,
        NoneOfMine,
    ),
)]
async fn delete(
    State(app): State<App>,
    CanWrite(person): CanWrite,
    Path(style): Path<StyleId>,
) -> Result<StatusCode, ApiError> {
    let in_vain = delete_style(&app, &person, style).await?;
    cancels::tell(&app, &in_vain).await;
    Ok(StatusCode::NO_CONTENT)
}

/// Pictures that are asked for or being painted are not wanted any more.
#[utoipa::path(
    delete, path = "/styles/{id}/jobs", tag = "styles", operation_id = "styles_cancel_pictures",
    params(("id" = StyleId, Path, description = "The style")),
    security(("session" = []), ("token" = ["write"])),
    responses(
        (status = 204, description = "None of them will appear"),
        WriteRefusals,
        NoneOfMine,
    ),
)]
async fn cancel(
    State(app): State<App>,
    CanWrite(person): CanWrite,
    Path(style): Path<StyleId>,
) -> Result<StatusCode, ApiError> {
    cancel_pictures(&app, &person, style).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// How to ask for the next pictures.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct NextQuery {
    /// Ids of unseen pictures that are loaded already, with commas between them.
    #[serde(default)]
    have: String,
    /// How long to wait if there are no others yet, at most 6000.
    #[serde(default)]
    wait_ms: u32,
}

/// The unseen pictures I do not have yet, oldest first. Waits for one if need be. What was painted before
/// the style's prompts or drawing were changed is set aside, until they are changed back.
#[utoipa::path(
    get, path = "/styles/{id}/next", tag = "styles", operation_id = "styles_next",
    params(("id" = StyleId, Path, description = "The style"), NextQuery),
    security(("session" = []), ("token" = ["read"])),
    responses(
        (status = 200, description = "None if nothing was painted in time", body = NextImages),
        ReadRefusals,
        NoneOfMine,
        Invalid,
        Crowded,
    ),
)]
async fn next(
    State(app): State<App>,
    CanRead(person): CanRead,
    Path(style): Path<StyleId>,
    Query(NextQuery { have, wait_ms }): Query<NextQuery>,
) -> Result<Json<NextImages>, ApiError> {
    let have = ids(&have)?;
    if wait_ms > WAIT_MAX_MS {
        return Err(ApiError::new(
            Code::Invalid,
            format!("wait_ms: wait at most {WAIT_MAX_MS}, not {wait_ms}"),
        ));
    }
    let wait = Duration::from_millis(wait_ms.into());
    Ok(Json(NextImages {
        images: wait_for_images(&app, &person, style, &have, wait).await?,
    }))
}

async fn wait_for_images(
    app: &App,
    person: &Person,
    style: StyleId,
    have: &[ImageId],
    wait: Duration,
) -> Result<Vec<wire::image::ImageCard>, ApiError> {
    let deadline = Instant::now() + wait;
    // Listens before it looks, or a picture could slip between the two.
    let mut news = live::listener(app, person)?;
    let mut is_asked_for = false;
    loop {
        // Its prompts may be changed while somebody waits.
        let now = styles::find_owned(&app.db, person.id, style).await?;
        let now = now.ok_or_else(ApiError::not_found)?;
        let images = images::unseen(&app.db, &now, have, NEXT_MAX).await?;
        if !images.is_empty() {
            return Ok(images);
        }
        if !is_asked_for {
            request_images(app, person, style).await?;
            is_asked_for = true;
            // It may have found an earlier picture to show again, which nobody has to paint.
            continue;
        }
        let left = deadline.saturating_duration_since(Instant::now());
        if left.is_zero() || app.drain.is_cancelled() {
            return Ok(images);
        }
        let nudged = app.drain.run_until_cancelled(news.next());
        // Nudged or not, the next thing to do is to look.
        let _ = timeout(left.min(LOOK), nudged).await;
    }
}

fn ids(list: &str) -> Result<Vec<ImageId>, ApiError> {
    let ids = list.split(',').filter(|id| !id.is_empty());
    let ids: Result<Vec<ImageId>, _> = ids.map(str::parse).collect();
    ids.ok()
        .filter(|ids| ids.len() <= wire::rating::HAVE_MAX)
        .ok_or_else(|| ApiError::new(Code::Invalid, "have: list picture ids with commas between"))
}
