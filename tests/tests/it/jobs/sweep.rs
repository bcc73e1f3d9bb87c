//! The sweep of blobs that no row points at, while rows are being written.

use std::{
    fs::{self, File},
    path::PathBuf,
    time::{Duration, SystemTime},
};

use tests::{Stack, wait};

#[tokio::test(flavor = "multi_thread")]
async fn a_blob_that_is_made_again_while_it_is_swept_stays() {
    let mut stack = Stack::start().await;
    let ana = stack.artist("ana").await;
    let style = ana.create_style("Dawn", &["a lake at dawn"]).await;
    ana.next(style, &[]).await;
    let [pointed_at, written_again, idle] = [0xa1, 0xb2, 0xc3].map(|byte| old_blob(&stack, byte));

    // An outcome found its blob in the store and is about to point at it.
    let mut outcome = stack.database.pool.begin().await.expect("a transaction");
    sqlx::query("select pg_advisory_xact_lock_shared(x'6174656c'::int, 6)")
        .execute(&mut *outcome)
        .await
        .expect("blobs are kept");
    stack.servers[0]
        .program
        .kill()
        .expect("the server is killed");
    stack.restart_server(0).await;
    // It has found all three by now, and no row that points at them.
    wait::until("the sweep looks for a gap", async || {
        let sql = "select count(*) from pg_stat_activity where $1::uuid is not null
            and datname = current_database() and state = 'idle in transaction'
            and query like '%as may_sweep'";
        match stack.database.number(sql, style.0).await {
            1 => Ok(()),
            count => Err(count),
        }
    })
    .await;
    File::options()
        .write(true)
        .open(&written_again)
        .and_then(|file| file.set_modified(SystemTime::now()))
        .expect("a worker writes it again");
    let sql = "insert into versions (style_id, number, policy, belief, insight, created_at)
        select style_id, 99, $2, belief, insight, created_at from versions where style_id = $1 limit 1";
    sqlx::query(sql)
        .bind(style.0)
        .bind(vec![0xa1_u8; 32])
        .execute(&mut *outcome)
        .await
        .expect("a row points at it");
    outcome.commit().await.expect("the outcome is settled");

    wait::until("the idle one is swept", async || {
        if idle.exists() {
            Err("it is there")
        } else {
            Ok(())
        }
    })
    .await;
    assert!(pointed_at.exists(), "a row points at nothing");
    assert!(written_again.exists(), "a worker's fresh blob is gone");
}

/// A blob of two hours ago that no row points at.
fn old_blob(stack: &Stack, byte: u8) -> PathBuf {
    let name = format!("{byte:02x}").repeat(32);
    let folder = stack.blobs().join(&name[..2]);
    fs::create_dir_all(&folder).expect("a folder");
    let path = folder.join(&name[2..]);
    fs::write(&path, "a blob").expect("a blob");
    let then = SystemTime::now() - Duration::from_hours(2);
    let file = File::options().write(true).open(&path);
    file.and_then(|file| file.set_modified(then))
        .expect("it is old");
    path
}
