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
    store::{images, jobs, ratings, styles, styles::Style},
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
        Some(stored) if stored.stars != rate.stars => return Err(conflict()),
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
    let rating = RatingCard {
        id: rate.id,
        image,
        stars: rate.stars,
        position: styles::next_place(tx, style.id).await?,
        learned_in: None,
        rated_ms: to_ms(now),
    };
    if !ratings::insert(tx, style.id, &rating, now).await? {
        return Err(conflict());
    }
    match rate.stars {
        // The next picture is asked for when the update settles, so that the new version proposes.
        Some(_) => jobs::queue_update(tx, JobId(Uuid::now_v7()), style, now).await?,
        None => fill(tx, style, now).await?,
    }
    Ok(rating)
}

fn conflict() -> ApiError {
    ApiError::new(
        Code::RatingConflict,
        "this rating id was used before with another value or picture; make a new id",
    )
}
