//! Whoever leaves, leaves nothing behind.

use std::{
    fs::{self, File},
    path::{Path, PathBuf},
    time::{Duration, SystemTime},
};

use futures::StreamExt as _;
use tests::{Stack, hand::Hand, wait};
use wire::{
    account::Scope,
    job::{JobKind, StartAnswer},
    problem::Code,
    subject,
};

#[tokio::test(flavor = "multi_thread")]
async fn nothing_of_an_artist_is_left_after_they_delete_themselves() {
    let mut stack = Stack::start().await;
    let ben = stack.artist("ben").await;
    let kept = ben.create_style("Ben's", &["an old town"]).await;
    let bens = ben.next(kept, &[]).await.id;
    let ana = stack.artist("ana").await;
    let style = ana.create_style("Dawn", &["a lake at dawn"]).await;
    let picture = ana.next(style, &[]).await.id;
    ana.rate(picture, 5).await;
    ana.learned(style).await;
    ana.next(style, &[picture]).await;
    wait::until("nobody is painting any more", async || {
        let open = "select count(*) from jobs where $1::uuid is not null
            and state in ('queued', 'running', 'cancelling')";
        match stack.database.number(open, style.0).await {
            0 => Ok(()),
            open => Err(format!("{open} jobs are open")),
        }
    })
    .await;
    let script = ana.with_token(&ana.make_token(&[Scope::Read]).await.secret);
    let me = ana.me().await.expect("logged in").id;

    let wrong = serde_json::json!({"password": "not hers"});
    let request = ana.request(reqwest::Method::DELETE, "/me").json(&wrong);
    let refused = tests::people::read::<()>(request)
        .await
        .expect_err("not the password");
    assert!(refused.is(401, Code::WrongCredentials), "{refused}");
    let right = serde_json::json!({"password": ana.password});
    let request = ana.request(reqwest::Method::DELETE, "/me").json(&right);
    tests::people::read::<()>(request)
        .await
        .expect("the account is deleted");

    assert!(ana.me().await.expect_err("gone").is(401, Code::NotLoggedIn));
    assert!(
        script
            .get::<()>("/styles")
            .await
            .expect_err("gone")
            .is(401, Code::NotLoggedIn)
    );
    assert!(
        ana.log_in()
            .await
            .expect_err("gone")
            .is(401, Code::WrongCredentials)
    );
    for name in [
        me.to_string(),
        style.to_string(),
        picture.to_string(),
        ana.email.clone(),
    ] {
        assert_eq!(
            tables_that_mention(&stack, &name).await,
            Vec::<String>::new(),
            "{name}"
        );
    }

    // Two hours later the keeper finds what no row points at.
    let before = blobs(&stack.blobs());
    two_hours_pass(&before);
    stack.servers[0]
        .program
        .kill()
        .expect("the server is killed");
    stack.restart_server(0).await;
    let wanted = referenced(&stack).await;
    wait::until("only the blobs of others are left", async || {
        let left = blobs(&stack.blobs());
        if left.len() == wanted {
            Ok(())
        } else {
            Err(format!("{} of {wanted}", left.len()))
        }
    })
    .await;
    assert!(before.len() > wanted, "ana had blobs of her own");
    ben.bytes(bens).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_worker_that_paints_for_somebody_who_leaves_is_told_to_stop() {
    let stack = Stack::without_worker().await;
    let ana = stack.artist("ana").await;
    let style = ana.create_style("Dawn", &["a lake at dawn"]).await;
    let job = stack.queued(style, JobKind::LearnFromRatings, 1).await;
    let hand = Hand::join(&stack).await;
    let answer = hand.start(job, 1).await;
    assert!(matches!(answer, StartAnswer::Go { .. }), "{answer:?}");
    let cancels = hand.nats.subscribe(subject::cancel(job)).await;
    let mut cancels = cancels.expect("it listens");
    hand.nats.flush().await.expect("the bus heard of it");

    let right = serde_json::json!({"password": ana.password});
    let request = ana.request(reqwest::Method::DELETE, "/me").json(&right);
    let deleted = tests::people::read::<()>(request).await;
    deleted.expect("the account is deleted");
    let told = tokio::time::timeout(wait::PATIENCE, cancels.next()).await;
    told.expect("it works on, for nobody")
        .expect("the bus is there");
}

/// Every table in which a row holds that text anywhere.
async fn tables_that_mention(stack: &Stack, text: &str) -> Vec<String> {
    let pool = &stack.database.pool;
    let sql = "select table_name::text from information_schema.tables
        where table_schema = 'public' and table_type = 'BASE TABLE'";
    let tables: Vec<String> = sqlx::query_scalar(sql)
        .fetch_all(pool)
        .await
        .expect("the tables");
    let mut found = Vec::new();
    for table in tables {
        let sql = format!("select exists (select from {table} t where t::text ilike '%{text}%')");
        let is_there = sqlx::query_scalar(sqlx::AssertSqlSafe(sql))
            .fetch_one(pool)
            .await;
        if is_there.expect("a table is searched") {
            found.push(table);
        }
    }
    found
}

/// How many blobs rows point at.
async fn referenced(stack: &Stack) -> usize {
    let sql = "select count(*) from (select blob from images union select policy from images
        union select policy from versions) named";
    let count: i64 = sqlx::query_scalar(sql)
        .fetch_one(&stack.database.pool)
        .await
        .expect("a count");
    count as usize
}

fn blobs(folder: &Path) -> Vec<PathBuf> {
    let folders = fs::read_dir(folder)
        .expect("the blobs")
        .map(|entry| entry.expect("one").path());
    let files = folders
        .filter(|path| path.is_dir())
        .flat_map(|path| fs::read_dir(path).expect("it"));
    files.map(|entry| entry.expect("a blob").path()).collect()
}

fn two_hours_pass(blobs: &[PathBuf]) {
    let then = SystemTime::now() - Duration::from_hours(2);
    for blob in blobs {
        let file = File::options()
            .write(true)
            .open(blob)
            .expect("a blob is a file");
        file.set_modified(then).expect("its date is changed");
    }
}
