//! The stream of news of one person, as server-sent events.
//!
//! Events come from the database in the order of their numbers; what NATS says only makes the
//! stream look there sooner. So a stream can be resumed at any replica, and none misses anything.

use std::{collections::VecDeque, convert::Infallible, time::Duration};

use axum::{
    extract::State,
    http::HeaderMap,
    response::sse::{self, KeepAlive, Sse},
};
use futures::{Stream, stream};
use serde::Deserialize;
use tokio::time::{Interval, interval};
use utoipa::IntoParams;
use utoipa_axum::{router::OpenApiRouter, routes};
use wire::{
    event::Event,
    problem::{Code, Problem},
};

use super::Query;
use crate::{
    app::App,
    bus::live::{Listener, News},
    error::ApiError,
    session::{CanRead, Person},
    store::events,
};

/// The name of every event of the stream.
const NEWS: &str = "news";

/// The name of the first event of the stream, which has a number and says nothing.
const HELLO: &str = "hello";

/// How often a comment is sent so that nobody on the way takes the stream for dead.
const KEEP_ALIVE: Duration = Duration::from_secs(15);

/// How soon a browser comes back when the stream breaks off.
const RETRY: Duration = Duration::from_secs(1);

/// When to come back, in seconds, if too many listen: by then whoever only waited for a picture has
/// gone.
const RETRY_CROWD_S: u32 = 5;

/// How often to see whether the listener is still logged in: a session's end ends its streams
/// within a second.
const CHECK: Duration = Duration::from_millis(800);

/// After so many checks without news the stream looks for events: a nudge may have been lost.
const LOOK_EVERY: u32 = 6;

/// Most events read at once.
const BATCH: u64 = 100;

/// Who hears the person's news from now on; a refusal if too many do.
pub fn listener(app: &App, person: &Person) -> Result<Listener, ApiError> {
    app.live.listen(person.id).ok_or_else(|| {
        let detail = "too many requests of yours wait for news; close some of them";
        ApiError::new(Code::TooMany, detail).retry_after(RETRY_CROWD_S)
    })
}

/// The operations of this file.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(listen))
}

/// Where to go on.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct ListenQuery {
    /// Number of the last event heard. A browser that reconnects says it in `Last-Event-ID`.
    after: Option<i64>,
}

/// My news as they happen, each as `event: news` with an event's JSON. Without a number it begins
/// with what happens from now on.
#[utoipa::path(
    get, path = "/live", tag = "live", operation_id = "live_listen",
    params(
        ListenQuery,
        ("last-event-id" = Option<i64>, Header, description = "As `after`, and before it"),
    ),
    security(("session" = []), ("token" = ["read"])),
    responses(
        (status = 200, description = "Events", body = Event, content_type = "text/event-stream"),
        (status = 401, description = "Nobody is logged in", body = Problem),
        (status = 403, description = "The token may not read", body = Problem),
        (status = 422, description = "A field is out of bounds", body = Problem),
        (status = 429, description = "Too many streams of yours are open", body = Problem),
    ),
)]
async fn listen(
    State(app): State<App>,
    CanRead(person): CanRead,
    Query(ListenQuery { after }): Query<ListenQuery>,
    headers: HeaderMap,
) -> Result<Sse<impl Stream<Item = Result<sse::Event, Infallible>>>, ApiError> {
    let last = headers
        .get("last-event-id")
        .and_then(|value| value.to_str().ok()?.parse().ok());
    // Listens before it looks, or an event could slip between the two.
    let listener = listener(&app, &person)?;
    let cursor = match last.or(after) {
        Some(number) => number,
        None => events::newest(&app.db, person.id).await?,
    };
    // So that a browser that hears nothing else knows from where to resume, and its page too: an
    // event without data would not reach it.
    let hello = sse::Event::default()
        .event(HELLO)
        .id(cursor.to_string())
        .retry(RETRY)
        .data("{}");
    let feed = Feed {
        app,
        person,
        listener,
        cursor,
        ready: VecDeque::from([hello]),
        check: interval(CHECK),
        quiet_checks: LOOK_EVERY,
    };
    let stream = stream::unfold(feed, async |mut feed| {
        let event = feed.next().await?;
        Some((Ok(event), feed))
    });
    Ok(Sse::new(stream).keep_alive(KeepAlive::new().interval(KEEP_ALIVE)))
}

struct Feed {
    app: App,
    person: Person,
    listener: Listener,
    cursor: i64,
    ready: VecDeque<sse::Event>,
    check: Interval,
    quiet_checks: u32,
}

impl Feed {
    /// The next event; `None` ends the stream, and a browser comes back if it may.
    async fn next(&mut self) -> Option<sse::Event> {
        loop {
            if let Some(event) = self.ready.pop_front() {
                return Some(event);
            }
            let drain = self.app.drain.clone();
            tokio::select! {
                () = drain.cancelled() => return None,
                news = self.listener.next() => match news {
                    News::Stored => self.look().await.ok()?,
                    News::Passing(json) => {
                        self.ready.push_back(sse::Event::default().event(NEWS).data(&*json));
                    }
                },
                _ = self.check.tick() => {
                    if !self.person.is_still_here(&self.app).await.unwrap_or(false) {
                        return None;
                    }
                    self.quiet_checks += 1;
                    if self.quiet_checks >= LOOK_EVERY {
                        self.look().await.ok()?;
                    }
                }
            }
        }
    }

    async fn look(&mut self) -> Result<(), ApiError> {
        self.quiet_checks = 0;
        let found = events::after(&self.app.db, self.person.id, self.cursor, BATCH).await?;
        if found.len() as u64 == BATCH {
            // There may be more: look again at the next check.
            self.quiet_checks = LOOK_EVERY;
        }
        for (number, event) in found {
            let event = sse::Event::default()
                .event(NEWS)
                .id(number.to_string())
                .json_data(event);
            self.ready.push_back(event.map_err(ApiError::internal)?);
            self.cursor = number;
        }
        Ok(())
    }
}
