//! The stream of news that a browser listens to, read the way a browser reads it.

use reqwest::{Method, Response};
use wire::event::Event;

use crate::{people::Person, wait::PATIENCE};

/// An open `GET /api/v1/live`.
#[derive(Debug)]
pub struct Live {
    answer: Response,
    buffer: Vec<u8>,
}

/// One event, and the number to resume after it. Passing events have none.
#[derive(Clone, Debug, PartialEq)]
pub struct News {
    /// What a browser sends back as `Last-Event-ID`.
    pub number: Option<i64>,
    /// The event.
    pub event: Event,
}

impl Live {
    /// Listens from now on, or after the event of that number.
    pub async fn open(person: &Person, after: Option<i64>) -> Self {
        let mut request = person
            .request(Method::GET, "/live")
            .header("accept", "text/event-stream");
        if let Some(number) = after {
            request = request.header("last-event-id", number.to_string());
        }
        // A stream has no end that a time limit could be about.
        let request = request.timeout(std::time::Duration::from_hours(1));
        let answer = request.send().await.expect("the stream opens");
        assert_eq!(answer.status(), 200);
        Self {
            answer,
            buffer: Vec::new(),
        }
    }

    /// The next event, or `None` when the server ends the stream.
    pub async fn next(&mut self) -> Option<News> {
        let next = tokio::time::timeout(PATIENCE, self.read()).await;
        next.unwrap_or_else(|_| panic!("no news within {PATIENCE:?}"))
    }

    /// The next event that `wanted` makes something of; the others are passed over.
    pub async fn find<T>(&mut self, mut wanted: impl FnMut(&News) -> Option<T>) -> T {
        loop {
            let news = self.next().await.expect("the stream goes on");
            if let Some(found) = wanted(&news) {
                return found;
            }
        }
    }

    async fn read(&mut self) -> Option<News> {
        loop {
            while let Some(end) = self.buffer.windows(2).position(|pair| pair == b"\n\n") {
                let block: Vec<u8> = self.buffer.drain(..end + 2).collect();
                if let Some(news) = parse(&String::from_utf8_lossy(&block)) {
                    return Some(news);
                }
            }
            // A connection that breaks ends the stream as well as one that is closed.
            let chunk = self.answer.chunk().await.ok()??;
            self.buffer.extend_from_slice(&chunk);
        }
    }
}

/// One block of the stream; comments keep the connection alive and say nothing.
fn parse(block: &str) -> Option<News> {
    let field = |name: &str| {
        let mut values = block.lines().filter_map(|line| line.strip_prefix(name));
        values
            .next()
            .map(|value| value.strip_prefix(' ').unwrap_or(value).to_owned())
    };
    let data = field("data:").filter(|_| field("event:").as_deref() == Some("news"))?;
    let event = serde_json::from_str(&data)
        .unwrap_or_else(|error| panic!("an event that is none: {data}: {error}"));
    Some(News {
        number: field("id:").and_then(|number| number.parse().ok()),
        event,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_of_the_stream_is_an_event_with_its_number() {
        let data =
            r#"{"event":"trouble","style":"00000000-0000-0000-0000-000000000007","reason":"r"}"#;
        let news = parse(&format!("event: news\nid: 12\ndata: {data}\n\n")).unwrap();
        assert_eq!(news.number, Some(12));
        assert!(matches!(news.event, Event::Trouble { reason, .. } if reason == "r"));
        assert_eq!(parse(": still here\n\n"), None);
        assert_eq!(parse("event: hello\nid: 12\ndata: {}\n\n"), None);
    }
}
