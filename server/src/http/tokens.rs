//! My personal access tokens, for scripts and plugins.

use axum::{extract::State, http::StatusCode};
use utoipa_axum::{router::OpenApiRouter, routes};
use wire::{
    account::{NewToken, TokenCard, TokenMade},
    ids::TokenId,
    problem::Problem,
};

use super::{Json, Path};
use crate::{
    actions::{make_token::make_token, revoke_token::revoke_token},
    app::App,
    error::ApiError,
    session::Session,
    store,
};

/// The operations of this file.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list, make))
        .routes(routes!(revoke))
}

/// The tokens there are, the newest first, without their secrets.
#[utoipa::path(
    get, path = "/me/tokens", tag = "tokens", operation_id = "tokens_list",
    responses(
        (status = 200, description = "All of them", body = Vec<TokenCard>),
        (status = 401, description = "Nobody is logged in", body = Problem),
        (status = 403, description = "A token does not reach this far", body = Problem),
    ),
)]
async fn list(
    State(app): State<App>,
    Session(person, _): Session,
) -> Result<Json<Vec<TokenCard>>, ApiError> {
    Ok(Json(store::tokens::list(&app.db, person.id).await?))
}

/// A new one. Its secret is in this answer and nowhere else.
#[utoipa::path(
    post, path = "/me/tokens", tag = "tokens", operation_id = "tokens_make",
    request_body = NewToken,
    responses(
        (status = 201, description = "The token and its secret", body = TokenMade),
        (status = 401, description = "Nobody is logged in", body = Problem),
        (status = 403, description = "Not from one of our pages, with a token, or a scope above your role", body = Problem),
        (status = 422, description = "A field is out of bounds, or there are too many", body = Problem),
    ),
)]
async fn make(
    State(app): State<App>,
    Session(person, session): Session,
    Json(wish): Json<NewToken>,
) -> Result<(StatusCode, Json<TokenMade>), ApiError> {
    Ok((
        StatusCode::CREATED,
        Json(make_token(&app, &person, session, wish).await?),
    ))
}

/// It proves nothing any more, from the next request on.
#[utoipa::path(
    delete, path = "/me/tokens/{id}", tag = "tokens", operation_id = "tokens_revoke",
    params(("id" = TokenId, Path, description = "The token")),
    responses(
        (status = 204, description = "It is revoked"),
        (status = 401, description = "Nobody is logged in", body = Problem),
        (status = 403, description = "Not from one of our pages, or with a token", body = Problem),
        (status = 404, description = "There is no such token, or it is not yours", body = Problem),
    ),
)]
async fn revoke(
    State(app): State<App>,
    Session(person, _): Session,
    Path(id): Path<TokenId>,
) -> Result<StatusCode, ApiError> {
    revoke_token(&app, &person, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
