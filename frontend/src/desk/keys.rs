//! From a key to what the artist means by it.

use wire::{rating::Stars, taxonomy::Dimension};

/// The keys that say what made a picture so, in the order of the dimensions: below 1 to 4.
pub const TAPS: [&str; 4] = ["q", "w", "e", "r"];

/// What a key asks the rating page to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Intent {
    /// Answer the picture on the screen; `None` skips it.
    Answer(Option<Stars>),
    /// Say, or say otherwise, that this dimension made the picture so.
    Tap(Dimension),
    /// Take the last answer back.
    Undo,
    /// Show or hide the list of keys.
    Help,
}

/// A key press, as far as it matters here.
#[derive(Clone, Copy, Debug)]
pub struct Press<'a> {
    /// The character or name the browser gives the key.
    pub key: &'a str,
    /// Ctrl, Alt or Meta was held: the browser's own shortcut, never ours.
    pub with_modifier: bool,
    /// The key is held down: one press is one rating.
    pub repeated: bool,
    /// The focus is in a field: the key is text.
    pub in_field: bool,
}

/// What the press means, if it is meant for us.
pub fn intent(press: Press<'_>) -> Option<Intent> {
    if press.with_modifier || press.repeated || press.in_field {
        return None;
    }
    match press.key {
        "0" | "s" | "S" => Some(Intent::Answer(None)),
        "u" | "U" => Some(Intent::Undo),
        "?" => Some(Intent::Help),
        key => match key.as_bytes() {
            [digit @ b'1'..=b'5'] => Stars::new(digit - b'0')
                .ok()
                .map(|stars| Intent::Answer(Some(stars))),
            _ => tapped(key).map(Intent::Tap),
        },
    }
}

fn tapped(key: &str) -> Option<Dimension> {
    let place = TAPS.iter().position(|tap| tap.eq_ignore_ascii_case(key));
    place.and_then(|place| Dimension::ALL.get(place).copied())
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAIN: Press<'static> = Press {
        key: "4",
        with_modifier: false,
        repeated: false,
        in_field: false,
    };

    fn key(key: &str) -> Option<Intent> {
        intent(Press { key, ..PLAIN })
    }

    #[test]
    fn one_to_five_rate_and_the_letters_skip_and_undo() {
        for stars in Stars::ALL {
            assert_eq!(
                key(&stars.get().to_string()),
                Some(Intent::Answer(Some(stars)))
            );
        }
        for skip in ["0", "s", "S"] {
            assert_eq!(key(skip), Some(Intent::Answer(None)));
        }
        assert_eq!(key("u"), Some(Intent::Undo));
        assert_eq!(key("?"), Some(Intent::Help));
    }

    #[test]
    fn the_keys_below_the_numbers_tap_a_dimension() {
        let taps = ["q", "W", "e", "R"].map(key);
        assert_eq!(
            taps,
            Dimension::ALL.map(|dimension| Some(Intent::Tap(dimension)))
        );
    }

    #[test]
    fn other_keys_mean_nothing() {
        for other in ["6", "9", "-1", "a", "Enter", " ", "", "04", "F4"] {
            assert_eq!(key(other), None, "{other:?}");
        }
    }

    #[test]
    fn a_shortcut_a_held_key_and_text_in_a_field_are_no_ratings() {
        let presses = [
            Press {
                with_modifier: true,
                ..PLAIN
            },
            Press {
                repeated: true,
                ..PLAIN
            },
            Press {
                in_field: true,
                ..PLAIN
            },
        ];
        assert!(presses.into_iter().all(|press| intent(press).is_none()));
    }
}
