//! One request and its answer, for the browser and for the server that renders a page.

#[cfg(target_arch = "wasm32")]
pub use browser::send;
#[cfg(not(target_arch = "wasm32"))]
pub use server::send;
#[cfg(feature = "ssr")]
pub use server::{Answer, Call, InProcess};

#[cfg(target_arch = "wasm32")]
mod browser {
    use crate::api::{ApiError, Method};
    use gloo_net::http::RequestBuilder;
    use send_wrapper::SendWrapper;

    pub async fn send(
        method: Method,
        path: String,
        body: Option<String>,
    ) -> Result<(u16, Vec<u8>), ApiError> {
        // A browser's futures are not Send; there is one thread, so this says they need not be.
        SendWrapper::new(async move {
            let request = RequestBuilder::new(&format!("/api/v1{path}")).method(verb(method));
            let answer = match body {
                None => request.send().await,
                Some(json) => {
                    let request = request
                        .header("content-type", "application/json")
                        .body(json);
                    request.map_err(|_| ApiError::Offline)?.send().await
                }
            };
            let answer = answer.map_err(|_| ApiError::Offline)?;
            let status = answer.status();
            let body = answer.binary().await.map_err(|_| ApiError::Offline)?;
            Ok((status, body))
        })
        .await
    }

    fn verb(method: Method) -> gloo_net::http::Method {
        use gloo_net::http::Method as Verb;
        match method {
            Method::Get => Verb::GET,
            Method::Post => Verb::POST,
            Method::Put => Verb::PUT,
            Method::Patch => Verb::PATCH,
            Method::Delete => Verb::DELETE,
        }
    }
}

#[cfg(not(target_arch = "wasm32"))]
mod server {
    use crate::api::{ApiError, Method};
    use std::{pin::Pin, sync::Arc};

    /// A call to the API in this process.
    pub struct Call {
        /// The method's name.
        pub method: &'static str,
        /// Path and query, beginning with `/api/v1`.
        pub path: String,
        /// JSON, if the call has a body.
        pub body: Option<String>,
    }

    /// What the API answered.
    pub struct Answer {
        /// The HTTP status.
        pub status: u16,
        /// The body's bytes.
        pub body: Vec<u8>,
    }

    type Answering = Pin<Box<dyn Future<Output = Answer> + Send>>;

    /// The API in this process, on behalf of the person who asked for the page: the server puts it
    /// into the context of each page it renders.
    #[derive(Clone)]
    pub struct InProcess(pub Arc<dyn Fn(Call) -> Answering + Send + Sync>);

    pub async fn send(
        method: Method,
        path: String,
        body: Option<String>,
    ) -> Result<(u16, Vec<u8>), ApiError> {
        let api = leptos::prelude::use_context::<InProcess>().ok_or(ApiError::Offline)?;
        let call = Call {
            method: method.name(),
            path: format!("/api/v1{path}"),
            body,
        };
        let answer = (api.0)(call).await;
        Ok((answer.status, answer.body))
    }
}
