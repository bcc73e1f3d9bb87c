//! A new style, and the job that makes its first version.

use sea_orm::TransactionTrait as _;
use uuid::Uuid;
use wire::{
    ids::{JobId, StyleId},
    learning::BUILT_IN_PRIOR,
    problem::Code,
    style::{NAME_MAX_CHARS, NewStyle, PROMPT_MAX_CHARS, PROMPTS_MAX, StyleCard},
};

use crate::{
    app::App,
    error::ApiError,
    session::Person,
    store::{jobs, styles, styles::Style},
};

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
    } = new;
    let new = NewStyle {
        name: checked_name(&name)?,
        prompts: checked_prompts(&prompts)?,
        learner,
    };
    let (id, now) = (StyleId(Uuid::now_v7()), app.clock.now());

    let tx = app.db.begin().await?;
    styles::insert(&tx, id, person.id, &new, now).await?;
    let style = Style {
        id,
        artist: person.id,
        prompts: new.prompts,
        learner,
        prior: BUILT_IN_PRIOR.to_owned(),
        head: None,
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
    checked_text("name", name, NAME_MAX_CHARS)
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
        .map(|prompt| checked_text("prompts", prompt, PROMPT_MAX_CHARS))
        .collect()
}

fn checked_text(field: &str, text: &str, max_chars: usize) -> Result<String, ApiError> {
    let text = text.trim();
    let chars = text.chars().count();
    if chars == 0 || chars > max_chars {
        return Err(ApiError::new(
            Code::Invalid,
            format!("{field}: write 1 to {max_chars} characters, not {chars}"),
        ));
    }
    if text.chars().any(char::is_control) {
        return Err(ApiError::new(
            Code::Invalid,
            format!("{field}: leave out line breaks and other control characters"),
        ));
    }
    Ok(text.to_owned())
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
    fn what_is_no_name_is_refused_by_name() {
        for (name, detail) in [
            (" ", "name: write 1 to 80 characters, not 0"),
            (&*"x".repeat(81), "name: write 1 to 80 characters, not 81"),
            (
                "a\u{0}b",
                "name: leave out line breaks and other control characters",
            ),
        ] {
            assert_eq!(checked_name(name).unwrap_err().to_string(), detail);
        }
    }

    #[test]
    fn a_style_practises_on_one_to_twelve_prompts() {
        assert!(checked_prompts(&[]).is_err());
        assert!(checked_prompts(&vec!["a lake".into(); 12]).is_ok());
        assert!(checked_prompts(&vec!["a lake".into(); 13]).is_err());
        assert!(checked_prompts(&["a lake".into(), String::new()]).is_err());
    }
}
