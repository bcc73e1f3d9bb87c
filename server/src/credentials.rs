//! Rules for e-mails and passwords.

use wire::{
    account::{PASSWORD_MAX_BYTES, PASSWORD_MIN_CHARS},
    problem::Code,
};

use crate::error::ApiError;

/// RFC 5321's longest path, without its brackets.
const EMAIL_MAX_BYTES: usize = 254;

/// An e-mail as it is stored: in lower case, without the spaces around it; `None` if it is none.
///
/// Only what every address has is asked for: the one true check is a letter to it.
pub fn email(text: &str) -> Option<String> {
    let email = text.trim().to_lowercase();
    let (mailbox, domain) = email.rsplit_once('@')?;
    let is_one = !mailbox.is_empty()
        && !domain.is_empty()
        && email.len() <= EMAIL_MAX_BYTES
        && !email.chars().any(|c| c.is_control() || c.is_whitespace());
    is_one.then_some(email)
}

/// Refuses a password that is too short, too long, or the first thing anybody would try.
pub fn check_password(password: &str, email: &str) -> Result<(), ApiError> {
    let refuse = |why: String| Err(ApiError::new(Code::Invalid, why));
    if password.chars().count() < PASSWORD_MIN_CHARS {
        return refuse(format!(
            "the password must have {PASSWORD_MIN_CHARS} characters or more"
        ));
    }
    if password.len() > PASSWORD_MAX_BYTES {
        return refuse(format!(
            "the password must have {PASSWORD_MAX_BYTES} bytes at most"
        ));
    }
    if password.to_lowercase() == email {
        return refuse("the password must not be the e-mail address".into());
    }
    let mut chars = password.chars();
    let first = chars.next();
    if chars.all(|c| Some(c) == first) {
        return refuse("the password must not be one character over and over".into());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_email_has_one_spelling() {
        assert_eq!(
            email(" Ana@Example.org ").as_deref(),
            Some("ana@example.org")
        );
        let long = format!("{}@example.org", "a".repeat(254));
        for text in [
            "",
            "ana",
            "@example.org",
            "ana@",
            "a na@example.org",
            "a\0@b.c",
            &long,
        ] {
            assert_eq!(email(text), None, "{text:?}");
        }
    }

    #[test]
    fn a_password_is_long_and_not_the_email() {
        let check = |password: &str| check_password(password, "ana@example.org");
        assert!(check("correct horse").is_ok());
        // Ten characters, forty bytes: characters are counted, not bytes.
        assert!(check("🐎🐎🐎🐎🐎🐎🐎🐎🐎🐴").is_ok());
        assert!(check(&"ab".repeat(100)).is_ok());
        for password in [
            "",
            "ninechars",
            "ana@example.org",
            "ANA@example.org",
            "aaaaaaaaaaaa",
        ] {
            assert_eq!(
                check(password).unwrap_err().code(),
                Code::Invalid,
                "{password}"
            );
        }
        assert!(check(&"ab".repeat(101)).is_err());
    }
}
