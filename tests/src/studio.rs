//! What an artist does in the studio, in the words of the API.

use reqwest::{Method, header};
use serde_json::json;
use uuid::Uuid;
use wire::{
    ids::{ImageId, RatingId, StyleId},
    image::{ImageCard, NextImages},
    page::Page,
    rating::{RateImage, RatingSaved, RatingUndone, Stars},
    replay::RatingLog,
    style::{StyleCard, StyleView},
};

use crate::{
    people::{Answer, Person},
    wait,
};

impl Person {
    /// Begins a style.
    pub async fn create_style(&self, name: &str, prompts: &[&str]) -> StyleId {
        let style = json!({"name": name, "prompts": prompts});
        let card: StyleCard = self
            .post("/styles", &style)
            .await
            .expect("the style is begun");
        card.id
    }

    /// Gives the style a drawing; without a strength, at the usual one.
    pub async fn put_drawing(
        &self,
        style: StyleId,
        file: &[u8],
        strength: Option<f64>,
    ) -> Answer<StyleCard> {
        let strength = strength.map(|strength| format!("?strength={strength}"));
        let query = strength.unwrap_or_default();
        let path = format!("/styles/{style}/drawing{query}");
        let request = self.request(Method::PUT, &path).body(file.to_vec());
        crate::people::read(request.header(header::CONTENT_TYPE, "image/png")).await
    }

    /// One style in full.
    pub async fn style(&self, style: StyleId) -> StyleView {
        self.get(&format!("/styles/{style}"))
            .await
            .expect("the style is there")
    }

    /// Waits for a picture to rate that is none of those at hand, as the page does: ask, wait, ask.
    pub async fn next(&self, style: StyleId, have: &[ImageId]) -> ImageCard {
        let have: Vec<String> = have.iter().map(ToString::to_string).collect();
        let path = format!("/styles/{style}/next?wait_ms=5000&have={}", have.join(","));
        wait::until("there is a picture to rate", async || {
            let NextImages { images } = self.get(&path).await.map_err(|r| r.to_string())?;
            images
                .into_iter()
                .next()
                .ok_or_else(|| "nothing painted".to_owned())
        })
        .await
    }

    /// Rates a picture under a new id.
    pub async fn rate(&self, image: ImageId, stars: u8) -> RatingSaved {
        self.answer(image, &rating(Some(stars)))
            .await
            .expect("the rating is taken")
    }

    /// Skips a picture.
    pub async fn skip(&self, image: ImageId) -> RatingSaved {
        self.answer(image, &rating(None))
            .await
            .expect("the skip is taken")
    }

    /// Sends a rating as it stands.
    pub async fn answer(&self, image: ImageId, rate: &RateImage) -> Answer<RatingSaved> {
        self.put(&format!("/images/{image}/rating"), rate).await
    }

    /// Changes the picture's rating, and returns the new one as it was sent.
    pub async fn change(&self, image: ImageId, from: RatingId, stars: Option<u8>) -> RateImage {
        let change = RateImage {
            replaces: Some(from),
            ..rating(stars)
        };
        self.answer(image, &change)
            .await
            .expect("the change is taken");
        change
    }

    /// Takes a rating back.
    pub async fn undo(&self, image: ImageId) -> Answer<RatingUndone> {
        let path = format!("/images/{image}/rating");
        crate::people::read(self.request(Method::DELETE, &path)).await
    }

    /// What the style follows from.
    pub async fn log(&self, style: StyleId) -> RatingLog {
        self.get(&format!("/styles/{style}/log"))
            .await
            .expect("the log is there")
    }

    /// The picture's bytes and what the server calls them.
    pub async fn bytes(&self, image: ImageId) -> (String, Vec<u8>) {
        let request = self.request(Method::GET, &format!("/images/{image}/bytes"));
        let answer = request.send().await.expect("the server answers");
        assert_eq!(answer.status(), 200);
        let kind = answer.headers()[header::CONTENT_TYPE]
            .to_str()
            .expect("text")
            .to_owned();
        (
            kind,
            answer.bytes().await.expect("the body arrives").to_vec(),
        )
    }

    /// Waits until every rating of the style is learned from, and none that was taken back.
    pub async fn learned(&self, style: StyleId) -> StyleView {
        wait::until("every rating is learned from", async || {
            let path = format!("/styles/{style}");
            let view: StyleView = self.get(&path).await.map_err(|r| r.to_string())?;
            let is_replayed = view.replay.as_ref().is_none_or(|r| r.done.is_some());
            if view.waiting == 0 && view.belief.is_some() && is_replayed {
                Ok(view)
            } else {
                Err(format!(
                    "{} wait, version {:?}, {:?}",
                    view.waiting, view.card.version, view.replay
                ))
            }
        })
        .await
    }

    /// All pictures of a style, newest first, page after page.
    pub async fn pictures(&self, style: StyleId) -> Vec<ImageCard> {
        let mut all = Vec::new();
        let mut after = String::new();
        loop {
            let path = format!("/images?style={style}&limit=7{after}");
            let page: Page<ImageCard> = self.get(&path).await.expect("the pictures are listed");
            all.extend(page.items);
            match page.next {
                Some(cursor) => after = format!("&after={cursor}"),
                None => return all,
            }
        }
    }
}

/// A rating under a new id, as a page makes it before it sends it.
pub fn rating(stars: Option<u8>) -> RateImage {
    let stars = stars.map(|stars| Stars::new(stars).expect("1 to 5"));
    RateImage {
        id: RatingId(Uuid::new_v4()),
        stars,
        replaces: None,
        hint: None,
        have: Vec::new(),
    }
}
