//! `entity/src` is what the migrated schema says it is. `ATELIER_BLESS=1` rewrites it.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context as _, Result, ensure};
use sea_orm_codegen::{
    BannerVersion, BigIntegerType, DateTimeCrate, EntityFormat, EntityTransformer,
    EntityWriterContext, WithPrelude, WithSerde,
};
use sea_schema::postgres::discovery::SchemaDiscovery;
use sqlx::PgPool;
use tests::database::Database;

#[tokio::test(flavor = "multi_thread")]
async fn the_entities_are_those_of_the_migrated_schema() -> Result<()> {
    let database = Database::start().await?;
    let generated = formatted(&generate(database.pool.clone()).await?)?;
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../entity/src");
    if std::env::var_os("ATELIER_BLESS").is_some() {
        fs::remove_dir_all(&folder)?;
        fs::create_dir_all(&folder)?;
        for (name, content) in &generated {
            fs::write(folder.join(name), content)?;
        }
    }
    let committed = read_folder(&folder)?;
    let names = |files: &BTreeMap<String, String>| files.keys().cloned().collect::<Vec<_>>();
    assert_eq!(
        names(&committed),
        names(&generated),
        "run `cargo xtask bless`"
    );
    for (name, content) in generated {
        assert_eq!(
            committed[&name], content,
            "entity/src/{name}: run `cargo xtask bless`"
        );
    }
    Ok(())
}

async fn generate(pool: PgPool) -> Result<BTreeMap<String, String>> {
    let schema = SchemaDiscovery::new(pool, "public").discover().await?;
    let ours = schema
        .tables
        .into_iter()
        .filter(|table| table.info.name != "seaql_migrations");
    let tables = ours.map(|mut table| {
        // A unique index over some of the rows says nothing about a column.
        table
            .unique_constraints
            .retain(|constraint| !constraint.is_partial);
        table.write()
    });
    let context = EntityWriterContext::new(
        EntityFormat::Compact,
        WithPrelude::None,
        WithSerde::None,
        false, // copy enums
        DateTimeCrate::Time,
        BigIntegerType::I64,
        None, // schema name
        true, // lib.rs, not mod.rs
        false,
        false,
        vec![],
        vec![],
        vec![],
        vec![],
        vec![],
        false, // seaography
        true,  // ActiveModelBehavior
        BannerVersion::Major,
    );
    let output = EntityTransformer::transform(tables.collect())?.generate(&context);
    Ok(output
        .files
        .into_iter()
        .map(|file| (file.name, file.content))
        .collect())
}

/// As `cargo fmt` leaves them, or the format check and this test would never agree.
fn formatted(files: &BTreeMap<String, String>) -> Result<BTreeMap<String, String>> {
    let folder = tempfile::tempdir()?;
    let paths: Vec<PathBuf> = files.keys().map(|name| folder.path().join(name)).collect();
    for (path, content) in paths.iter().zip(files.values()) {
        fs::write(path, content)?;
    }
    let settings = concat!(env!("CARGO_MANIFEST_DIR"), "/../rustfmt.toml");
    let rustfmt = Command::new("rustfmt")
        .args(["--edition", "2024", "--config-path", settings])
        .args(&paths)
        .status()
        .context("rustfmt does not start: `rustup component add rustfmt`")?;
    ensure!(rustfmt.success(), "rustfmt failed");
    read_folder(folder.path())
}

fn read_folder(folder: &Path) -> Result<BTreeMap<String, String>> {
    let mut files = BTreeMap::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        files.insert(name, fs::read_to_string(entry.path())?);
    }
    Ok(files)
}
