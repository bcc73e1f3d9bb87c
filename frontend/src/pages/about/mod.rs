//! x
use leptos::prelude::*;
/// x
#[component]
pub fn About() -> impl IntoView { "x" }
