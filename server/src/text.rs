//! Words that people type, checked where they enter.

use wire::problem::Code;

use crate::error::ApiError;

/// One line of 1 to `max_chars` characters, without the spaces around it.
///
/// Control characters are refused: a name with a line break breaks lists, and Postgres takes no
/// NUL. So are characters that turn the words around them about, and lines of nothing that can be seen.
pub fn line(field: &str, text: &str, max_chars: usize) -> Result<String, ApiError> {
    let text = text.trim();
    let chars = text.chars().count();
    if chars == 0 || chars > max_chars {
        let detail = format!("{field} must have 1 to {max_chars} characters, it has {chars}");
        return Err(ApiError::new(Code::Invalid, detail));
    }
    if text.chars().any(char::is_control) {
        let detail = format!("{field} must be one line without control characters");
        return Err(ApiError::new(Code::Invalid, detail));
    }
    if text.chars().any(turns_about) || text.chars().all(|c| c.is_whitespace() || is_unseen(c)) {
        let detail = format!("{field} must have letters that can be seen, in their own order");
        return Err(ApiError::new(Code::Invalid, detail));
    }
    Ok(text.to_owned())
}

/// Embeddings, overrides and isolates of Unicode's bidirectional algorithm: letters of both directions
/// need none of them in one line.
const fn turns_about(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// What joins or parts letters and is nothing without them.
const fn is_unseen(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}' | '\u{feff}')
}

/// Somebody else's words as one line of at most `max_chars` characters, whatever they hold.
pub fn one_line(text: &str, max_chars: usize) -> String {
    let plain = text.chars().map(|c| if c.is_control() { ' ' } else { c });
    plain.take(max_chars).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_short_and_one() {
        assert_eq!(line("name", "  Ana \n", 80).unwrap(), "Ana");
        assert_eq!(
            line("name", "é".repeat(80).as_str(), 80)
                .unwrap()
                .chars()
                .count(),
            80
        );
        for text in ["", "   ", "a\0b", "a\nb", &"é".repeat(81)] {
            let refusal = line("name", text, 80).unwrap_err();
            assert_eq!(refusal.code(), Code::Invalid, "{text:?}");
            assert!(refusal.to_string().starts_with("name must"), "{refusal}");
        }
    }

    #[test]
    fn a_line_can_be_read() {
        // An emoji of three joined ones, and letters that are written from right to left.
        for text in [
            "\u{1f468}\u{200d}\u{1f469}\u{200d}\u{1f467}",
            "\u{5e9}\u{5dc}\u{5d5}\u{5dd}",
        ] {
            assert_eq!(line("name", text, 80).unwrap(), text);
        }
        for text in ["\u{200b}", "\u{feff} \u{2060}", "Ana\u{202e}nimda"] {
            let refusal = line("name", text, 80).unwrap_err();
            assert!(refusal.to_string().contains("can be seen"), "{refusal}");
        }
    }

    #[test]
    fn somebody_elses_words_become_one_short_line() {
        assert_eq!(one_line("a\0b\nc", 80), "a b c");
        assert_eq!(one_line("ééé", 2), "éé");
    }
}
