//! Styles, their versions, pictures and ratings.

use sea_orm_migration::prelude::*;

use crate::run;

#[derive(DeriveMigrationName)]
pub struct Migration;

const UP: &str = r"
create table styles (
    id uuid primary key,
    artist_id uuid not null references artists on delete cascade,
    name text not null,
    prompts text[] not null check (cardinality(prompts) > 0),
    learner text not null,
    -- What it knew before its first rating, by name and version.
    prior text not null,
    -- Number of the newest version; null until the first one is made.
    head integer,
    -- How many pictures were ever asked for: turns through the prompts and seeds each picture.
    asked bigint not null default 0,
    -- How many ratings and skips were ever taken: the next place in the log.
    rated integer not null default 0,
    created_at timestamptz not null
);
create index styles_artist on styles (artist_id, created_at);

create table versions (
    style_id uuid not null references styles on delete cascade,
    number integer not null check (number >= 0),
    -- SHA-256 of the snapshot in the blob store.
    policy bytea not null check (length(policy) = 32),
    -- The rating it learned from; null for the first version.
    rating_id uuid,
    belief jsonb not null,
    -- What else it knows of the taste: state, effects, pairs, the best mix of each prompt.
    insight jsonb not null,
    created_at timestamptz not null,
    primary key (style_id, number)
);
-- Whether a blob is still needed.
create index versions_policy on versions (policy);

create table images (
    id uuid primary key,
    style_id uuid not null references styles on delete cascade,
    prompt text not null,
    -- The proposal with its log-probability, written when it was proposed: PPO's ratio needs it.
    proposal jsonb not null,
    version integer not null,
    policy bytea not null check (length(policy) = 32),
    seed bigint not null,
    engine text not null,
    taxonomy integer not null,
    blob bytea not null check (length(blob) = 32),
    bytes bigint not null,
    width integer not null,
    height integer not null,
    -- The earlier picture that this one shows again; whoever rates it is not told before.
    repeat_of uuid,
    created_at timestamptz not null
);
create index images_style on images (style_id, created_at, id);
create index images_blob on images (blob);
-- A picture is shown again once.
create unique index images_repeat on images (repeat_of) where repeat_of is not null;

create table ratings (
    id uuid primary key,
    image_id uuid not null unique references images on delete cascade,
    style_id uuid not null references styles on delete cascade,
    -- Place in the style's log, from 1.
    position integer not null,
    -- Null is a skip.
    stars smallint check (stars between 1 and 5),
    -- What the artist said made it so: a dimension, and whether it was liked.
    hint jsonb,
    -- What the picture's proposal foresaw, and which picture it showed again: both as the picture
    -- has them, copied so that a log is read without its pictures.
    predicted jsonb,
    repeats uuid,
    -- The version that learned from it; null while it waits, and for a skip.
    learned_in integer,
    created_at timestamptz not null,
    unique (style_id, position)
);
create index ratings_waiting on ratings (style_id, position)
    where stars is not null and repeats is null and learned_in is null;

-- Ids of ratings that were taken back or replaced: a page that retries must not bring one back.
create table undone_ratings (
    artist_id uuid not null references artists on delete cascade,
    id uuid not null,
    undone_at timestamptz not null,
    primary key (artist_id, id)
);
create index undone_ratings_age on undone_ratings (undone_at);

-- The last time that the log changed under a style's versions.
create table replays (
    style_id uuid primary key references styles on delete cascade,
    -- Counts the changes, so that a replay of an older log is known as such.
    revision integer not null default 1,
    -- The first of the versions that learned from what was changed.
    outdated_from integer not null,
    job_id uuid not null,
    -- The version made in their place, its hash, and whether that was confirmed; null until then.
    version integer,
    policy bytea check (length(policy) = 32),
    verified boolean,
    check (num_nulls(version, policy, verified) in (0, 3))
);
";

const DOWN: &str = r"
drop table replays;
drop table undone_ratings;
drop table ratings;
drop table images;
drop table versions;
drop table styles;
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
