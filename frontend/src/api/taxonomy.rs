//! The vocabulary of a mix.

use wire::taxonomy::Taxonomy;

use super::Read;

/// The dimensions and their values.
pub fn show() -> Read<Taxonomy> {
    Read::new("/taxonomy".into())
}
