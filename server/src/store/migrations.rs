//! The schema itself: brought up to date, and looked at.

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

/// Whether no step is missing.
pub async fn are_done(db: &DatabaseConnection) -> Result<bool, DbErr> {
    Ok(Migrator::get_pending_migrations_read_only(db)
        .await?
        .is_empty())
}
