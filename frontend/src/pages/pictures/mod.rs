//! x
use leptos::prelude::*;
/// x
#[component]
pub fn Pictures() -> impl IntoView { "x" }
