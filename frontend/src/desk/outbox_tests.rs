//! Stories about clicks that wait, in one tab and in two.

use super::*;
use uuid::Uuid;
use wire::problem::Problem;

const ANA: ArtistId = ArtistId(Uuid::from_u128(1));
const BEN: ArtistId = ArtistId(Uuid::from_u128(2));

fn id(n: u128) -> RatingId {
    RatingId(Uuid::from_u128(n))
}

fn click(n: u128, style: u128) -> Click {
    Click {
        id: id(n),
        artist: ANA,
        style: StyleId(Uuid::from_u128(style)),
        image: ImageId(Uuid::from_u128(n + 1_000)),
        stars: Stars::new(4).ok(),
        hint: None,
        sent: false,
        undo: false,
    }
}

fn put(outbox: &mut Outbox, click: Click) {
    let id = click.id;
    outbox.push(click);
    assert!(outbox.written(id, Place::Store));
}

fn fronts(outbox: &Outbox) -> Vec<u128> {
    let fronts = outbox.fronts(ANA);
    fronts.iter().map(|(c, _)| c.id.0.as_u128()).collect()
}

/// Every click that waits, in order.
fn all(outbox: &mut Outbox) -> Vec<u128> {
    let mut all = Vec::new();
    while let [next, ..] = fronts(outbox)[..] {
        all.push(next);
        outbox.remove(id(next));
    }
    all
}

#[test]
fn the_order_is_kept_per_style_and_no_style_waits_for_another() {
    let mut outbox = Outbox::default();
    for (n, style) in [(1, 7), (2, 7), (3, 8)] {
        put(&mut outbox, click(n, style));
    }
    assert_eq!(fronts(&outbox), [1, 3]);
    assert!(outbox.settle(id(1)));
    assert_eq!(fronts(&outbox), [2, 3]);
}

#[test]
fn a_click_leaves_only_once_it_is_written_down() {
    let mut outbox = Outbox::default();
    outbox.push(click(1, 7));
    put(&mut outbox, click(2, 7));
    assert!(
        fronts(&outbox).is_empty(),
        "the second must not overtake the first"
    );
    outbox.written(id(1), Place::Store);
    assert_eq!(fronts(&outbox), [1]);
}

#[test]
fn a_browser_that_keeps_nothing_still_sends() {
    let mut outbox = Outbox::default();
    outbox.push(click(1, 7));
    outbox.written(id(1), Place::Tab);
    assert_eq!(outbox.fronts(ANA), [(click(1, 7), Place::Tab)]);
}

#[test]
fn what_an_earlier_page_kept_goes_first_and_only_once() {
    let mut outbox = Outbox::default();
    put(&mut outbox, click(3, 7));
    outbox.adopt(vec![click(1, 7), click(3, 7)]);
    outbox.adopt(vec![click(1, 7), click(3, 7)]);
    assert_eq!(outbox.len(ANA), 2);
    assert_eq!(all(&mut outbox), [1, 3]);
}

#[test]
fn what_another_tab_keeps_later_stays_behind_what_it_kept_before() {
    let mut outbox = Outbox::default();
    put(&mut outbox, click(9, 7));
    outbox.adopt(vec![click(1, 7)]);
    outbox.adopt(vec![click(1, 7), click(9, 7), click(2, 7)]);
    assert_eq!(all(&mut outbox), [1, 9, 2]);
}

#[test]
fn what_this_tab_is_done_with_does_not_come_back_from_an_old_look_at_the_store() {
    let mut outbox = Outbox::default();
    put(&mut outbox, click(1, 7));
    assert!(outbox.settle(id(1)));
    outbox.adopt(vec![click(1, 7)]);
    assert!(fronts(&outbox).is_empty());
}

#[test]
fn a_click_that_never_left_this_tab_is_simply_gone() {
    let mut outbox = Outbox::default();
    outbox.push(click(1, 7));
    assert_eq!(outbox.take_back(id(1)), TakeBack::Done);
    assert!(!outbox.written(id(1), Place::Store), "it is gone");
    assert_eq!(outbox.take_back(id(1)), TakeBack::Arrived);
}

#[test]
fn a_click_that_other_tabs_can_see_is_taken_back_in_the_store() {
    let mut outbox = Outbox::default();
    put(&mut outbox, click(1, 7));
    assert!(matches!(outbox.take_back(id(1)), TakeBack::InStore(_)));
    assert_eq!(outbox.len(ANA), 0, "it is no answer any more");
    assert!(outbox.answers_to(click(1, 7).style).is_empty());
    assert_eq!(fronts(&outbox), [1], "but it may have left");
}

#[test]
fn a_click_taken_back_while_it_is_under_way_waits_to_be_undone() {
    let mut outbox = Outbox::default();
    outbox.push(click(1, 7));
    outbox.written(id(1), Place::Tab);
    assert!(outbox.begin(id(1), false).is_some_and(|click| click.sent));
    assert_eq!(outbox.take_back(id(1)), TakeBack::OnArrival);
    assert!(!outbox.settle(id(1)), "it has arrived, and is to be undone");
    assert_eq!(fronts(&outbox), [1]);
    outbox.remove(id(1));
    assert!(outbox.begin(id(1), false).is_none());
}

#[test]
fn another_tab_may_have_taken_a_click_back() {
    let mut outbox = Outbox::default();
    put(&mut outbox, click(1, 7));
    assert!(outbox.begin(id(1), true).is_some_and(|click| click.undo));
    assert!(!outbox.settle(id(1)));
}

#[test]
fn a_click_that_another_tab_sent_in_the_same_moment_is_undone_all_the_same() {
    let mut outbox = Outbox::default();
    put(&mut outbox, click(1, 7));
    let TakeBack::InStore(taken) = outbox.take_back(id(1)) else {
        panic!("it is in the store")
    };
    outbox.remove(id(1));
    outbox.undo_on_arrival(&taken);
    let [(click, Place::Store)] = &outbox.fronts(ANA)[..] else {
        panic!("it waits to be undone")
    };
    assert!(click.sent && click.undo);
}

#[test]
fn another_person_at_the_browser_sends_nothing_of_mine() {
    let mut outbox = Outbox::default();
    put(&mut outbox, click(1, 7));
    assert!(outbox.fronts(BEN).is_empty());
    assert_eq!(outbox.len(BEN), 0);
}

#[test]
fn a_click_kept_by_an_older_version_is_still_read() {
    let old = r#"{"id":"00000000-0000-0000-0000-000000000001",
        "artist":"00000000-0000-0000-0000-000000000001",
        "style":"00000000-0000-0000-0000-000000000007",
        "image":"00000000-0000-0000-0000-0000000003e9","stars":4}"#;
    assert_eq!(serde_json::from_str::<Click>(old).unwrap(), click(1, 7));
}

#[test]
fn only_a_click_that_will_never_be_taken_is_dropped() {
    let refused = |code| fate(&ApiError::Refused(Problem::new(code, "")));
    assert_eq!(fate(&ApiError::Offline), Fate::Later);
    for code in [
        Code::Internal,
        Code::Unavailable,
        Code::TooMany,
        Code::CrossSite,
        Code::NotAllowed,
    ] {
        assert_eq!(refused(code), Fate::Later, "{code:?}");
    }
    for code in [
        Code::RatingConflict,
        Code::AlreadyRated,
        Code::NotFound,
        Code::Invalid,
    ] {
        assert_eq!(refused(code), Fate::Drop, "{code:?}");
    }
    assert_eq!(refused(Code::NotLoggedIn), Fate::LogIn);
}

#[test]
fn waits_grow_and_stay_bearable() {
    let waits: Vec<i32> = (1..=8).map(wait_ms).collect();
    assert_eq!(
        waits,
        [500, 1_000, 2_000, 4_000, 8_000, 15_000, 15_000, 15_000]
    );
}
