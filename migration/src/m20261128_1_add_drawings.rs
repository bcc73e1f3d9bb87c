//! What a style's pictures start from, and what each picture started from.

use sea_orm_migration::prelude::*;

use crate::run;

#[derive(DeriveMigrationName)]
pub struct Migration;

const UP: &str = r"
alter table styles
    -- SHA-256 of the artist's drawing in the blob store, and how much of it may change.
    add column drawing bytea check (length(drawing) = 32),
    add column drawing_strength double precision check (drawing_strength between 0 and 1),
    -- A drawing was announced: no picture is painted before this moment without it.
    add column drawing_due timestamptz,
    add constraint styles_drawing_whole check (num_nulls(drawing, drawing_strength) in (0, 2));
-- Whether a blob is still needed.
create index styles_drawing on styles (drawing) where drawing is not null;

alter table images
    -- As its style's were when it was painted. It keeps the name of a drawing, not the drawing.
    add column drawing bytea check (length(drawing) = 32),
    add column drawing_strength double precision check (drawing_strength between 0 and 1),
    add constraint images_drawing_whole check (num_nulls(drawing, drawing_strength) in (0, 2));
";

const DOWN: &str = r"
alter table images
    drop column drawing_strength,
    drop column drawing;
alter table styles
    drop column drawing_due,
    drop column drawing_strength,
    drop column drawing;
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
