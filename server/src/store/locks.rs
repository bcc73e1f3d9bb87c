//! Locks that make one replica of many do a thing, by Postgres' advisory locks.
//!
//! Each is held by a transaction and so by a connection: a replica that dies lets go at once, and
//! one that lost its connection finds out at its next [`is_held`].

use sea_orm::{ConnectionTrait, DatabaseTransaction, DbErr, raw_sql};

/// What only one replica does at a time. The numbers are the locks' names in the database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Singleton {
    /// Hands jobs over to JetStream.
    Dispatcher = 1,
    /// Finds the jobs of lost workers.
    LostJobs = 2,
    /// Removes blobs that no row points at.
    OldBlobs = 3,
    /// Forgets old rows.
    OldRows = 4,
    /// Brings the schema up to date.
    Migrations = 5,
    /// Invites the first admin, or becomes it. The number 6 is [`BLOBS`].
    FirstAdmin = 7,
}

/// Keeps our numbers apart from whoever else shares the database: "atel" in ASCII.
const NAMESPACE: i32 = 0x6174_656c;

/// The name of the lock between those who point at blobs and the one who sweeps them.
const BLOBS: i32 = 6;

/// Takes the lock until the transaction ends, unless somebody has it.
pub async fn try_lock(tx: &DatabaseTransaction, what: Singleton) -> Result<bool, DbErr> {
    let number = what as i32;
    let statement = raw_sql!(
        Postgres,
        "select pg_try_advisory_xact_lock({NAMESPACE}, {number}) as taken"
    );
    let row = tx.query_one_raw(statement).await?;
    row.map_or(Ok(false), |row| row.try_get("", "taken"))
}

/// Takes the lock until the transaction ends, after everybody who has it.
pub async fn lock(tx: &DatabaseTransaction, what: Singleton) -> Result<(), DbErr> {
    let number = what as i32;
    let statement = raw_sql!(
        Postgres,
        "select pg_advisory_xact_lock({NAMESPACE}, {number})"
    );
    tx.execute_raw(statement).await.map(drop)
}

/// Lets nobody sweep blobs away until the transaction ends. Any number may hold it at once.
pub async fn keep_blobs(tx: &DatabaseTransaction) -> Result<(), DbErr> {
    let statement = raw_sql!(
        Postgres,
        "select pg_advisory_xact_lock_shared({NAMESPACE}, {BLOBS})"
    );
    tx.execute_raw(statement).await.map(drop)
}

/// Keeps others from beginning to keep blobs until the transaction ends, unless somebody does so
/// now. It does not wait: behind whoever waits, everybody would.
pub async fn try_sweep_blobs(tx: &DatabaseTransaction) -> Result<bool, DbErr> {
    let statement = raw_sql!(
        Postgres,
        "select pg_try_advisory_xact_lock({NAMESPACE}, {BLOBS}) as may_sweep"
    );
    let row = tx.query_one_raw(statement).await?;
    row.map_or(Ok(false), |row| row.try_get("", "may_sweep"))
}

/// Fails if the connection that holds the lock is gone.
pub async fn is_held(tx: &DatabaseTransaction) -> Result<(), DbErr> {
    tx.execute_unprepared("select 1").await.map(drop)
}
