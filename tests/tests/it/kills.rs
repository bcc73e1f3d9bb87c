//! Anything may die at any moment: every rating is kept, and every job counts once.

mod bus;
mod postgres;
mod replays;
mod server;
mod workers;

use std::collections::BTreeMap;

use tests::{Person, Stack};
use wire::{ids::StyleId, style::StyleView};

/// What must hold of a style whatever happened: each rating stands once in the log, each taught
/// one version unless its picture was shown again, each version but the first came of one rating, each picture of one job.
async fn nothing_is_lost_or_doubled(stack: &Stack, person: &Person, style: StyleId, ratings: u32) {
    let StyleView {
        card,
        history,
        waiting,
        trouble,
        ..
    } = person.learned(style).await;
    assert_eq!((card.ratings, waiting, trouble), (ratings, 0, None));
    assert_eq!(history.len(), ratings as usize);
    let lessons = history.iter().filter(|point| point.repeats.is_none());
    let learned: Vec<_> = lessons.map(|point| point.learned_in).collect();
    let taught = learned.len() as u32;
    assert_eq!(card.version, Some(taught));
    assert_eq!(learned, (1..=taught).map(Some).collect::<Vec<_>>());

    let number = async |sql| stack.database.number(sql, style.0).await;
    let versions = number("select count(*) from versions where style_id = $1").await;
    assert_eq!(versions, i64::from(taught) + 1);
    let gaps = "select coalesce(max(position), 0) - count(*) from ratings where style_id = $1";
    assert_eq!(number(gaps).await, 0);
    // In one look: the next picture may be finished at any moment.
    let painted_beside_jobs = "select
        (select count(*) from images where style_id = $1 and repeat_of is null)
        - (select count(*) from jobs where style_id = $1 and state = 'done'
            and kind = 'generate_image')";
    assert_eq!(number(painted_beside_jobs).await, 0);
}

/// How the jobs of a style stand, and on which attempt each is.
async fn jobs(stack: &Stack, style: StyleId) -> BTreeMap<(String, i32), i64> {
    let sql = "select state, attempt, count(*) from jobs where style_id = $1 group by 1, 2";
    let rows = sqlx::query_as::<_, (String, i32, i64)>(sql).bind(style.0);
    let rows = rows
        .fetch_all(&stack.database.pool)
        .await
        .expect("the jobs are counted");
    rows.into_iter()
        .map(|(state, attempt, count)| ((state, attempt), count))
        .collect()
}
