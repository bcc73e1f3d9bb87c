//! What happens in the middle of a replay: its worker dies, or the log changes once more.

use tests::{Person, Stack};
use wire::ids::{ImageId, RatingId, StyleId};

/// A style with ratings, one of which is changed again and again.
struct Changing {
    style: StyleId,
    pictures: Vec<ImageId>,
    rating: RatingId,
    stars: u8,
}

impl Changing {
    async fn begin(ana: &Person) -> Self {
        let style = ana.create_style("Dawn", &["a lake at dawn"]).await;
        let mut pictures = Vec::new();
        let mut ratings = Vec::new();
        for stars in [5, 1, 4, 2] {
            let picture = ana.next(style, &[]).await.id;
            ratings.push(ana.rate(picture, stars).await.rating.id);
            pictures.push(picture);
        }
        ana.learned(style).await;
        Self {
            style,
            pictures,
            rating: ratings[1],
            stars: 1,
        }
    }

    async fn change(&mut self, ana: &Person) {
        self.stars = self.stars % 5 + 1;
        let change = ana.change(self.pictures[1], self.rating, Some(self.stars));
        self.rating = change.await.id;
    }

    /// Changes the rating until the first worker is stopped in the middle of the replay.
    async fn freeze_in_replay(&mut self, stack: &mut Stack, ana: &Person) -> uuid::Uuid {
        for _ in 0..100 {
            self.change(ana).await;
            if let Some(job) = running(stack, self.style).await {
                stack.workers[0].freeze().expect("the worker is stopped");
                if super::workers::is_still_running(stack, job).await {
                    return job;
                }
                stack.workers[0].thaw().expect("the worker goes on");
            }
            ana.learned(self.style).await;
        }
        panic!("in a hundred rounds no replay was caught while a worker had it");
    }
}

/// The style's update that runs; looked for without a pause, since updates are short.
async fn running(stack: &Stack, style: StyleId) -> Option<uuid::Uuid> {
    let sql = "select id, state from jobs where style_id = $1 and kind = 'learn_from_ratings'
        and state in ('queued', 'running')";
    loop {
        let jobs = sqlx::query_as(sql)
            .bind(style.0)
            .fetch_all(&stack.database.pool)
            .await;
        let jobs: Vec<(uuid::Uuid, String)> = jobs.expect("the jobs are listed");
        match jobs.iter().find(|(_, state)| state == "running") {
            Some((job, _)) => return Some(*job),
            None if jobs.is_empty() => return None,
            None => {}
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_replay_whose_worker_dies_is_made_by_another_and_is_right() {
    let mut stack = Stack::start().await;
    let ana = stack.artist("ana").await;
    let mut changing = Changing::begin(&ana).await;
    changing.freeze_in_replay(&mut stack, &ana).await;
    stack.workers[0].kill().expect("the worker is killed");
    stack.workers[0].start().expect("the worker starts again");

    let stars = [5, changing.stars, 4, 2];
    let view = stack.is_its_log(&ana, changing.style, &stars).await;
    let done = view.replay.and_then(|replay| replay.done);
    assert!(done.is_some_and(|done| done.verified), "{done:?}");
    assert_eq!(view.trouble, None);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_replay_of_a_log_that_changed_again_is_dropped() {
    let mut stack = Stack::start().await;
    let ana = stack.artist("ana").await;
    let mut changing = Changing::begin(&ana).await;
    let job = changing.freeze_in_replay(&mut stack, &ana).await;
    let undone = ana.undo(changing.pictures[0]).await;
    let undone = undone.expect("also while the style is learning");
    assert_ne!(undone.replay.map(|job| job.0), Some(job));
    stack.workers[0].thaw().expect("the worker goes on");

    let stars = [changing.stars, 4, 2];
    let view = stack.is_its_log(&ana, changing.style, &stars).await;
    assert_eq!(view.replay.map(|replay| replay.job), undone.replay);
    let dropped = "select count(*) from jobs where id = $1 and state = 'cancelled'";
    assert_eq!(stack.database.number(dropped, job).await, 1);
}
