//! Pictures in a list, one by one, and as bytes.

use reqwest::{Method, header};
use tests::{Stack, studio::rating};
use wire::{image::ImageCard, page::Page, problem::Code};

#[tokio::test(flavor = "multi_thread")]
async fn a_list_of_pictures_is_read_page_by_page_without_gaps() {
    let stack = Stack::start().await;
    let ana = stack.artist("ana").await;
    let style = ana.create_style("Dawn", &["a lake at dawn"]).await;
    let other = ana.create_style("Town", &["an old town"]).await;
    let mut rated = Vec::new();
    for stars in [Some(3), None, Some(5), Some(1)] {
        let picture = ana.next(style, &[]).await.id;
        ana.answer(picture, &rating(stars))
            .await
            .expect("the answer is taken");
        rated.push(picture);
    }
    ana.learned(style).await;
    let unseen = ana.next(style, &[]).await.id;
    let town = ana.next(other, &[]).await.id;

    let list = async |filter: &str| {
        let (mut found, mut after) = (Vec::new(), String::new());
        loop {
            let path = format!("/images?limit=2{filter}{after}");
            let page: Page<ImageCard> = ana.get(&path).await.expect("a page");
            assert!(page.items.len() <= 2);
            found.extend(page.items);
            match page.next {
                Some(next) => after = format!("&after={next}"),
                None => return found,
            }
        }
    };
    let all = list("").await;
    assert!(
        all.is_sorted_by(|a, b| a.made_ms >= b.made_ms),
        "newest first"
    );
    let ids = |cards: &[ImageCard]| cards.iter().map(|card| card.id).collect::<Vec<_>>();
    let mut unique = ids(&all);
    unique.sort_unstable();
    unique.dedup();
    assert_eq!(unique.len(), all.len(), "none twice");
    assert!(unique.contains(&town) && unique.contains(&unseen));

    let answered = list(&format!("&style={style}&rated=true")).await;
    assert_eq!(answered.len(), 4);
    for (id, stars) in rated.iter().zip([Some(3), None, Some(5), Some(1)]) {
        let card = answered
            .iter()
            .find(|card| card.id == *id)
            .expect("it was rated");
        let rating = card.rating.as_ref().expect("with its rating");
        assert_eq!(rating.stars.map(wire::rating::Stars::get), stars);
    }
    let open = list(&format!("&style={style}&rated=false")).await;
    assert!(
        open.iter()
            .all(|card| card.rating.is_none() && card.style == style)
    );
    assert!(ids(&open).contains(&unseen));

    for query in [
        "limit=0",
        "limit=101",
        "limit=x",
        "after=nonsense",
        "style=me",
        "rated=maybe",
    ] {
        let refused = ana
            .get::<Page<ImageCard>>(&format!("/images?{query}"))
            .await;
        let refused = refused.expect_err(query);
        assert!(refused.is(422, Code::Invalid), "{query}: {refused}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_picture_is_sent_once_and_belongs_to_one_person() {
    let stack = Stack::start().await;
    let ana = stack.artist("ana").await;
    let style = ana.create_style("Dawn", &["a lake at dawn"]).await;
    let picture = ana.next(style, &[]).await.id;
    let path = format!("/images/{picture}/bytes");
    let first = ana
        .request(Method::GET, &path)
        .send()
        .await
        .expect("an answer");
    let about = |name: header::HeaderName| {
        let value = first.headers().get(&name).expect("a header");
        value.to_str().expect("text").to_owned()
    };
    assert_eq!(about(header::CONTENT_TYPE), "image/png");
    assert_eq!(about(header::X_CONTENT_TYPE_OPTIONS), "nosniff");
    // Nobody on the way may keep it, only the artist's own browser.
    let kept = about(header::CACHE_CONTROL);
    assert!(
        kept.contains("private") && kept.contains("immutable"),
        "{kept}"
    );

    let again = ana
        .request(Method::GET, &path)
        .header(header::IF_NONE_MATCH, about(header::ETAG));
    let again = again.send().await.expect("an answer");
    assert_eq!(again.status(), 304);
    assert_eq!(again.bytes().await.expect("nothing").len(), 0);
    // Knowing the tag does not open it for others.
    let ben = stack.artist("ben").await;
    let stolen = ben
        .request(Method::GET, &path)
        .header(header::IF_NONE_MATCH, about(header::ETAG));
    assert_eq!(stolen.send().await.expect("an answer").status(), 404);
}
