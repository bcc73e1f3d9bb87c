//! A database of the test's own, copied from a template that was migrated once.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result};
use sea_orm_migration::MigratorTrait as _;
use services::postgres::{Cluster, Durability};
use sha2::{Digest, Sha256};
use sqlx::{AssertSqlSafe, PgPool, postgres::PgPoolOptions};

/// One empty, migrated database. It is gone when this value is dropped.
#[derive(Debug)]
pub struct Database {
    /// The rows as they are.
    pub pool: PgPool,
    server: String,
    name: String,
    cluster: Option<Cluster>,
}

impl Database {
    /// In the cluster of `$ATELIER_TEST_POSTGRES` if there is one, else in one of its own.
    pub async fn start() -> Result<Self> {
        if let Ok(url) = std::env::var("ATELIER_TEST_POSTGRES") {
            let (server, _) = url
                .rsplit_once('/')
                .context("ATELIER_TEST_POSTGRES has no path")?;
            return Self::create(server, None).await;
        }
        let cluster = Cluster::temporary()?;
        Self::create(&server_of(&cluster)?, Some(cluster)).await
    }

    /// In a cluster of its own that loses nothing when it is killed.
    pub async fn start_own(folder: &Path) -> Result<Self> {
        let cluster = Cluster::start(folder, Durability::Safe, None)?;
        Self::create(&server_of(&cluster)?, Some(cluster)).await
    }

    /// Where the product connects to it.
    pub fn url(&self) -> String {
        format!("{}/{}", self.server, self.name)
    }

    /// The one number that the query gives, with `id` as `$1`.
    pub async fn number(&self, sql: &'static str, id: uuid::Uuid) -> i64 {
        let number = sqlx::query_scalar(sql).bind(id).fetch_one(&self.pool).await;
        number.unwrap_or_else(|error| panic!("{sql}: {error}"))
    }

    /// The cluster, if it is this test's alone.
    pub fn cluster(&mut self) -> &mut Cluster {
        self.cluster
            .as_mut()
            .expect("the plan asks for a Postgres of its own")
    }

    /// Puts a started cluster in the place of one that was killed.
    pub fn replace_cluster(&mut self, cluster: Cluster) {
        self.cluster = Some(cluster);
    }

    async fn create(server: &str, cluster: Option<Cluster>) -> Result<Self> {
        let name = format!("test_{}", uuid::Uuid::new_v4().simple());
        let admin = connect(&format!("{server}/postgres")).await?;
        // Tests run side by side: one makes the template, the others wait for it.
        sqlx::query("select pg_advisory_lock(20261124)")
            .execute(&admin)
            .await?;
        let template = template_name()?;
        let found = sqlx::query("select from pg_database where datname = $1")
            .bind(&template)
            .fetch_optional(&admin)
            .await?;
        if found.is_none() {
            make_template(&admin, server, &template).await?;
        }
        let copy = format!("create database {name} template {template}");
        sqlx::query(AssertSqlSafe(copy)).execute(&admin).await?;
        admin.close().await;
        let pool = PgPoolOptions::new()
            .max_connections(4)
            .connect_lazy(&format!("{server}/{name}"))?;
        Ok(Self {
            pool,
            server: server.into(),
            name,
            cluster,
        })
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        if self.cluster.is_some() {
            return;
        }
        // A runtime cannot be waited for from inside another, so this one has its own thread.
        let (server, name) = (self.server.clone(), self.name.clone());
        let dropped = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()?;
            runtime.block_on(async {
                let admin = connect(&format!("{server}/postgres")).await?;
                let command = format!("drop database {name} with (force)");
                sqlx::query(AssertSqlSafe(command)).execute(&admin).await?;
                anyhow::Ok(())
            })
        });
        if let Ok(Err(error)) = dropped.join() {
            eprintln!("the database {} stays behind: {error:#}", self.name);
        }
    }
}

/// Named after what the migrations say, so that a cluster that outlives a change of theirs gets a
/// new template.
fn template_name() -> Result<String> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../migration/src");
    let files: std::io::Result<BTreeMap<PathBuf, Vec<u8>>> = std::fs::read_dir(folder)?
        .map(|entry| entry.and_then(|entry| Ok((entry.path(), std::fs::read(entry.path())?))))
        .collect();
    let digest = files?.values().fold(Sha256::new(), Digest::chain_update);
    let digest = digest.finalize();
    Ok(format!(
        "atelier_template_{:02x}{:02x}{:02x}{:02x}",
        digest[0], digest[1], digest[2], digest[3]
    ))
}

/// Under another name until it is whole, so that a test that is killed leaves no half of one.
async fn make_template(admin: &PgPool, server: &str, template: &str) -> Result<()> {
    let raw = format!("{template}_raw");
    for command in [
        format!("drop database if exists {raw}"),
        format!("create database {raw}"),
    ] {
        sqlx::query(AssertSqlSafe(command)).execute(admin).await?;
    }
    let database = sea_orm_migration::sea_orm::Database::connect(format!("{server}/{raw}")).await?;
    migration::Migrator::up(&database, None).await?;
    database.close().await?;
    let rename = format!("alter database {raw} rename to {template}");
    sqlx::query(AssertSqlSafe(rename)).execute(admin).await?;
    Ok(())
}

/// One connection, which an advisory lock belongs to.
async fn connect(url: &str) -> Result<PgPool> {
    let pool = PgPoolOptions::new().max_connections(1).connect(url).await;
    pool.context("cannot reach the Postgres of the tests")
}

fn server_of(cluster: &Cluster) -> Result<String> {
    let url = cluster.url("postgres");
    let (server, _) = url.rsplit_once('/').context("a url has a path")?;
    Ok(server.to_owned())
}
