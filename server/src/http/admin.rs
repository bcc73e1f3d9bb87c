//! What keeping the house needs: who is here, and what each may do.

use axum::extract::State;
use utoipa_axum::{router::OpenApiRouter, routes};
use wire::{
    account::{ArtistCard, ChangeRole},
    ids::ArtistId,
    page::Page,
    problem::Problem,
};

use super::{
    Json, Path, Query,
    answers::{AdminRefusals, Invalid},
    paging::PageQuery,
};
use crate::{
    actions::change_role::change_role, app::App, error::ApiError, session::Admin, store::artists,
};

/// The operations of this file.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list))
        .routes(routes!(put_role))
}

/// Every account, newest first, a page at a time.
#[utoipa::path(
    get, path = "/admin/artists", tag = "admin", operation_id = "admin_artists",
    params(PageQuery),
    responses(
        (status = 200, description = "One page", body = Page<ArtistCard>),
        AdminRefusals,
        Invalid,
    ),
)]
async fn list(
    State(app): State<App>,
    Admin(_admin): Admin,
    Query(page): Query<PageQuery>,
) -> Result<Json<Page<ArtistCard>>, ApiError> {
    let wanted = page.wanted()?;
    let found = artists::page(&app.db, wanted.after, wanted.look_up()).await?;
    Ok(Json(wanted.page(found)))
}

/// Another role for somebody, from their next request on. The last admin stays one.
#[utoipa::path(
    put, path = "/admin/artists/{id}/role", tag = "admin", operation_id = "admin_change_role",
    params(("id" = ArtistId, Path, description = "The account")),
    request_body = ChangeRole,
    responses(
        (status = 200, description = "The account as it is now", body = ArtistCard),
        AdminRefusals,
        (status = 404, description = "There is no such account", body = Problem),
        (status = 409, description = "There would be no admin left", body = Problem),
        Invalid,
    ),
)]
async fn put_role(
    State(app): State<App>,
    Admin(admin): Admin,
    Path(artist): Path<ArtistId>,
    Json(change): Json<ChangeRole>,
) -> Result<Json<ArtistCard>, ApiError> {
    Ok(Json(change_role(&app, &admin, artist, change).await?))
}
