//! The names of dimensions and values, as the server serves them.

use leptos::prelude::*;
use wire::taxonomy::Taxonomy;

use crate::api::{self, ApiError};

/// Asked for once per page load.
#[derive(Clone, Copy)]
pub struct Vocabulary {
    /// The taxonomy of the server.
    pub taxonomy: Resource<Result<Taxonomy, ApiError>>,
}

impl Vocabulary {
    /// Asks, and puts the answer into the context.
    pub fn provide() {
        let taxonomy = Resource::new(|| (), |()| api::taxonomy::show());
        provide_context(Self { taxonomy });
    }
}
