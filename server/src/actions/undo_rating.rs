//! A rating is taken back: the picture is unseen again, and the style as if it had not been.

use sea_orm::{DatabaseTransaction, TransactionTrait as _};
use wire::{
    event::Event,
    ids::ImageId,
    job::{JobKind, JobState},
    problem::Code,
    rating::RatingCard,
};

use crate::{
    app::App,
    error::ApiError,
    session::Person,
    store::{events, jobs, ratings, styles, styles::Style, versions, versions::Version},
};

/// Takes back whatever was answered to the picture. Nothing answered is fine: it may be the second
/// time of asking.
///
/// What is not learned yet is simply gone. What is learned can be undone exactly if it is the
/// newest rating: the version before it *is* the log replayed without it.
pub async fn undo_rating(app: &App, person: &Person, image: ImageId) -> Result<(), ApiError> {
    let now = app.clock.now();
    let tx = app.db.begin().await?;
    let style = styles::lock_of_image(&tx, person.id, image)
        .await?
        .ok_or_else(ApiError::not_found)?;
    let Some(rating) = ratings::of_image(&tx, image).await? else {
        return Ok(());
    };
    let moved = match rating.learned_in {
        Some(_) => Some(move_head_back(&tx, &style, &rating).await?),
        None => None,
    };
    ratings::delete(&tx, rating.id).await?;
    if let Some(moved) = moved {
        events::add(&tx, style.artist, &moved, now).await?;
    }
    tx.commit().await?;
    Ok(())
}

async fn move_head_back(
    tx: &DatabaseTransaction,
    style: &Style,
    rating: &RatingCard,
) -> Result<Event, ApiError> {
    let newest = ratings::newest(tx, style.id).await?;
    if newest.is_none_or(|newest| newest.id != rating.id) {
        return Err(ApiError::new(
            Code::AlreadyLearned,
            "later ratings build on this one; only the newest can be undone",
        ));
    }
    let under_way = [JobState::Running, JobState::Cancelling];
    if jobs::count(tx, style.id, JobKind::LearnFromRatings, &under_way).await? > 0 {
        return Err(ApiError::new(
            Code::AlreadyLearned,
            "the style is learning right now; try again in a moment",
        ));
    }
    let (undone, parent) = newest_two(tx, style, rating).await?;
    styles::set_head(tx, style.id, parent.number).await?;
    versions::delete(tx, style.id, undone.number).await?;
    Ok(Event::PolicyMoved {
        style: style.id,
        version: parent.number,
        rating: None,
        before: Some(undone.belief),
        after: parent.belief,
        insight: parent.insight.into(),
    })
}

/// The head, which must be what the rating made, and the version it was made from.
async fn newest_two(
    tx: &DatabaseTransaction,
    style: &Style,
    rating: &RatingCard,
) -> Result<(Version, Version), ApiError> {
    let broken = || {
        anyhow::anyhow!(
            "style {}: its newest rating did not make its head",
            style.id
        )
    };
    let head = style.head.ok_or_else(broken).map_err(ApiError::internal)?;
    let undone = versions::find(tx, style.id, head).await?;
    let undone = undone
        .filter(|version| version.rating == Some(rating.id))
        .ok_or_else(broken)
        .map_err(ApiError::internal)?;
    let parent = match head.checked_sub(1) {
        Some(number) => versions::find(tx, style.id, number).await?,
        None => None,
    };
    Ok((
        undone,
        parent.ok_or_else(broken).map_err(ApiError::internal)?,
    ))
}
