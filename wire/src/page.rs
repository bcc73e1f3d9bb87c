//! Long lists, a page at a time.

use serde::{Deserialize, Serialize};

/// Part of a list, newest first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Page<T> {
    /// The items of this page.
    pub items: Vec<T>,
    /// Pass it as `?after=` to get the page that follows; `null` on the last one.
    pub next: Option<String>,
}
