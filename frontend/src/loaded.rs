//! What a page shows, read while it is rendered and handed to the browser with it.
//!
//! The answer travels as the text it is: one type for every answer, so the machinery of resources
//! is compiled once and not once per answer, which keeps the page small.

use std::marker::PhantomData;

use leptos::prelude::*;
use serde::de::DeserializeOwned;

use crate::api::{self, ApiError, Method, Read};

/// The answer to one read of the API, followed as its source changes.
pub struct Loaded<T> {
    text: Resource<Result<String, ApiError>>,
    value: PhantomData<fn() -> T>,
}

impl<T> Clone for Loaded<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Loaded<T> {}

impl<T: DeserializeOwned> Loaded<T> {
    /// Reads what `source` names, again whenever it names something else. `None` is nothing there.
    pub fn new(source: impl Fn() -> Option<Read<T>> + Send + Sync + 'static) -> Self {
        let path = move || source().map(Read::path);
        Self {
            text: load(Box::new(path)),
            value: PhantomData,
        }
    }

    /// The answer, once it is there.
    pub async fn get(self) -> Result<T, ApiError> {
        api::parse(&self.text.await?)
    }

    /// The answer, if it is there already. Reactive.
    pub fn now(self) -> Option<Result<T, ApiError>> {
        Some(self.text.get()?.and_then(|text| api::parse(&text)))
    }

    /// Reads it again.
    pub fn refetch(self) {
        self.text.refetch();
    }
}

fn load(path: Box<dyn Fn() -> Option<String> + Send + Sync>) -> Resource<Result<String, ApiError>> {
    Resource::new(path, |path| async move {
        let path = path.ok_or_else(ApiError::not_found)?;
        api::text(Method::Get, path, None).await
    })
}
