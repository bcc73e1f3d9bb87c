//! The rating curve: a dot per rating, a line for their running mean.

use leptos::prelude::*;
use wire::rating::Stars;

use crate::{
    desk::curve::{Curve, curve},
    text,
};

const WIDTH: f64 = 320.0;
const HEIGHT: f64 = 72.0;

/// Draws the newest ratings of a log.
#[component]
pub fn RatingCurve(
    /// The stars in the order they were given.
    #[prop(into)]
    stars: Signal<Vec<Stars>>,
) -> impl IntoView {
    let drawn = Memo::new(move |_| curve(&stars.get()));
    let described = move || {
        drawn.with(|drawn| match drawn.latest {
            Some(mean) => text::curve::described(drawn.ratings.len(), mean),
            None => text::curve::EMPTY.to_owned(),
        })
    };
    let caption = move || drawn.with(|drawn| drawn.latest.map(text::curve::mean));
    let caption = move || caption().unwrap_or_else(|| text::curve::EMPTY.to_owned());
    let dots = move || drawn.with(dots);
    view! {
        <figure class="rating-curve">
            <svg
                viewBox=format!("-18 -8 {} {}", WIDTH + 24.0, HEIGHT + 16.0)
                role="img"
                aria-label=described
            >
                <path class="grid" d=grid()/>
                <text x="-8" y="4">"5"</text>
                <text x="-8" y=HEIGHT + 4.0>"1"</text>
                {dots}
                <path class="mean" d=move || drawn.with(mean_line)/>
            </svg>
            <figcaption>{caption}</figcaption>
        </figure>
    }
}

fn at((x, y): (f64, f64)) -> (String, String) {
    (
        format!("{:.1}", x * WIDTH),
        format!("{:.1}", (1.0 - y) * HEIGHT),
    )
}

fn grid() -> String {
    let line = |star: u8| format!("M0 {}H{WIDTH}", HEIGHT * f64::from(star) / 4.0);
    (0..5).map(line).collect::<Vec<_>>().concat()
}

fn dots(curve: &Curve) -> impl IntoView + use<> {
    let dot = |&point: &(f64, f64)| {
        let (x, y) = at(point);
        view! { <circle cx=x cy=y r="2.6"/> }
    };
    curve.ratings.iter().map(dot).collect_view()
}

fn mean_line(curve: &Curve) -> String {
    let point = |&point: &(f64, f64)| {
        let (x, y) = at(point);
        format!("{x} {y}")
    };
    let points: Vec<String> = curve.mean.iter().map(point).collect();
    if points.is_empty() {
        String::new()
    } else {
        format!("M{}", points.join("L"))
    }
}
