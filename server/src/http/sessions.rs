//! My log-ins on devices.

use axum::{extract::State, http::StatusCode};
use utoipa_axum::{router::OpenApiRouter, routes};
use wire::{account::SessionCard, ids::SessionId, problem::Problem};

use super::{Json, Path};
use crate::{
    actions::{end_session::end_session, refresh_session::REFRESH_LIFETIME},
    app::App,
    error::ApiError,
    session::Session,
    store,
};

/// The operations of this file.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list))
        .routes(routes!(end))
}

/// Where I am logged in, the latest first.
#[utoipa::path(
    get, path = "/me/sessions", tag = "sessions", operation_id = "sessions_list",
    responses(
        (status = 200, description = "All of them", body = Vec<SessionCard>),
        (status = 401, description = "Nobody is logged in", body = Problem),
        (status = 403, description = "A token does not reach this far", body = Problem),
    ),
)]
async fn list(
    State(app): State<App>,
    Session(person, current): Session,
) -> Result<Json<Vec<SessionCard>>, ApiError> {
    let since = app.clock.now() - REFRESH_LIFETIME;
    Ok(Json(
        store::sessions::list(&app.db, person.id, since, current).await?,
    ))
}

/// One of them ends, at once and everywhere.
#[utoipa::path(
    delete, path = "/me/sessions/{id}", tag = "sessions", operation_id = "sessions_end",
    params(("id" = SessionId, Path, description = "The session")),
    responses(
        (status = 204, description = "It has ended"),
        (status = 401, description = "Nobody is logged in", body = Problem),
        (status = 403, description = "Not from one of our pages, or with a token", body = Problem),
        (status = 404, description = "It has ended already, or it is not yours", body = Problem),
    ),
)]
async fn end(
    State(app): State<App>,
    Session(person, _): Session,
    Path(id): Path<SessionId>,
) -> Result<StatusCode, ApiError> {
    end_session(&app, &person, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
