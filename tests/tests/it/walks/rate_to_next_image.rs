//! From a key press to a new version and the next picture.

use serde_json::Value;
use sha2::{Digest as _, Sha256};
use sqlx::Row as _;
use tests::{
    Person, Stack,
    live::{Live, News},
    studio::rating,
};
use wire::{
    event::Event,
    ids::{ImageId, StyleId},
    image::ImageCard,
    learning::Belief,
    proposal::Proposal,
    taxonomy::TAXONOMY_VERSION,
};

#[tokio::test(flavor = "multi_thread")]
async fn a_rating_becomes_a_version_and_the_next_picture_is_its_own() {
    let stack = Stack::start().await;
    let ana = stack.artist("ana").await;
    let mut live = Live::open(&ana, None).await;

    let style = ana.create_style("Dawn", &["a lake at dawn"]).await;
    let (number, first) = next_move(&mut live).await;
    assert_eq!((first.version, first.rating, first.before), (0, None, None));

    let shown = ana.next(style, &[]).await;
    is_a_picture_of(&ana, &shown).await;
    assert_eq!(shown.prompt, "a lake at dawn");
    assert_eq!(shown.rating, None);
    let waiting = ana.next(style, &[shown.id]).await;
    assert_ne!(waiting.id, shown.id);

    let proposal = stored_proposal(&stack, shown.id).await;
    assert_eq!(proposal.mix, shown.mix);
    assert_eq!(proposal.policy, shown.provenance.policy);
    assert!(
        proposal.log_prob.iter().all(|p| p.is_finite() && *p != 0.0),
        "{proposal:?}"
    );
    assert_eq!(
        version_policy(&stack, style, 0).await,
        shown.provenance.policy.as_bytes()
    );

    let mut rate = rating(Some(5));
    rate.have = vec![shown.id];
    let saved = ana
        .answer(shown.id, &rate)
        .await
        .expect("the rating is taken");
    assert_eq!((saved.rating.position, saved.ratings), (1, 1));
    assert_eq!(saved.next.map(|card| card.id), Some(waiting.id));

    let (_, moved) = next_move(&mut live).await;
    assert_eq!((moved.version, moved.rating), (1, Some(rate.id)));
    assert_eq!(moved.before, Some(first.after));
    assert_ne!(moved.after, first.after);
    let made = live
        .find(|news| ready(news).filter(|card| card.provenance.version == 1))
        .await;
    let own = ana.next(style, &[waiting.id]).await;
    assert_eq!(own, made);
    assert_eq!(
        version_policy(&stack, style, 1).await,
        own.provenance.policy.as_bytes()
    );
    is_a_picture_of(&ana, &own).await;

    let view = ana.style(style).await;
    assert_eq!(
        (view.card.version, view.card.ratings, view.waiting),
        (Some(1), 1, 0)
    );
    assert_eq!(view.belief, Some(moved.after));
    assert_eq!(view.history[0].learned_in, Some(1));
    assert_eq!(view.card.cover, Some(shown.id));

    it_can_be_heard_again(&ana, number).await;
}

/// Whoever was away hears what happened meanwhile: all of it, in order, once.
async fn it_can_be_heard_again(ana: &Person, after: i64) {
    let mut again = Live::open(ana, Some(after)).await;
    let mut last = after;
    let mut heard = Vec::new();
    while heard.len() < 4 {
        let news = again.next().await.expect("the stream goes on");
        let Some(number) = news.number else { continue };
        assert_eq!(number, last + 1, "after {heard:?}");
        last = number;
        heard.push(match news.event {
            Event::ImageReady { image } => {
                format!("picture of version {}", image.provenance.version)
            }
            Event::PolicyMoved { version, .. } => format!("version {version}"),
            other => format!("{other:?}"),
        });
    }
    let told = [
        "picture of version 0",
        "picture of version 0",
        "version 1",
        "picture of version 1",
    ];
    assert_eq!(heard, told);
}

struct Move {
    version: u32,
    rating: Option<wire::ids::RatingId>,
    before: Option<Belief>,
    after: Belief,
}

async fn next_move(live: &mut Live) -> (i64, Move) {
    live.find(|news| match &news.event {
        Event::PolicyMoved {
            style: _,
            version,
            rating,
            before,
            after,
            insight: _,
        } => {
            let moved = Move {
                version: *version,
                rating: *rating,
                before: *before,
                after: *after,
            };
            Some((
                news.number.expect("a move is stored before it is told"),
                moved,
            ))
        }
        _ => None,
    })
    .await
}

fn ready(news: &News) -> Option<ImageCard> {
    match &news.event {
        Event::ImageReady { image } => Some(image.clone()),
        _ => None,
    }
}

async fn is_a_picture_of(person: &Person, card: &ImageCard) {
    let (kind, bytes) = person.bytes(card.id).await;
    assert_eq!(kind, "image/png");
    let mut reader = png::Decoder::new(std::io::Cursor::new(&bytes))
        .read_info()
        .expect("a PNG");
    assert_eq!(
        (reader.info().width, reader.info().height),
        (card.width, card.height)
    );
    let mut pixels = vec![0; reader.output_buffer_size().expect("it fits into memory")];
    reader.next_frame(&mut pixels).expect("a whole PNG");
    let colours: std::collections::HashSet<&[u8]> = pixels.chunks_exact(3).collect();
    assert!(
        colours.len() > 100,
        "{} colours make no picture",
        colours.len()
    );
    assert_eq!(card.provenance.taxonomy, TAXONOMY_VERSION);
}

/// As it stands in the row: what an honest update will need later.
async fn stored_proposal(stack: &Stack, image: ImageId) -> Proposal {
    let sql = "select proposal, blob, encode(blob, 'hex') as name, bytes from images where id = $1";
    let row = sqlx::query(sql)
        .bind(image.0)
        .fetch_one(&stack.database.pool)
        .await;
    let row = row.expect("the picture has a row");
    let (blob, name, bytes): (Vec<u8>, String, i64) =
        (row.get("blob"), row.get("name"), row.get("bytes"));
    let content = std::fs::read(stack.blobs().join(&name[..2]).join(&name[2..]));
    let content = content.expect("the picture has a blob");
    assert_eq!(Sha256::digest(&content)[..], blob[..]);
    assert_eq!(i64::try_from(content.len()), Ok(bytes));
    serde_json::from_value(row.get::<Value, _>("proposal")).expect("a proposal")
}

async fn version_policy(stack: &Stack, style: StyleId, number: i32) -> Vec<u8> {
    let sql = "select policy from versions where style_id = $1 and number = $2";
    let policy = sqlx::query_scalar(sql).bind(style.0).bind(number);
    policy
        .fetch_one(&stack.database.pool)
        .await
        .expect("the version has a row")
}
