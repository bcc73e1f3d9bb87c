//! Jobs, which are their own outbox, and the workers that were heard of.

use sea_orm_migration::prelude::*;

use crate::run;

#[derive(DeriveMigrationName)]
pub struct Migration;

const UP: &str = r"
create table jobs (
    id uuid primary key,
    kind text not null,
    artist_id uuid not null references artists on delete cascade,
    style_id uuid not null references styles on delete cascade,
    state text not null
        check (state in ('queued', 'running', 'cancelling', 'done', 'failed', 'cancelled')),
    -- Which try this is or will be, from 1.
    attempt integer not null default 1,
    created_at timestamptz not null,
    -- Not before this moment; a retry waits a little.
    due_at timestamptz not null,
    -- When it was last handed to JetStream, and how often: a lost message is handed over again.
    sent_at timestamptz,
    sent integer not null default 0,
    worker_id uuid,
    started_at timestamptz,
    heard_at timestamptz,
    finished_at timestamptz,
    -- What a running job was told to do, so that settling it needs no guess.
    bound jsonb,
    failure text
);
create index jobs_queued on jobs (due_at, created_at) where state = 'queued';
create index jobs_sent on jobs (kind, sent_at) where state = 'queued' and sent_at is not null;
create index jobs_running on jobs (heard_at) where state in ('running', 'cancelling');
create index jobs_style on jobs (style_id, created_at);
-- Per style, one update at a time, and at most one more waiting behind it.
create unique index jobs_one_update_queued on jobs (style_id)
    where kind = 'learn_from_ratings' and state = 'queued';
create unique index jobs_one_update_running on jobs (style_id)
    where kind = 'learn_from_ratings' and state in ('running', 'cancelling');

create table workers (
    id uuid primary key,
    name text not null,
    engine text not null,
    device text not null,
    started_at timestamptz not null,
    heard_at timestamptz not null
);
";

const DOWN: &str = r"
drop table workers;
drop table jobs;
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
