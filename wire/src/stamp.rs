//! A moment, as it crosses a process boundary.

use serde::{Deserialize, Serialize};

/// Milliseconds since 1970-01-01 00:00 UTC. A plain number keeps date libraries out of the page.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(transparent)]
pub struct UnixMs(pub i64);
