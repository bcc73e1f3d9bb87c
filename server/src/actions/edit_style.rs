//! Another name, other prompts, another strength of its drawing, more or less variety.

use sea_orm::TransactionTrait as _;
use wire::{
    ids::StyleId,
    problem::Code,
    style::{EditStyle, StyleCard},
};

use super::{
    create_style::{checked_name, checked_prompts},
    request_images::fill,
};
use crate::{app::App, error::ApiError, session::Person, store::styles};

/// Changes what is given and leaves the rest. Pictures of old prompts, or of a drawing at its
/// old strength, that wait to be rated stay; pictures of the new ones are painted behind them.
pub async fn edit_style(
    app: &App,
    person: &Person,
    style: StyleId,
    edit: EditStyle,
) -> Result<StyleCard, ApiError> {
    let EditStyle {
        name,
        prompts,
        strength,
        variety,
    } = edit;
    let name = name.as_deref().map(checked_name).transpose()?;
    let prompts = prompts.as_deref().map(checked_prompts).transpose()?;

    let paints_otherwise = prompts.is_some() || strength.is_some();
    let tx = app.db.begin().await?;
    let mut style = styles::lock_owned(&tx, person.id, style)
        .await?
        .ok_or_else(ApiError::not_found)?;
    if let Some(name) = name {
        styles::rename(&tx, style.id, &name).await?;
    }
    if let Some(prompts) = prompts {
        styles::set_prompts(&tx, style.id, &prompts).await?;
        style.prompts = prompts;
    }
    if let Some(strength) = strength {
        let Some(drawing) = &mut style.drawing else {
            let detail = "strength: the style has no drawing; put one first";
            return Err(ApiError::new(Code::Invalid, detail));
        };
        drawing.strength = strength;
        styles::set_drawing(&tx, style.id, style.drawing).await?;
    }
    if let Some(variety) = variety {
        styles::set_variety(&tx, style.id, variety).await?;
    }
    if paints_otherwise {
        fill(&tx, &style, app.clock.now()).await?;
    }
    let card = styles::card(&tx, person.id, style.id)
        .await?
        .ok_or_else(ApiError::not_found)?;
    tx.commit().await?;

    app.wake.notify_one();
    Ok(card)
}
