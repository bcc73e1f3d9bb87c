//! Real servers: what was written is there after a stop and a start, and strangers stay outside.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use async_nats::jetstream;
use sea_orm::{ConnectionTrait as _, Database, DbBackend, Statement};
use services::nats::Nats;
use services::postgres::{Cluster, Durability};

#[tokio::test]
async fn both_start_at_once_and_remember_what_they_were_told() {
    let data = open_folder();
    let (mut cluster, mut nats) = start_both(data.path(), None).await;
    run(&cluster, "create table likes (what text)").await;
    run(&cluster, "insert into likes values ('warm')").await;
    publish(&nats, "warm").await;

    let nats_port = nats.port();
    cluster.stop().unwrap();
    nats.stop().unwrap();
    let (cluster, nats) = start_both(data.path(), Some(nats_port)).await;

    assert_eq!(ask(&cluster, "select what from likes").await, "warm");
    assert_eq!(first_message(&nats).await, "warm");
}

#[tokio::test]
async fn a_killed_cluster_comes_back_with_what_was_committed() {
    let data = open_folder();
    let mut cluster = Cluster::start(data.path(), Durability::Safe, None).unwrap();
    run(&cluster, "create table likes as select 'painterly' as what").await;
    cluster.kill().unwrap();
    let cluster = Cluster::start(data.path(), Durability::Safe, None).unwrap();
    assert_eq!(ask(&cluster, "select what from likes").await, "painterly");
}

#[tokio::test]
async fn nobody_comes_in_without_the_password() {
    let data = open_folder();
    let cluster = Cluster::start(data.path(), Durability::Fast, None).unwrap();
    let wrong = format!(
        "postgres://atelier:wrong@127.0.0.1:{}/atelier",
        cluster.port()
    );
    assert!(Database::connect(wrong).await.is_err());
}

#[test]
fn a_cluster_of_another_major_version_is_refused_by_name() {
    let data = open_folder();
    let folder = data.path().join("postgres");
    std::fs::create_dir(&folder).unwrap();
    std::fs::write(folder.join("PG_VERSION"), "9\n").unwrap();
    let error = Cluster::start(data.path(), Durability::Fast, None)
        .unwrap_err()
        .to_string();
    assert!(
        error.contains("made by postgres 9") && error.contains("install postgres 9"),
        "{error}"
    );
}

#[tokio::test]
async fn a_data_folder_closed_to_others_works_too() {
    let permissions = std::fs::Permissions::from_mode(0o700);
    let closed = tempfile::Builder::new()
        .permissions(permissions)
        .tempdir()
        .unwrap();
    let data = closed.path().join("data");
    let cluster = Cluster::start(&data, Durability::Fast, None).unwrap();
    assert_eq!(ask(&cluster, "select 'here'").await, "here");
    drop(cluster);
    // Root's cluster went elsewhere; it is ours to remove.
    if let Ok(elsewhere) = data.join("postgres").read_link() {
        std::fs::remove_dir_all(elsewhere).unwrap();
    }
}

#[tokio::test]
async fn a_temporary_cluster_leaves_nothing_behind() {
    let cluster = Cluster::temporary().unwrap();
    let folder = ask(&cluster, "show data_directory").await;
    assert!(Path::new(&folder).exists());
    drop(cluster);
    assert!(!Path::new(&folder).exists());
}

/// A folder that another user may pass through, as a data folder outside root's home is.
fn open_folder() -> tempfile::TempDir {
    let permissions = std::fs::Permissions::from_mode(0o711);
    tempfile::Builder::new()
        .permissions(permissions)
        .tempdir()
        .unwrap()
}

async fn start_both(data: &Path, nats_port: Option<u16>) -> (Cluster, Nats) {
    let (for_cluster, for_nats) = (data.to_owned(), data.join("nats"));
    let cluster = tokio::task::spawn_blocking(move || {
        Cluster::start(&for_cluster, Durability::Fast, None).unwrap()
    });
    let nats = tokio::task::spawn_blocking(move || Nats::start(&for_nats, nats_port).unwrap());
    (cluster.await.unwrap(), nats.await.unwrap())
}

async fn run(cluster: &Cluster, statement: &str) {
    let db = Database::connect(cluster.url("atelier")).await.unwrap();
    db.execute_unprepared(statement).await.unwrap();
}

async fn ask(cluster: &Cluster, query: &str) -> String {
    let db = Database::connect(cluster.url("atelier")).await.unwrap();
    let statement = Statement::from_string(DbBackend::Postgres, query);
    db.query_one_raw(statement)
        .await
        .unwrap()
        .unwrap()
        .try_get_by_index(0)
        .unwrap()
}

async fn stream(nats: &Nats) -> jetstream::stream::Stream {
    let client = async_nats::connect(nats.url()).await.unwrap();
    let config = jetstream::stream::Config {
        name: "LIKES".into(),
        subjects: vec!["likes".into()],
        ..Default::default()
    };
    jetstream::new(client)
        .get_or_create_stream(config)
        .await
        .unwrap()
}

async fn publish(nats: &Nats, text: &'static str) {
    stream(nats).await;
    let client = async_nats::connect(nats.url()).await.unwrap();
    jetstream::new(client)
        .publish("likes", text.into())
        .await
        .unwrap()
        .await
        .unwrap();
}

async fn first_message(nats: &Nats) -> String {
    let message = stream(nats).await.get_raw_message(1).await.unwrap();
    String::from_utf8(message.payload.to_vec()).unwrap()
}
