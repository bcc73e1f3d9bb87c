//! The prompts of a style as an artist writes them: one a line.

use wire::style::{PROMPT_MAX_CHARS, PROMPTS_MAX};

/// Why the lines are not a style's prompts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PromptsError {
    /// Not one line with a word in it.
    None,
    /// More lines than a style takes.
    TooMany,
    /// The line of that number, counted from 1, is too long.
    TooLong(usize),
}

/// The prompts in the text: trimmed, without empty lines and repetitions.
pub fn parse(text: &str) -> Result<Vec<String>, PromptsError> {
    let mut prompts: Vec<String> = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        let line = line.trim();
        if line.chars().count() > PROMPT_MAX_CHARS {
            return Err(PromptsError::TooLong(number));
        }
        if !line.is_empty() && !prompts.iter().any(|known| known == line) {
            prompts.push(line.to_owned());
        }
    }
    match prompts.len() {
        0 => Err(PromptsError::None),
        n if n > PROMPTS_MAX => Err(PromptsError::TooMany),
        _ => Ok(prompts),
    }
}

/// The text with one more prompt on a line of its own, unless it is there already.
pub fn with(text: &str, prompt: &str) -> String {
    if text.lines().any(|line| line.trim() == prompt) {
        return text.to_owned();
    }
    let start = text.trim_end();
    let between = if start.is_empty() { "" } else { "\n" };
    format!("{start}{between}{prompt}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_line_with_words_is_a_prompt() {
        let text = "  a lake at dawn \n\n a fox\na lake at dawn\n";
        assert_eq!(parse(text).unwrap(), ["a lake at dawn", "a fox"]);
    }

    #[test]
    fn what_a_style_does_not_take_is_named() {
        assert_eq!(parse(" \n\n"), Err(PromptsError::None));
        let long = format!("fine\n{}", "x".repeat(PROMPT_MAX_CHARS + 1));
        assert_eq!(parse(&long), Err(PromptsError::TooLong(2)));
        let many: Vec<String> = (0..=PROMPTS_MAX).map(|n| n.to_string()).collect();
        assert_eq!(parse(&many.join("\n")), Err(PromptsError::TooMany));
    }

    #[test]
    fn a_suggestion_is_added_once() {
        let text = with("", "a fox");
        let text = with(&text, "a lake");
        assert_eq!(with(&text, "a fox"), "a fox\na lake");
    }
}
