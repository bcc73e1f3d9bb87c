//! Artists, their sessions, refresh tokens, access tokens, invitations and limits.

use sea_orm_migration::prelude::*;

use crate::run;

#[derive(DeriveMigrationName)]
pub struct Migration;

const UP: &str = r"
create table artists (
    id uuid primary key,
    email text not null,
    password_hash text not null,
    name text not null,
    role text not null check (role in ('artist', 'teacher', 'admin')),
    -- Number of the newest event; its row lock makes each artist's events gapless and in order.
    last_event bigint not null default 0,
    created_at timestamptz not null
);
create unique index artists_email on artists (lower(email));
create index artists_created on artists (created_at, id);

create table sessions (
    id uuid primary key,
    artist_id uuid not null references artists on delete cascade,
    device text not null,
    created_at timestamptz not null,
    used_at timestamptz not null,
    ended_at timestamptz
);
create index sessions_artist on sessions (artist_id);
-- Which are so old that nobody renews them any more.
create index sessions_used on sessions (used_at);

-- One row per refresh token ever given out in a live session; a used one that comes again ends it.
create table refresh_tokens (
    hash bytea primary key check (length(hash) = 32),
    session_id uuid not null references sessions on delete cascade,
    expires_at timestamptz not null,
    used_at timestamptz
);
create index refresh_tokens_session on refresh_tokens (session_id);

create table access_tokens (
    id uuid primary key,
    artist_id uuid not null references artists on delete cascade,
    name text not null,
    scopes text[] not null,
    hash bytea not null unique check (length(hash) = 32),
    created_at timestamptz not null,
    used_at timestamptz
);
create index access_tokens_artist on access_tokens (artist_id);

create table invitations (
    hash bytea primary key check (length(hash) = 32),
    role text not null check (role in ('artist', 'teacher', 'admin')),
    expires_at timestamptz not null,
    used_at timestamptz
);

-- What a session's artist hears; kept a day, so that a browser that was away catches up.
create table events (
    artist_id uuid not null references artists on delete cascade,
    number bigint not null,
    payload jsonb not null,
    created_at timestamptz not null,
    primary key (artist_id, number)
);
create index events_created on events (created_at);
";

const DOWN: &str = r"
drop table events;
drop table invitations;
drop table access_tokens;
drop table refresh_tokens;
drop table sessions;
drop table artists;
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
