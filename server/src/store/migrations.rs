//! The schema itself: brought up to date, and looked at.

use std::sync::{Arc, OnceLock};

use migration::{Migrator, MigratorTrait as _};
use sea_orm::{DatabaseConnection, DbErr, TransactionTrait as _};

use super::locks::{self, Singleton};

/// Brings the schema up to date. Of replicas that start together one does it and the others wait.
pub async fn migrate(db: &DatabaseConnection) -> Result<(), DbErr> {
    let tx = db.begin().await?;
    locks::lock(&tx, Singleton::Migrations).await?;
    Migrator::up(db, None).await?;
    tx.commit().await
}

/// What was seen of the schema. It only ever moves forward, so what is there once is there for good.
#[derive(Clone, Debug, Default)]
pub struct Schema(Arc<OnceLock<()>>);

/// Whether no step is missing. Fails if the database is away.
pub async fn are_done(db: &DatabaseConnection, schema: &Schema) -> Result<bool, DbErr> {
    if schema.0.get().is_some() {
        return db.ping().await.map(|()| true);
    }
    let is_done = Migrator::get_pending_migrations_read_only(db)
        .await?
        .is_empty();
    if is_done {
        schema.0.get_or_init(|| ());
    }
    Ok(is_done)
}
