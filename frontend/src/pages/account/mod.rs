//! x
use leptos::prelude::*;
/// x
#[component]
pub fn Account() -> impl IntoView { "x" }
