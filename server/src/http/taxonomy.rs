//! The vocabulary of mixes, for clients that are not ours and for pages that draw their controls
//! from it.

use utoipa_axum::{router::OpenApiRouter, routes};
use wire::taxonomy::Taxonomy;

use super::Json;
use crate::app::App;

/// The operations of this file.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(show))
}

/// The dimensions and their values, in the order of every mix.
#[utoipa::path(
    get, path = "/taxonomy", tag = "taxonomy", operation_id = "taxonomy_show", security(()),
    responses((status = 200, description = "The vocabulary of this build", body = Taxonomy)),
)]
async fn show() -> Json<Taxonomy> {
    Json(Taxonomy::current())
}
