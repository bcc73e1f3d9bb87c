//! Styles whose log changed under their versions: what is wanted, and what came of it last.

use entity::replays::{Column, Entity, Model};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _, raw_sql,
    sea_query::Expr,
};
use wire::{
    ids::{JobId, StyleId},
    replay::{Replay, Replayed},
};

use super::columns::hash;

/// A replay that is not done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// How often the log changed: what is made from an older log is not what is wanted.
    pub revision: u32,
    /// The first version that learned from what was changed. All from there on are outdated.
    pub outdated_from: u32,
    /// Who does it.
    pub job: JobId,
}

/// The log changed under this version and all after it; the job will see to it.
pub async fn want(
    db: &impl ConnectionTrait,
    style: StyleId,
    outdated_from: u32,
    job: JobId,
) -> Result<(), DbErr> {
    let outdated_from = outdated_from.cast_signed();
    let statement = raw_sql!(
        Postgres,
        "insert into replays (style_id, outdated_from, job_id)
        values ({style.0}, {outdated_from}, {job.0})
        on conflict (style_id) do update set
            revision = replays.revision + 1,
            outdated_from = case when replays.version is null
                then least(replays.outdated_from, excluded.outdated_from)
                else excluded.outdated_from end,
            job_id = excluded.job_id,
            version = null, policy = null, verified = null"
    );
    db.execute_raw(statement).await.map(drop)
}

/// The replay that the style waits for, if it waits for one.
pub async fn wanted(db: &impl ConnectionTrait, style: StyleId) -> Result<Option<Wanted>, DbErr> {
    let row = Entity::find_by_id(style.0)
        .filter(Column::Version.is_null())
        .one(db)
        .await?;
    Ok(row.map(|row| Wanted {
        revision: row.revision as u32,
        outdated_from: row.outdated_from as u32,
        job: JobId(row.job_id),
    }))
}

/// Another job does it than was thought.
pub async fn set_job(db: &impl ConnectionTrait, style: StyleId, job: JobId) -> Result<(), DbErr> {
    let change = Entity::update_many()
        .col_expr(Column::JobId, Expr::value(job.0))
        .filter(Column::StyleId.eq(style.0));
    change.exec(db).await.map(drop)
}

/// It is done.
pub async fn set_done(
    db: &impl ConnectionTrait,
    style: StyleId,
    replayed: Replayed,
) -> Result<(), DbErr> {
    let Replayed {
        version,
        policy,
        verified,
    } = replayed;
    let change = Entity::update_many()
        .col_expr(Column::Version, Expr::value(version.cast_signed()))
        .col_expr(Column::Policy, Expr::value(policy.as_bytes().to_vec()))
        .col_expr(Column::Verified, Expr::value(verified))
        .filter(Column::StyleId.eq(style.0));
    change.exec(db).await.map(drop)
}

/// The style's last replay, done or not.
pub async fn last(db: &impl ConnectionTrait, style: StyleId) -> Result<Option<Replay>, DbErr> {
    let row = Entity::find_by_id(style.0).one(db).await?;
    row.map(replay).transpose()
}

fn replay(row: Model) -> Result<Replay, DbErr> {
    let Model {
        style_id: _,
        revision: _,
        outdated_from: _,
        job_id,
        version,
        policy,
        verified,
    } = row;
    // The three are set together: the table checks that.
    let done = version.zip(policy).zip(verified);
    let done = done.map(|((version, policy), verified)| {
        Ok::<_, DbErr>(Replayed {
            version: version as u32,
            policy: hash(&policy)?,
            verified,
        })
    });
    Ok(Replay {
        job: JobId(job_id),
        done: done.transpose()?,
    })
}
