//! A style in full, as it was at one moment.

use sea_orm::{AccessMode, DatabaseConnection, DbErr, IsolationLevel, TransactionTrait as _};
use wire::{
    foresight::Foresight,
    ids::{ArtistId, StyleId},
    style::{HISTORY_MAX, StyleView},
};

use super::{jobs, ratings, replays, styles, versions};

/// One of the artist's styles with its belief, its log and what waits. All of it is read from one
/// snapshot, or an update settled in between would show new ratings beside an old belief.
pub async fn find(
    db: &DatabaseConnection,
    artist: ArtistId,
    style: StyleId,
) -> Result<Option<StyleView>, DbErr> {
    let snapshot = (IsolationLevel::RepeatableRead, AccessMode::ReadOnly);
    let tx = db
        .begin_with_config(Some(snapshot.0), Some(snapshot.1))
        .await?;
    let Some(card) = styles::card(&tx, artist, style).await? else {
        return Ok(None);
    };
    let head = match card.version {
        Some(number) => versions::find(&tx, style, number).await?,
        None => None,
    };
    let policy = head.as_ref().map(|head| head.policy);
    let (belief, insight) = head.map(|head| (head.belief, head.insight)).unzip();
    let history = ratings::history(&tx, style, HISTORY_MAX as u64).await?;
    Ok(Some(StyleView {
        card,
        policy,
        belief,
        insight,
        foresight: Foresight::of(&history),
        history,
        waiting: ratings::count_waiting(&tx, style).await?,
        replay: replays::last(&tx, style).await?,
        trouble: jobs::trouble(&tx, style).await?,
    }))
}
