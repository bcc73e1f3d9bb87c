//! A newer program meets styles whose versions an older one stored, in a layout it does not read.

use std::fs;

use sha2::{Digest as _, Sha256};
use tests::Stack;
use wire::ids::{PolicyHash, StyleId};

/// The newer program starts: its worker has only what is stored, and that is in the layout before.
async fn upgrade(stack: &mut Stack, style: StyleId) {
    stack.workers[0].kill().expect("the worker is killed");
    let versions = "select number, policy from versions where style_id = $1";
    let versions: Vec<(i32, Vec<u8>)> = sqlx::query_as(versions)
        .bind(style.0)
        .fetch_all(&stack.database.pool)
        .await
        .expect("the versions are listed");
    for (number, policy) in versions {
        let older = store_in_layout_before(stack, &policy);
        sqlx::query("update versions set policy = $3 where style_id = $1 and number = $2")
            .bind(style.0)
            .bind(number)
            .bind(older.as_bytes().to_vec())
            .execute(&stack.database.pool)
            .await
            .expect("the version has another policy");
    }
    stack.workers[0].start().expect("the worker starts again");
}

fn store_in_layout_before(stack: &Stack, policy: &[u8]) -> PolicyHash {
    let path = |hash: PolicyHash| {
        let digits = hash.to_string();
        stack.blobs().join(&digits[..2]).join(&digits[2..])
    };
    let policy = PolicyHash::from_bytes(policy.try_into().expect("a hash"));
    let mut snapshot = fs::read(path(policy)).expect("the snapshot is stored");
    // Four bytes that say what it is, then the layout.
    let layout = u16::from_le_bytes([snapshot[4], snapshot[5]]);
    snapshot[4..6].copy_from_slice(&(layout - 1).to_le_bytes());
    let older = PolicyHash::from_bytes(Sha256::digest(&snapshot).into());
    fs::create_dir_all(path(older).parent().expect("a folder")).expect("the folder is made");
    fs::write(path(older), snapshot).expect("the snapshot is stored");
    older
}

#[tokio::test(flavor = "multi_thread")]
async fn a_style_of_an_older_program_is_learned_anew_and_goes_on_with_all_its_ratings() {
    let mut stack = Stack::start().await;
    let ana = stack.artist("ana").await;
    let style = ana.create_style("Dawn", &["a lake at dawn"]).await;
    let mut rated = Vec::new();
    for stars in [5, 1, 4] {
        let picture = ana.next(style, &[]).await.id;
        ana.rate(picture, stars).await;
        rated.push(picture);
    }
    ana.learned(style).await;
    // Both are painted, so that the update is the first to meet the older version.
    let picture = ana.next(style, &[]).await.id;
    ana.next(style, &[picture]).await;
    upgrade(&mut stack, style).await;

    ana.rate(picture, 2).await;
    let view = stack.is_its_log(&ana, style, &[5, 1, 4, 2]).await;
    assert_eq!(view.trouble, None);
    let done = view.replay.and_then(|replay| replay.done);
    assert!(done.is_some_and(|done| done.verified), "{done:?}");
    let next = ana.next(style, &[]).await;
    ana.rate(next.id, 3).await;

    // What is taken back from before the upgrade is confirmed as ever.
    ana.undo(rated[1]).await.expect("any rating can be undone");
    let view = stack.is_its_log(&ana, style, &[5, 4, 2, 3]).await;
    let done = view.replay.and_then(|replay| replay.done);
    assert!(done.is_some_and(|done| done.verified), "{done:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_style_of_an_older_program_without_ratings_paints_again() {
    let mut stack = Stack::start().await;
    let ana = stack.artist("ana").await;
    let style = ana.create_style("Dawn", &["a lake at dawn"]).await;
    let first = ana.next(style, &[]).await.id;
    let second = ana.next(style, &[first]).await.id;
    upgrade(&mut stack, style).await;

    // Nobody rates: the picture that is asked for next is the first to meet the older version.
    ana.skip(first).await;
    ana.next(style, &[first, second]).await;
    let view = stack.is_its_log(&ana, style, &[]).await;
    assert_eq!(view.trouble, None);
}
