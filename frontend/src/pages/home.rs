//! The entrance: what this is, in pictures and few words.

use leptos::prelude::*;
use leptos_meta::Title;

use crate::{
    session::Session,
    text::{PAINTED_BY_SKETCH, home as words, nav},
};

/// One prompt at four mixes, painted by the built-in engine: file name and what it leans to.
const HANGING: [(&str, &str); 4] = [
    ("lake-warm-painterly", "warm, painterly, peaceful"),
    ("lake-cool-minimalist", "cool, minimalist, peaceful"),
    ("lake-vibrant-abstract", "vibrant, abstract, energetic"),
    ("lake-surreal-symmetrical", "cool, surreal, symmetrical"),
];

/// The page.
#[component]
pub fn Home() -> impl IntoView {
    let session = expect_context::<Session>();
    let invitation = move || {
        Suspend::new(async move {
            match session.me().await {
                Ok(Some(_)) => {
                    view! { <a class="button primary" href="/studio">{words::CONTINUE}</a> }
                        .into_any()
                }
                _ => view! {
                    <a class="button primary" href="/sign-up">{words::BEGIN}</a>
                    <a class="button" href="/log-in">{words::HAVE_ACCOUNT}</a>
                }
                .into_any(),
            }
        })
    };
    view! {
        <Title text=""/>
        <div class="home">
            <div class="entrance">
            <section class="hero">
                <h1>{words::TITLE}</h1>
                <p class="lead">{words::LEAD}</p>
                <p class="actions"><Transition>{invitation}</Transition></p>
            </section>
            <section class="wall" aria-label=words::SAME_PROMPT>
                {HANGING.map(hang).collect_view()}
                <p class="caption">
                    {words::SAME_PROMPT} ". " {PAINTED_BY_SKETCH}
                </p>
            </section>
            </div>
            <ol class="steps">
                {words::STEPS
                    .map(|(title, text)| view! { <li><h2>{title}</h2><p>{text}</p></li> })
                    .collect_view()}
            </ol>
            <section class="facts">
                <h2>{words::HONEST}</h2>
                <ul>{words::FACTS.map(|fact| view! { <li>{fact}</li> }).collect_view()}</ul>
                <p><a href="/api/v1/docs" rel="external">{nav::API}</a></p>
            </section>
        </div>
    }
}

fn hang((name, leaning): (&'static str, &'static str)) -> impl IntoView {
    view! {
        <figure>
            <img
                src=format!("/pictures/{name}.jpg")
                alt=format!("{}: {leaning}", words::PROMPT)
                width="512"
                height="512"
            />
            <figcaption>{leaning}</figcaption>
        </figure>
    }
}
