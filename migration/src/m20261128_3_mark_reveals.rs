//! Which pictures' forecasts were told, and which answers came after that.

use sea_orm_migration::prelude::*;

use crate::run;

#[derive(DeriveMigrationName)]
pub struct Migration;

// Until now a skip was told the forecast as well, so every answer there is has revealed its picture.
const UP: &str = r"
alter table images add column revealed boolean not null default false;
alter table ratings add column after_reveal boolean not null default false;
update images set revealed = true where id in (select image_id from ratings);
update ratings set predicted = null, repeats = null where stars is null;
";

const DOWN: &str = r"
alter table ratings drop column after_reveal;
alter table images drop column revealed;
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
