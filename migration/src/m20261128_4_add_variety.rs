//! How different a style's pictures are from each other.

use sea_orm_migration::prelude::*;

use crate::run;

#[derive(DeriveMigrationName)]
pub struct Migration;

const UP: &str = r"
alter table styles
    add column variety text not null default 'usual' check (variety in ('close', 'usual', 'wide'));
";

const DOWN: &str = r"
alter table styles drop column variety;
";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, UP).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, DOWN).await
    }
}
