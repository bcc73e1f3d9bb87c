//! Everything about one style: what it believes, how it got there, its prompts and its name.

mod drawing;
mod edit;
mod foresight;
mod knows;
mod remove;
mod steps;

use leptos::{either::Either, prelude::*};
use leptos_meta::Title;
use wire::{learning::BUILT_IN_PRIOR, style::StyleView, taxonomy::Taxonomy};

use drawing::StyleDrawing;
use edit::{Prompts, Rename, VarietyDial};
use foresight::Foresights;
use knows::Knows;
use remove::Remove;
use steps::Steps;

use super::{in_place_of_page, style_in_address};
use crate::{
    api,
    components::{mix_bars::MixBars, rating_curve::RatingCurve},
    loaded::Loaded,
    text::{self, about as words},
    vocabulary::Vocabulary,
};

/// The page.
#[component]
pub fn About() -> impl IntoView {
    let id = Memo::new(|_| style_in_address());
    let style = Loaded::new(move || id.get().map(api::styles::show));
    let vocabulary = expect_context::<Vocabulary>();
    let page = move || {
        Suspend::new(async move {
            match (style.get().await, vocabulary.taxonomy().await) {
                (Ok(style), Ok(taxonomy)) => Either::Left(view! { <Wall style taxonomy/> }),
                (Err(error), _) | (_, Err(error)) => Either::Right(in_place_of_page(&error)),
            }
        })
    };
    view! {
        <Suspense fallback=|| view! { <p class="loading">{text::LOADING}</p> }>{page}</Suspense>
    }
}

#[component]
fn Wall(style: StyleView, taxonomy: Taxonomy) -> impl IntoView {
    let StyleView {
        card,
        policy: _,
        belief,
        insight,
        history,
        foresight,
        waiting,
        replay,
        trouble,
    } = style;
    let name = RwSignal::new(card.name);
    let facts = [
        Some(text::ratings(card.ratings)),
        card.version.map(words::version),
    ];
    let facts = facts.into_iter().flatten().collect::<Vec<_>>().join(" · ");
    let learning = (waiting > 0).then(|| words::waiting(waiting));
    let replay = replay.map(|replay| text::replay::last(replay.done));
    let forecasts = history.clone();
    let stars: Vec<_> = history.iter().map(|point| point.stars).collect();
    let is_learned = history.iter().any(|point| point.learned_in.is_some());
    // Before that it has numbers for everything, and they mean nothing, unless it began from what
    // others like.
    let knows_something = is_learned || card.prior != BUILT_IN_PRIOR;
    let insight = insight.filter(|_| knows_something);
    let state = insight.as_ref().and_then(|insight| {
        let said = text::insight::state_said(insight.state?, insight.since_change);
        Some(view! { <p class="state">{said}</p> })
    });
    let knows = insight.map(|insight| view! { <Knows insight taxonomy=taxonomy.clone()/> });
    let steps = is_learned.then(|| {
        let (style, taxonomy) = (card.id, taxonomy.clone());
        view! {
            <section>
                <h2>{text::insight::STEPS}</h2>
                <Steps style history taxonomy/>
            </section>
        }
    });
    let belief = match belief {
        None => view! { <p class="lead">{words::NO_BELIEF}</p> }.into_any(),
        Some(_) if !knows_something => {
            view! { <p class="lead">{words::NOTHING_LEARNED}</p> }.into_any()
        }
        Some(belief) => view! {
            <p class="lead">{words::expected(belief.expected)}</p>
            <MixBars taxonomy mix=belief.proposed sureness=Some(belief.sureness)/>
        }
        .into_any(),
    };
    view! {
        <Title text=move || name.get()/>
        <article class="page about">
            <header class="page-head">
                <div>
                    <h1>{name}</h1>
                    <p class="caption">{facts}</p>
                </div>
                <a class="button primary" href=format!("/styles/{}", card.id)>{words::RATE}</a>
            </header>
            {trouble.map(|trouble| view! { <p class="problem">{trouble}</p> })}
            {learning.map(|learning| view! { <p class="caption">{learning}</p> })}
            {replay.map(|replay| view! { <p class="caption">{replay}</p> })}
            <section>
                <h2>{words::BELIEF}</h2>
                {state}
                {belief}
            </section>
            {knows}
            {steps}
            <section>
                <h2>{text::foresight::TITLE}</h2>
                <Foresights foresight history=forecasts/>
            </section>
            <div class="about-rest">
            <section>
                <h2>{text::curve::TITLE}</h2>
                <RatingCurve stars=Signal::stored(stars)/>
            </section>
            <section>
                <h2>{text::learners::TITLE}</h2>
                <p>
                    <strong>{card.learner.name()}</strong>
                    {format!(". {}", card.learner.about())}
                </p>
                <p class="caption">{text::learners::prior(&card.prior)}</p>
            </section>
            <section>
                <h2>{words::PROMPTS}</h2>
                <Prompts id=card.id lines=card.prompts.join("\n")/>
            </section>
            <section>
                <h2>{text::variety::TITLE}</h2>
                <VarietyDial id=card.id variety=card.variety/>
            </section>
            <section id="drawing-section">
                <h2>{text::drawing::TITLE}</h2>
                <StyleDrawing id=card.id drawing=card.drawing/>
            </section>
            <section>
                <h2>{words::RENAME}</h2>
                <Rename id=card.id name/>
            </section>
            <section>
                <h2>{words::DELETE}</h2>
                <Remove id=card.id name/>
            </section>
            </div>
        </article>
    }
}
