//! A new style, and the job that makes its first version.

use sea_orm::TransactionTrait as _;
use time::Duration;
use uuid::Uuid;
use wire::{
    ids::{JobId, StyleId},
    learning::BUILT_IN_PRIOR,
    problem::Code,
    style::{NAME_MAX_CHARS, NewStyle, PROMPT_MAX_CHARS, PROMPTS_MAX, StyleCard},
    variety::Variety,
};

use crate::{
    app::App,
    error::ApiError,
    session::Person,
    store::{artists, jobs, styles, styles::Style},
    text,
};

/// More than anybody can tell apart; a list of them comes whole.
const STYLES_MAX: u64 = 200;

/// Ten megabytes come in that time over a slow line; whose upload failed is not kept without pictures.
const DRAWING_WAIT: Duration = Duration::minutes(2);

/// Begins a style of the person.
pub async fn create_style(
    app: &App,
    person: &Person,
    new: NewStyle,
) -> Result<StyleCard, ApiError> {
    let NewStyle {
        name,
        prompts,
        learner,
        drawing_follows,
    } = new;
    let new = NewStyle {
        name: checked_name(&name)?,
        prompts: checked_prompts(&prompts)?,
        learner,
        drawing_follows,
    };
    let (id, now) = (StyleId(Uuid::now_v7()), app.clock.now());
    let drawing_due = drawing_follows.then_some(now + DRAWING_WAIT);

    let tx = app.db.begin().await?;
    // Of two who begin the last one at once, one comes too late.
    artists::lock(&tx, person.id).await?;
    if styles::count(&tx, person.id).await? >= STYLES_MAX {
        let detail = format!("there are {STYLES_MAX} styles already; delete one first");
        return Err(ApiError::new(Code::Invalid, detail));
    }
    styles::insert(&tx, id, person.id, &new, drawing_due, now).await?;
    let style = Style {
        id,
        artist: person.id,
        prompts: new.prompts,
        learner,
        prior: BUILT_IN_PRIOR.to_owned(),
        head: None,
        drawing: None,
        drawing_due,
        variety: Variety::default(),
    };
    jobs::queue_update(&tx, JobId(Uuid::now_v7()), &style, now).await?;
    let card = styles::card(&tx, person.id, id)
        .await?
        .ok_or_else(ApiError::not_found)?;
    tx.commit().await?;

    app.wake.notify_one();
    Ok(card)
}

/// A name without spaces around it, if it is one.
pub(super) fn checked_name(name: &str) -> Result<String, ApiError> {
    text::line("name", name, NAME_MAX_CHARS)
}

/// Prompts without spaces around them, if they are some.
pub(super) fn checked_prompts(prompts: &[String]) -> Result<Vec<String>, ApiError> {
    if prompts.is_empty() || prompts.len() > PROMPTS_MAX {
        return Err(ApiError::new(
            Code::Invalid,
            format!(
                "prompts: give 1 to {PROMPTS_MAX} of them, not {}",
                prompts.len()
            ),
        ));
    }
    prompts
        .iter()
        .map(|prompt| text::line("each of prompts", prompt, PROMPT_MAX_CHARS))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_kept_without_the_spaces_around_it() {
        assert_eq!(checked_name("  Lakes at dawn ").unwrap(), "Lakes at dawn");
        assert_eq!(checked_name(&"é".repeat(80)).unwrap().chars().count(), 80);
    }

    #[test]
    fn a_style_practises_on_one_to_twelve_prompts() {
        assert!(checked_prompts(&[]).is_err());
        assert!(checked_prompts(&vec!["a lake".into(); 12]).is_ok());
        assert!(checked_prompts(&vec!["a lake".into(); 13]).is_err());
        let empty = checked_prompts(&["a lake".into(), String::new()]).unwrap_err();
        let detail = "each of prompts must have 1 to 300 characters, it has 0";
        assert_eq!(empty.to_string(), detail);
    }
}
