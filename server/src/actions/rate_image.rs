//! A rating, and the learning it triggers.

use sea_orm::{DatabaseTransaction, TransactionTrait as _};
use time::OffsetDateTime;
use uuid::Uuid;
use wire::{
    ids::{ImageId, JobId},
    problem::Code,
    rating::{HAVE_MAX, RateImage, RatingCard, RatingSaved},
};

use super::request_images::fill;
use crate::{
    app::App,
    clock::to_ms,
    error::ApiError,
    session::Person,
    store::{images, images::Origin, jobs, ratings, styles, styles::Style},
};

/// Stores the rating once, however often it is sent, and makes sure that the style learns from it.
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
    let rating = match ratings::of_image(&tx, image).await? {
        None => add(&tx, &style, image, &rate, now).await?,
        Some(stored) if stored.id != rate.id => {
            return Err(ApiError::new(
                Code::AlreadyRated,
                "this picture has a rating already; undo it before you give another",
            ));
        }
        Some(stored) if (stored.stars, stored.hint) != (rate.stars, rate.hint) => {
            return Err(conflict());
        }
        Some(stored) => stored,
    };
    let mut have = rate.have;
    have.push(image);
    let saved = RatingSaved {
        rating,
        ratings: ratings::count(&tx, style.id).await?,
        next: images::unseen(&tx, style.id, &have, 1).await?.pop(),
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
    let Origin { predicted, repeats } = images::origin(tx, image).await?;
    let rating = RatingCard {
        id: rate.id,
        image,
        stars: rate.stars,
        hint: rate.hint,
        predicted,
        repeats,
        position: styles::next_place(tx, style.id).await?,
        learned_in: None,
        rated_ms: to_ms(now),
    };
    if !ratings::insert(tx, style.id, &rating, now).await? {
        return Err(conflict());
    }
    if rate.stars.is_some() && repeats.is_none() {
        // The next picture is asked for when the update settles, so that the new version proposes.
        jobs::queue_update(tx, JobId(Uuid::now_v7()), style, now).await?;
    } else {
        fill(tx, style, now).await?;
    }
    Ok(rating)
}

fn conflict() -> ApiError {
    ApiError::new(
        Code::RatingConflict,
        "this rating id was used before with another value, hint or picture; make a new id",
    )
}
