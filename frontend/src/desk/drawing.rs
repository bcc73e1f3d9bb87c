//! A drawing before it is sent: which files are worth sending, and strength as steps of a slider.

use wire::drawing::{FILE_KINDS, FILE_MAX_BYTES, Strength};

/// The slider goes from 1 to this in whole steps. At nothing all pictures would be one and the same,
/// so it is left to programs.
pub const STEPS: u32 = 10;

/// Why a file is not worth sending.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileError {
    /// The server takes PNG, JPEG and WebP only.
    OtherKind,
    /// It has so many bytes.
    TooLarge(u64),
    /// There is nothing in it.
    Empty,
    /// It calls itself a picture, and the browser cannot read it as one.
    Unreadable,
}

/// Whether the server would look at a file of this kind and size.
pub fn check(kind: &str, bytes: u64) -> Result<(), FileError> {
    if !FILE_KINDS.contains(&kind) {
        return Err(FileError::OtherKind);
    }
    match bytes {
        0 => Err(FileError::Empty),
        n if n > FILE_MAX_BYTES as u64 => Err(FileError::TooLarge(n)),
        _ => Ok(()),
    }
}

/// The step nearest to a strength.
pub fn step_of(strength: Strength) -> u32 {
    let nearest = (strength.get() * f64::from(STEPS)).round() as u32;
    nearest.clamp(1, STEPS)
}

/// The strength of a step.
pub fn strength_of(step: u32) -> Strength {
    let strength = f64::from(step.min(STEPS)) / f64::from(STEPS);
    Strength::new(strength).unwrap_or(Strength::USUAL)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_pictures_that_the_server_takes_are_sent() {
        assert_eq!(check("image/jpeg", 4_000_000), Ok(()));
        assert_eq!(check("image/svg+xml", 400), Err(FileError::OtherKind));
        assert_eq!(check("", 400), Err(FileError::OtherKind));
        assert_eq!(check("image/png", 0), Err(FileError::Empty));
        let large = 10 * 1024 * 1024 + 1;
        assert_eq!(check("image/png", large), Err(FileError::TooLarge(large)));
    }

    #[test]
    fn every_step_is_a_strength_and_comes_back() {
        for step in 1..=STEPS {
            assert_eq!(step_of(strength_of(step)), step);
        }
        assert_eq!(strength_of(6), Strength::USUAL);
        assert_eq!(step_of(Strength::new(0.0).unwrap()), 1);
    }
}
