//! The database's history, one file per step. `README.md` says how to change a live table.

pub use sea_orm_migration::MigratorTrait;
use sea_orm_migration::prelude::*;

mod m20261124_1_create_accounts;
mod m20261124_2_create_styles;
mod m20261124_3_create_jobs;
mod m20261128_1_add_drawings;
mod m20261128_2_index_refresh_tokens;
mod m20261128_3_mark_reveals;
mod m20261128_4_add_variety;

/// Every step, in order.
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m20261124_1_create_accounts::Migration),
            Box::new(m20261124_2_create_styles::Migration),
            Box::new(m20261124_3_create_jobs::Migration),
            Box::new(m20261128_1_add_drawings::Migration),
            Box::new(m20261128_2_index_refresh_tokens::Migration),
            Box::new(m20261128_3_mark_reveals::Migration),
            Box::new(m20261128_4_add_variety::Migration),
        ]
    }
}

/// Runs the statements of a step.
async fn run(manager: &SchemaManager<'_>, sql: &str) -> Result<(), DbErr> {
    let database = manager.get_connection();
    database.execute_unprepared(sql).await.map(drop)
}
