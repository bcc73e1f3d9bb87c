//! Where a page of a long list ends. Lists are newest first.

use sea_orm::{ColumnTrait, Condition};
use time::OffsetDateTime;
use uuid::Uuid;
use wire::stamp::UnixMs;

use crate::clock::{from_ms, to_ms};

/// The moment its last item was made, and that item's id among equals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// When.
    pub at: OffsetDateTime,
    /// Which.
    pub id: Uuid,
}

/// Text that no page ever ended with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this is not where a page ended; pass on `next` as it came")]
pub struct NoPlace;

/// The end of the year 9999, which is as far as dates reach.
const LAST_MS: i64 = 253_402_300_799_999;

impl Place {
    /// What comes after it.
    pub fn older(self, made: impl ColumnTrait, id: impl ColumnTrait) -> Condition {
        let Self { at, id: last } = self;
        Condition::any()
            .add(made.lt(at))
            .add(Condition::all().add(made.eq(at)).add(id.lt(last)))
    }
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}", to_ms(self.at).0, self.id)
    }
}

impl std::str::FromStr for Place {
    type Err = NoPlace;

    fn from_str(text: &str) -> Result<Self, NoPlace> {
        let (ms, id) = text.split_once('.').ok_or(NoPlace)?;
        let ms: i64 = ms.parse().map_err(|_| NoPlace)?;
        if !(0..=LAST_MS).contains(&ms) {
            return Err(NoPlace);
        }
        let id = id.parse().map_err(|_| NoPlace)?;
        Ok(Self {
            at: from_ms(UnixMs(ms)),
            id,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_goes_on_where_the_last_one_ended() {
        let place = Place {
            at: from_ms(UnixMs(1_767_225_600_123)),
            id: Uuid::from_u128(7),
        };
        assert_eq!(place.to_string().parse(), Ok(place));
    }

    #[test]
    fn made_up_places_are_refused() {
        let id = Uuid::from_u128(7);
        for text in [
            "",
            ".",
            "1",
            "x.y",
            "1.",
            &format!("{}.{id}", i64::MAX),
            &format!("-1.{id}"),
        ] {
            assert_eq!(text.parse::<Place>(), Err(NoPlace), "{text}");
        }
    }
}
