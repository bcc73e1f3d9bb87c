//! The names of dimensions and values, as the server serves them.

use leptos::prelude::*;
use wire::taxonomy::Taxonomy;

use crate::{
    api::{self, ApiError},
    loaded::Loaded,
};

/// Asked for once per page load.
#[derive(Clone, Copy)]
pub struct Vocabulary(Loaded<Taxonomy>);

impl Vocabulary {
    /// Asks, and puts the answer into the context.
    pub fn provide() {
        provide_context(Self(Loaded::new(|| Some(api::taxonomy::show()))));
    }

    /// The taxonomy of the server.
    pub async fn taxonomy(self) -> Result<Taxonomy, ApiError> {
        self.0.get().await
    }
}
