//! Now and then an artist sees an earlier picture again, without being told: how far apart the two
//! answers are is how well anybody could foresee them.

use sea_orm::ConnectionTrait;
use time::OffsetDateTime;
use uuid::Uuid;
use wire::{event::Event, ids::ImageId};

use crate::{
    error::ApiError,
    seeds,
    store::{events, images, repeats, styles, styles::Style},
};

/// How many other answers lie between the two: fewer, and the first one is still remembered.
const BETWEEN: u32 = 10;

/// From how many of the newest pictures one is chosen: what was liked a year ago is another matter.
const CHOICES: u64 = 200;

/// Shows a picture again if it is time for that and there is one. It joins the unseen ones, and looks
/// like any of them.
pub(super) async fn repeat_image(
    db: &impl ConnectionTrait,
    style: &Style,
    now: OffsetDateTime,
) -> Result<bool, ApiError> {
    let pictures = images::count(db, style.id).await?;
    let Some(chance) = seeds::of_repeat(style.id, pictures) else {
        return Ok(false);
    };
    let until = styles::places(db, style.id).await?.saturating_sub(BETWEEN);
    let of_now = (&style.prompts[..], style.drawing);
    let earlier = repeats::candidates(db, style.id, of_now, until, CHOICES).await?;
    let turn = chance.checked_rem(earlier.len() as u64);
    let Some(earlier) = turn.and_then(|turn| earlier.get(turn as usize)) else {
        return Ok(false);
    };
    let image = repeats::insert(db, ImageId(Uuid::now_v7()), *earlier, now).await?;
    events::add(db, style.artist, &Event::ImageReady { image }, now).await?;
    Ok(true)
}
