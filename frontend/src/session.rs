//! Who is looking.

use leptos::prelude::*;
use wire::account::Me;

use crate::{
    api::{self, ApiError},
    outbox::Outbox,
};

/// The person at the browser, if somebody is logged in.
#[derive(Clone, Copy)]
pub struct Session {
    /// `None` for a visitor.
    pub me: Resource<Result<Option<Me>, ApiError>>,
}

impl Session {
    /// Asks once per page load and puts the answer into the context.
    pub fn provide(outbox: Outbox) -> Self {
        let me = Resource::new(|| (), |()| api::account::me());
        Effect::new(move |_| {
            // An answer that did not come says nothing about who is logged in.
            if let Some(Ok(me)) = me.get() {
                outbox.belongs_to(me.map(|me| me.id));
            }
        });
        let session = Self { me };
        provide_context(session);
        session
    }
}
