//! Every step of the schema can be taken back, and taken again.

use anyhow::Result;
use migration::Migrator;
use sea_orm_migration::{MigratorTrait as _, sea_orm};
use sqlx::PgPool;
use tests::database::Database;

#[tokio::test(flavor = "multi_thread")]
async fn the_schema_goes_up_down_and_up_again() -> Result<()> {
    let database = Database::start().await?;
    let migrator = sea_orm::Database::connect(database.url()).await?;
    let whole = schema(&database.pool).await?;
    assert!(
        whole.iter().any(|line| line.starts_with("ratings.stars")),
        "{whole:#?}"
    );

    Migrator::down(&migrator, None).await?;
    let left = schema(&database.pool).await?;
    assert_eq!(
        left,
        Vec::<String>::new(),
        "a step down leaves something behind"
    );

    Migrator::up(&migrator, None).await?;
    assert_eq!(schema(&database.pool).await?, whole);
    migrator.close().await?;
    Ok(())
}

/// Columns, indexes and constraints of our tables, as Postgres itself tells them.
async fn schema(pool: &PgPool) -> Result<Vec<String>> {
    let sql = "
        select table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable
            || ' ' || coalesce(column_default, '')
        from information_schema.columns
        where table_schema = 'public' and table_name <> 'seaql_migrations'
        union all
        select indexdef from pg_indexes
        where schemaname = 'public' and tablename <> 'seaql_migrations'
        union all
        select conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid)
        from pg_constraint
        where connamespace = 'public'::regnamespace
            and conrelid <> 'seaql_migrations'::regclass
        order by 1";
    Ok(sqlx::query_scalar(sql).fetch_all(pool).await?)
}
