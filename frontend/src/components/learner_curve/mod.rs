//! How fast a learner was measured to learn: one falling line, and what chance alone would do.

use leptos::prelude::*;

use crate::text::learners as words;

const WIDTH: f64 = 96.0;
const HEIGHT: f64 = 36.0;
/// Regret at the upper edge: worse than random is only worse.
const TOP: f64 = 1.3;
/// The number of ratings that is told in words.
const TOLD: usize = 20;

/// Draws a measured curve, and says one point of it.
#[component]
pub fn LearnerCurve(
    /// Regret after 0, 1, 2 and more ratings.
    curve: Vec<f64>,
) -> impl IntoView {
    let told = curve.get(TOLD).map(|regret| words::regret(TOLD, *regret));
    let last = curve.len().saturating_sub(1).max(1) as f64;
    let points = curve.into_iter().enumerate();
    let points =
        points.map(|(n, regret)| format!("{:.1} {:.1}", WIDTH * n as f64 / last, down(regret)));
    let line = points.collect::<Vec<_>>().join("L");
    view! {
        <span class="learner-curve">
            <svg viewBox=format!("0 0 {WIDTH} {HEIGHT}") aria-hidden="true">
                <path class="chance" d=format!("M0 {:.1}H{WIDTH}", down(1.0))/>
                <path class="best" d=format!("M0 {:.1}H{WIDTH}", down(0.0))/>
                {(!line.is_empty()).then(|| view! { <path class="regret" d=format!("M{line}")/> })}
            </svg>
            <small>{told.unwrap_or_else(|| words::UNMEASURED.to_owned())}</small>
        </span>
    }
}

fn down(regret: f64) -> f64 {
    HEIGHT * (1.0 - regret.clamp(0.0, TOP) / TOP).clamp(0.02, 0.98)
}
