//! ROOM: a page loads and composes. One file or folder per route.

mod about;
mod account;
mod home;
mod log_in;
mod not_found;
mod pictures;
mod rate;
pub(crate) mod sign_up;
pub(crate) mod studio;

pub use about::About;
pub use account::Account;
pub use home::Home;
pub use log_in::LogIn;
pub use not_found::NotFound;
pub use pictures::Pictures;
pub use rate::Rate;
pub use sign_up::SignUp;
pub use studio::Studio;

use leptos::prelude::*;
use leptos_router::{
    components::Redirect,
    hooks::{use_location, use_params_map},
};
use wire::{ids::StyleId, problem::Code};

use crate::{api::ApiError, desk::next_page::log_in_first, status, text};

/// The style whose id stands in the address, if one does.
fn style_in_address() -> Option<StyleId> {
    use_params_map().with(|params| params.get("id")?.parse().ok())
}

/// What stands in place of a page whose data could not be had: the log-in first, nothing there, or
/// what went wrong.
fn in_place_of_page(error: &ApiError) -> AnyView {
    match error.code() {
        Some(Code::NotLoggedIn) => {
            let here = use_location();
            let (path, query) = (here.pathname.get_untracked(), here.search.get_untracked());
            let mark = if query.is_empty() { "" } else { "?" };
            let log_in = log_in_first(&format!("{path}{mark}{query}"));
            view! { <Redirect path=log_in/> }.into_any()
        }
        Some(Code::NotFound | Code::Invalid) => view! { <NotFound/> }.into_any(),
        _ => {
            status::set(503);
            view! {
                <section class="page narrow">
                    <p class="lead" role="alert">{text::problem(error)}</p>
                    <p><a href="" rel="external">{text::TRY_AGAIN}</a></p>
                </section>
            }
            .into_any()
        }
    }
}
