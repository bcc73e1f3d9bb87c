//! The vocabulary of a mix.

use wire::taxonomy::Taxonomy;

use super::{ApiError, get};

/// The dimensions and their values.
pub async fn show() -> Result<Taxonomy, ApiError> {
    get("/taxonomy".into()).await
}
