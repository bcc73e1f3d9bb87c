//! Who is looking.

use leptos::prelude::*;
use wire::{account::Me, problem::Code};

use crate::{
    api::{self, ApiError},
    loaded::Loaded,
    outbox::Outbox,
};

/// The person at the browser, if somebody is logged in.
#[derive(Clone, Copy)]
pub struct Session(Loaded<Me>);

impl Session {
    /// Asks once per page load and puts the answer into the context.
    pub fn provide(outbox: Outbox) -> Self {
        let session = Self(Loaded::new(|| Some(api::account::me())));
        Effect::new(move |_| {
            // An answer that did not come says nothing about who is logged in.
            if let Some(Ok(me)) = session.0.now().map(visitor_is_nobody) {
                outbox.belongs_to(me.map(|me| me.id));
            }
        });
        provide_context(session);
        session
    }

    /// Who it is; `None` for a visitor.
    pub async fn me(self) -> Result<Option<Me>, ApiError> {
        visitor_is_nobody(self.0.get().await)
    }

    /// Somebody has logged in.
    pub fn refetch(self) {
        self.0.refetch();
    }
}

fn visitor_is_nobody(answer: Result<Me, ApiError>) -> Result<Option<Me>, ApiError> {
    match answer {
        Err(error) if error.code() == Some(Code::NotLoggedIn) => Ok(None),
        answer => answer.map(Some),
    }
}
