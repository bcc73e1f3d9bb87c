//! A rating, and the learning it triggers.

use sea_orm::{DatabaseTransaction, TransactionTrait as _};
use time::OffsetDateTime;
use uuid::Uuid;
use wire::{
    ids::{ImageId, JobId},
    problem::Code,
    rating::{HAVE_MAX, RateImage, RatingCard, RatingSaved},
};

use super::{ask_for_replay::ask_for_replay, request_images::fill};
use crate::{
    app::App,
    clock::to_ms,
    error::ApiError,
    session::Person,
    store::{images, images::Origin, jobs, ratings, replays, styles, styles::Style, undone},
};

/// Stores the rating once, however often it is sent, and makes sure that the style learns from it. If
/// it changes one from before, the style unlearns that.
pub async fn rate_image(
    app: &App,
    person: &Person,
    image: ImageId,
    rate: RateImage,
) -> Result<RatingSaved, ApiError> {
    if rate.have.len() > HAVE_MAX {
        return Err(ApiError::new(
            Code::Invalid,
            format!(
                "have: name at most {HAVE_MAX} pictures, not {}",
                rate.have.len()
            ),
        ));
    }
    if rate.stars.is_none() && rate.hint.is_some() {
        return Err(ApiError::new(
            Code::Invalid,
            "hint: a skip says nothing; give stars with it, or leave it out",
        ));
    }
    let now = app.clock.now();
    let tx = app.db.begin().await?;
    let style = styles::lock_of_image(&tx, person.id, image)
        .await?
        .ok_or_else(ApiError::not_found)?;
    if undone::contains(&tx, person.id, rate.id).await? {
        return Err(ApiError::new(
            Code::RatingUndone,
            "this rating was taken back or changed since; make a new id to rate again",
        ));
    }
    let stored = ratings::of_image(&tx, image).await?;
    let rating = match (stored, rate.replaces) {
        // The answer was lost, so it comes again.
        (Some(stored), _) if stored.id == rate.id => {
            if (stored.stars, stored.hint) != (rate.stars, rate.hint) {
                return Err(conflict());
            }
            stored
        }
        (Some(stored), Some(replaced)) if stored.id == replaced => {
            change(&tx, &style, &stored, &rate, now).await?
        }
        (_, Some(_)) => {
            return Err(ApiError::new(
                Code::RatingChanged,
                "replaces: that is not this picture's rating any more; load the picture anew",
            ));
        }
        (Some(_), None) => {
            return Err(ApiError::new(
                Code::AlreadyRated,
                "this picture has a rating already; name it in `replaces` to change it",
            ));
        }
        (None, None) => add(&tx, &style, image, &rate, now).await?,
    };
    let mut have = rate.have;
    have.push(image);
    let saved = RatingSaved {
        rating,
        ratings: ratings::count(&tx, style.id).await?,
        next: images::unseen(&tx, &style, &have, 1).await?.pop(),
        replay: replays::wanted(&tx, style.id)
            .await?
            .map(|wanted| wanted.job),
    };
    tx.commit().await?;

    app.wake.notify_one();
    Ok(saved)
}

async fn add(
    tx: &DatabaseTransaction,
    style: &Style,
    image: ImageId,
    rate: &RateImage,
    now: OffsetDateTime,
) -> Result<RatingCard, ApiError> {
    let Origin {
        predicted,
        repeats,
        after_reveal,
    } = told(tx, image, rate).await?;
    let rating = RatingCard {
        id: rate.id,
        image,
        stars: rate.stars,
        hint: rate.hint,
        predicted,
        repeats,
        after_reveal,
        position: styles::next_place(tx, style.id).await?,
        learned_in: None,
        rated_ms: to_ms(now),
    };
    if !ratings::insert(tx, style.id, &rating, now).await? {
        return Err(conflict());
    }
    follow(tx, style, &rating, now).await?;
    Ok(rating)
}

/// The new answer takes the old one's place in the log. What was made from the old one is made anew.
async fn change(
    tx: &DatabaseTransaction,
    style: &Style,
    stored: &RatingCard,
    rate: &RateImage,
    now: OffsetDateTime,
) -> Result<RatingCard, ApiError> {
    let Origin {
        predicted,
        repeats,
        after_reveal,
    } = told(tx, stored.image, rate).await?;
    let rating = RatingCard {
        id: rate.id,
        stars: rate.stars,
        hint: rate.hint,
        predicted,
        repeats,
        after_reveal,
        learned_in: stored.learned_in.filter(|_| rate.stars.is_some()),
        rated_ms: to_ms(now),
        ..stored.clone()
    };
    // From one skip to another there is nothing to learn, and nothing to unlearn.
    let replay = if stored.teaches() || rating.teaches() {
        ask_for_replay(tx, style, stored, now).await?
    } else {
        None
    };
    ratings::delete(tx, stored.id).await?;
    if !ratings::insert(tx, style.id, &rating, now).await? {
        return Err(conflict());
    }
    undone::insert(tx, style.artist, stored.id, now).await?;
    if replay.is_none() {
        follow(tx, style, &rating, now).await?;
    }
    Ok(rating)
}

/// What the answer is told of its picture: nothing if it is a skip, since stars may follow it.
async fn told(
    tx: &DatabaseTransaction,
    image: ImageId,
    rate: &RateImage,
) -> Result<Origin, ApiError> {
    match rate.stars {
        Some(_) => Ok(images::reveal(tx, image).await?),
        None => Ok(Origin::default()),
    }
}

/// What follows from an answer that no version has to be made anew for.
async fn follow(
    tx: &DatabaseTransaction,
    style: &Style,
    rating: &RatingCard,
    now: OffsetDateTime,
) -> Result<(), ApiError> {
    if rating.teaches() {
        // The next picture is asked for when the update settles, so that the new version proposes.
        jobs::queue_update(tx, JobId(Uuid::now_v7()), style, now).await?;
    } else {
        fill(tx, style, now).await?;
    }
    Ok(())
}

fn conflict() -> ApiError {
    ApiError::new(
        Code::RatingConflict,
        "this rating id was used before with another value, hint or picture; make a new id",
    )
}
