//! News from the server while a page is open.
//!
//! The browser's `EventSource` resumes by itself after a lost connection and tells the server what
//! it heard last. It gives up for good when a server answers with an error, as one does that is
//! just starting, so then a new one is opened with the last event's number.
//!
//! A browser keeps few connections to one host, and all tabs share them. So only a page that can be
//! seen listens; one that is shown again resumes behind what it heard last.

use leptos::{prelude::*, task::spawn_local};
use send_wrapper::SendWrapper;
use wasm_bindgen::{JsCast as _, closure::Closure};
use web_sys::{EventSource, MessageEvent};
use wire::{event::Event, problem::Code};

use crate::{api, browser, desk::outbox::wait_ms};

/// The names the server gives its events: the first one only says from where to resume.
const NAMES: [&str; 2] = ["hello", "news"];

/// Calls back for each piece of news while the calling page is there, and `opened` whenever the
/// stream is (again) open: what happened before is then to be asked for.
pub fn listen(
    news: impl Fn(Event) + Clone + Send + Sync + 'static,
    opened: impl Fn() + Clone + Send + Sync + 'static,
) {
    let line = Line {
        source: StoredValue::new(None),
        last: StoredValue::new(None),
        failures: StoredValue::new(0),
    };
    let show_or_hide = move || {
        if browser::hidden() {
            line.close();
        } else if line.is_closed() {
            line.open(news.clone(), opened.clone());
        }
    };
    // An effect runs in the browser only.
    Effect::new(move |_| {
        show_or_hide();
        browser::on_visibility(show_or_hide.clone());
    });
    on_cleanup(move || line.close());
}

#[derive(Clone, Copy)]
struct Line {
    source: StoredValue<Option<Source>>,
    last: StoredValue<Option<String>>,
    failures: StoredValue<u32>,
}

/// The stream with its callbacks, which must live as long as it does.
type Source = std::sync::Arc<SendWrapper<Held>>;

struct Held {
    source: EventSource,
    _news: Closure<dyn Fn(MessageEvent)>,
    _open: Closure<dyn Fn()>,
    _error: Closure<dyn Fn()>,
}

impl Line {
    fn open<N, O>(self, news: N, opened: O)
    where
        N: Fn(Event) + Clone + Send + Sync + 'static,
        O: Fn() + Clone + Send + Sync + 'static,
    {
        let after = self
            .last
            .get_value()
            .map(|last| format!("?after={last}"))
            .unwrap_or_default();
        let Ok(source) = EventSource::new(&format!("/api/v1/live{after}")) else {
            return;
        };

        let on_news = {
            let news = news.clone();
            Closure::<dyn Fn(MessageEvent)>::new(move |message: MessageEvent| {
                let id = message.last_event_id();
                if !id.is_empty() {
                    self.last.try_update_value(|last| *last = Some(id));
                }
                let json = message.data().as_string();
                if let Some(event) = json.and_then(|json| serde_json::from_str(&json).ok()) {
                    news(event);
                }
            })
        };
        let on_open = {
            let opened = opened.clone();
            Closure::<dyn Fn()>::new(move || {
                self.failures.try_update_value(|failures| *failures = 0);
                opened();
            })
        };
        let on_error = {
            let source = source.clone();
            Closure::<dyn Fn()>::new(move || {
                if source.ready_state() == EventSource::CLOSED {
                    self.open_later(news.clone(), opened.clone());
                }
            })
        };
        for name in NAMES {
            let _ = source.add_event_listener_with_callback(name, on_news.as_ref().unchecked_ref());
        }
        source.set_onopen(Some(on_open.as_ref().unchecked_ref()));
        source.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        let held = Held {
            source,
            _news: on_news,
            _open: on_open,
            _error: on_error,
        };
        self.source
            .set_value(Some(std::sync::Arc::new(SendWrapper::new(held))));
    }

    fn open_later<N, O>(self, news: N, opened: O)
    where
        N: Fn(Event) + Clone + Send + Sync + 'static,
        O: Fn() + Clone + Send + Sync + 'static,
    {
        spawn_local(async move {
            let failures = self.failures.try_get_value().unwrap_or_default() + 1;
            browser::sleep(wait_ms(failures + 1)).await;
            // Nobody is logged in any more: asking for news again and again would only fill the console.
            let asked = api::account::me().await;
            if asked.is_err_and(|error| error.code() == Some(Code::NotLoggedIn)) {
                return;
            }
            // `None`: the page is gone. It may have been hidden, and shown again, in the meantime.
            if self.failures.try_update_value(|n| *n = failures).is_some()
                && !browser::hidden()
                && self.is_closed()
            {
                self.open(news, opened);
            }
        });
    }

    fn is_closed(self) -> bool {
        let source = self.source.try_get_value().flatten();
        source.is_none_or(|held| held.source.ready_state() == EventSource::CLOSED)
    }

    fn close(self) {
        if let Some(held) = self.source.try_get_value().flatten() {
            held.source.close();
        }
    }
}
