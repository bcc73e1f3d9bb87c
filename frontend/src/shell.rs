//! The HTML document around the application, rendered by the server only.

use leptos::{nonce::use_nonce, prelude::*};
use leptos_meta::MetaTags;

use crate::{App, Assets};

/// The whole document. Without a bundle it is a page of plain HTML.
#[component]
pub fn Shell(
    /// The bundled files.
    assets: Option<Assets>,
) -> impl IntoView {
    view! {
        <!DOCTYPE html>
        <html lang="en">
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover"/>
                <meta name="color-scheme" content="light dark"/>
                <meta name="theme-color" content="#f5f5f3" media="(prefers-color-scheme: light)"/>
                <meta name="theme-color" content="#131416" media="(prefers-color-scheme: dark)"/>
                <link rel="icon" href="/icon.svg" type="image/svg+xml"/>
                {assets.map(bundle)}
                <MetaTags/>
            </head>
            <body>
                <App/>
            </body>
        </html>
    }
}

fn bundle(Assets { js, wasm, css }: Assets) -> impl IntoView {
    let start = format!(
        "import init, {{ hydrate }} from '/pkg/{js}'; \
         await init({{ module_or_path: '/pkg/{wasm}' }}); hydrate();"
    );
    view! {
        <link rel="stylesheet" href=format!("/pkg/{css}")/>
        <link rel="modulepreload" href=format!("/pkg/{js}")/>
        <link
            rel="preload"
            href=format!("/pkg/{wasm}")
            r#as="fetch"
            r#type="application/wasm"
            crossorigin="anonymous"
        />
        <script type="module" nonce=use_nonce() inner_html=start></script>
    }
}
