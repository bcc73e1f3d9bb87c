//! Stories about one artist and one style.

use super::*;
use uuid::Uuid;
use wire::{
    ids::{BlobHash, StyleId},
    image::Provenance,
    mix::Mix,
    stamp::UnixMs,
};

fn id(n: u128) -> ImageId {
    ImageId(Uuid::from_u128(n))
}

fn rating(n: u128) -> RatingId {
    RatingId(Uuid::from_u128(n))
}

fn card(n: u128) -> ImageCard {
    ImageCard {
        id: id(n),
        style: StyleId(Uuid::nil()),
        prompt: "a lake at dawn".into(),
        mix: Mix::NEUTRAL,
        width: 512,
        height: 512,
        provenance: Provenance {
            drawing: None,
            version: 1,
            policy: BlobHash::from_bytes([0; 32]),
            seed: 0,
            engine: "sketch 1".into(),
            taxonomy: 1,
        },
        rating: None,
        made_ms: UnixMs(0),
    }
}

fn showing(queue: &RatingQueue) -> Option<ImageId> {
    queue.showing().map(|card| card.id)
}

fn stars(n: u8) -> Option<Stars> {
    Stars::new(n).ok()
}

/// The picture of that number got two stars, in the rating of that number.
fn logged(n: u128) -> HistoryPoint {
    HistoryPoint {
        rating: rating(n),
        image: id(n),
        stars: Stars::new(2).unwrap(),
        hint: None,
        predicted: None,
        repeats: None,
        after_reveal: false,
        learned_in: None,
        rated_ms: UnixMs(0),
    }
}

#[test]
fn an_answer_shows_the_loaded_picture_at_once() {
    let mut queue = RatingQueue::open(0, &[], vec![card(1), card(2)]);
    queue.decoded(id(2));
    assert_eq!(showing(&queue), Some(id(1)));

    let answered = queue.answer(rating(1), stars(4)).unwrap();
    assert_eq!(answered.id, id(1));
    assert_eq!(showing(&queue), Some(id(2)));
    assert_eq!(queue.stars(), [Stars::new(4).unwrap()]);
}

#[test]
fn a_picture_that_is_still_loading_is_not_shown_before_it_is_there() {
    let mut queue = RatingQueue::open(0, &[], vec![card(1), card(2)]);
    queue.answer(rating(1), None);
    assert_eq!(showing(&queue), None);
    queue.decoded(id(2));
    assert_eq!(showing(&queue), Some(id(2)));
    assert!(queue.stars().is_empty(), "a skip has no stars");
}

#[test]
fn with_nothing_on_the_screen_a_key_rates_nothing() {
    let mut queue = RatingQueue::open(0, &[], vec![]);
    assert_eq!(queue.answer(rating(1), stars(5)), None);
    assert_eq!(queue.last(), None);
}

#[test]
fn the_same_picture_announced_twice_is_shown_once() {
    let mut queue = RatingQueue::open(0, &[], vec![card(1)]);
    for _ in 0..2 {
        queue.arrive(card(1));
        queue.arrive(card(2));
    }
    assert_eq!(queue.have(), [id(1), id(2)]);
    queue.answer(rating(1), stars(3));
    queue.arrive(card(1));
    let here: Vec<ImageId> = queue.pictures().iter().map(|card| card.id).collect();
    assert_eq!(here, [id(2)], "an answered picture does not come back");
}

#[test]
fn undo_returns_the_picture_and_keeps_the_one_it_interrupts() {
    let mut queue = RatingQueue::open(0, &[], vec![card(1), card(2)]);
    queue.decoded(id(2));
    queue.answer(rating(1), stars(1));
    assert_eq!(queue.last().unwrap().rating, rating(1));

    assert!(queue.undone(rating(1)));
    assert_eq!(showing(&queue), Some(id(1)));
    assert_eq!(queue.last(), None);
    queue.answer(rating(2), stars(5));
    assert_eq!(showing(&queue), Some(id(2)), "no wait for what was loaded");
}

#[test]
fn undo_after_a_reload_knows_the_rating_but_not_the_picture() {
    let mut queue = RatingQueue::open(1_201, &[logged(9)], vec![card(1)]);
    assert!(queue.last().unwrap().stored);
    assert_eq!(
        queue.ratings(),
        1_201,
        "the log that comes with the page is not all of it"
    );
    assert!(!queue.undone(rating(9)));
    assert_eq!(queue.ratings(), 1_200);
    queue.show_again(card(9));
    assert_eq!(queue.have(), [id(9), id(1)]);
}

#[test]
fn clicks_kept_by_an_earlier_page_are_not_asked_for_again() {
    let mut queue = RatingQueue::open(0, &[], vec![card(1), card(2)]);
    queue.decoded(id(2));
    for _ in 0..2 {
        queue.set_aside(&[id(1)]);
    }
    assert_eq!(showing(&queue), Some(id(2)));
    queue.arrive(card(1));
    assert_eq!(queue.have(), [id(2), id(1)]);
}

#[test]
fn undo_after_a_reload_begins_with_what_the_server_does_not_have_yet() {
    let mut queue = RatingQueue::open(0, &[], vec![card(1)]);
    for _ in 0..2 {
        queue.restore(rating(1), id(1), stars(4));
    }
    assert_eq!(showing(&queue), None);
    let last = queue.last().map(|last| (last.rating, last.stored));
    assert_eq!(last, Some((rating(1), false)));
    assert_eq!(queue.stars().len(), 1);
    assert!(!queue.undone(rating(1)), "its picture has to be asked for");
    queue.show_again(card(1));
    assert_eq!(showing(&queue), Some(id(1)));
}

#[test]
fn what_was_taken_back_elsewhere_can_be_shown_again() {
    let mut queue = RatingQueue::open(0, &[], vec![card(1), card(2)]);
    queue.answer(rating(1), stars(5));
    queue.stored(rating(1));
    queue.restore(rating(3), id(3), stars(4));
    queue.stored(rating(3));
    let acknowledged = queue.acknowledged();
    queue.decoded(id(2));
    queue.answer(rating(2), stars(3));
    queue.stored(rating(2));
    // The log was read before the second one arrived.
    queue.reconcile(&acknowledged, &[]);
    assert_eq!(queue.last().map(|last| last.rating), Some(rating(2)));
    queue.arrive(card(1));
    queue.arrive(card(2));
    queue.arrive(card(3));
    queue.decoded(id(1));
    assert_eq!(showing(&queue), Some(id(1)));
    assert_eq!(queue.have(), [id(1), id(3)]);
}

#[test]
fn what_was_rated_in_another_window_leaves_the_desk_and_stands_where_it_was_given() {
    let waiting = vec![card(2), card(3), card(4)];
    let mut queue = RatingQueue::open(1, &[logged(1)], waiting);
    for n in [3, 4] {
        queue.decoded(id(n));
    }
    queue.answer(rating(5), stars(3));
    assert_eq!(showing(&queue), Some(id(3)));
    queue.adopt(&[logged(1), logged(3)]);
    assert_eq!(showing(&queue), Some(id(4)));
    assert_eq!(queue.ratings(), 3);
    assert_eq!(queue.last().map(|last| last.rating), Some(rating(5)));
    assert!(queue.knows(rating(3)));

    // What is taken back here is no news from elsewhere, however late the log is read.
    assert!(!queue.undone(rating(3)));
    queue.show_again(card(3));
    queue.adopt(&[logged(1), logged(3)]);
    assert_eq!(showing(&queue), Some(id(3)));
    assert_eq!(queue.ratings(), 2);
}

#[test]
fn a_rating_that_was_undone_before_it_came_leaves_its_picture_to_rate() {
    let mut queue = RatingQueue::open(0, &[], vec![card(1)]);
    queue.answer(rating(1), stars(5));
    queue.forgotten(rating(1));
    queue.arrive(card(1));
    queue.decoded(id(1));
    assert_eq!(showing(&queue), Some(id(1)));
}

#[test]
fn a_click_the_server_refuses_leaves_the_log() {
    let mut queue = RatingQueue::open(0, &[], vec![card(1)]);
    queue.answer(rating(1), stars(5));
    queue.dropped(rating(1));
    assert!(queue.stars().is_empty());
    queue.arrive(card(1));
    assert_eq!(
        showing(&queue),
        None,
        "it has a rating, from another window"
    );
}

#[test]
fn a_picture_that_cannot_be_read_blocks_nothing_and_is_not_sent_again() {
    let mut queue = RatingQueue::open(0, &[], vec![card(1), card(2), card(3)]);
    queue.set_aside(&[id(2)]);
    queue.decoded(id(3));
    queue.answer(rating(1), stars(3));
    assert_eq!(showing(&queue), Some(id(3)));
    assert!(queue.have().contains(&id(2)));
    queue.arrive(card(2));
    assert_eq!(queue.pictures(), [card(3)]);
}

#[test]
fn the_picture_on_the_screen_makes_room_until_it_can_be_loaded() {
    let mut queue = RatingQueue::open(0, &[], vec![card(1), card(2)]);
    queue.decoded(id(2));
    queue.failed(id(1));
    assert_eq!(showing(&queue), Some(id(2)));
    queue.decoded(id(1));
    queue.answer(rating(1), stars(3));
    assert_eq!(showing(&queue), Some(id(1)));

    queue.failed(id(1));
    assert_eq!(queue.answer(rating(2), stars(5)), None, "nobody saw it");
}

#[test]
fn the_server_need_not_send_what_was_answered_but_has_not_arrived() {
    let mut queue = RatingQueue::open(0, &[], vec![card(1)]);
    queue.answer(rating(1), stars(3));
    assert_eq!(queue.have(), [id(1)]);
    queue.stored(rating(1));
    assert!(queue.have().is_empty());
}

#[test]
fn a_page_never_says_that_it_has_more_than_the_server_reads() {
    let mut queue = RatingQueue::open(0, &[], vec![card(1)]);
    let many: Vec<ImageId> = (100..200).map(id).collect();
    queue.set_aside(&many);
    assert_eq!(queue.have().len(), HAVE_MAX);
    assert_eq!(queue.have()[..2], [id(1), id(199)]);
}

#[test]
fn an_acknowledged_rating_is_known_to_be_stored() {
    let mut queue = RatingQueue::open(0, &[], vec![card(1)]);
    queue.answer(rating(1), stars(3));
    assert!(!queue.last().unwrap().stored);
    queue.stored(rating(1));
    assert!(queue.last().unwrap().stored);
}
