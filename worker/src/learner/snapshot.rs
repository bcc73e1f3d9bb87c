//! Bytes ↔ learner: a small fixed layout, little-endian, so that equal learners have equal bytes.
//!
//! Snapshots travel through a blob store that others can write to, so reading trusts nothing: each
//! refusal has a name. A general serialisation format is not used because its bytes may change with
//! its version, and the bytes are the policy's name.

use thiserror::Error;
use wire::{learning::LearnerKind, taxonomy::TAXONOMY_VERSION};

/// The first bytes of every snapshot.
const MAGIC: [u8; 4] = *b"ATLR";

/// The layout of what follows them; any change to it or to what a learner computes raises this.
const LAYOUT: u16 = 5;

/// Actions and log-probabilities are cut off here, and no weight gets anywhere near; what follows from
/// numbers up to this stays a number.
pub const LARGEST: f32 = 1e6;

/// Nobody gives a billion ratings.
const TALLY: u64 = 1_000_000_000;

/// Why bytes are not a learner.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum SnapshotError {
    /// It does not begin as a snapshot does.
    #[error("these bytes are not a learner's snapshot: they begin otherwise")]
    Magic,
    /// Written by another version of the program.
    #[error(
        "the snapshot has layout {found}, this program reads layout {LAYOUT}: replay its ratings"
    )]
    Layout {
        /// The layout it has.
        found: u16,
    },
    /// A learner that this program does not have.
    #[error("the snapshot is of a learner numbered {found}, which this program does not know")]
    Kind {
        /// The number it has.
        found: u8,
    },
    /// Made for another list of attribute values.
    #[error(
        "the snapshot speaks taxonomy {found}, this program taxonomy {TAXONOMY_VERSION}: \
         its outputs would mean something else"
    )]
    Taxonomy {
        /// The taxonomy it has.
        found: u32,
    },
    /// Cut off.
    #[error("the snapshot ends too early: {missing} more bytes were to come")]
    Short {
        /// How many bytes are missing at least.
        missing: usize,
    },
    /// Something follows.
    #[error("{extra} bytes follow the end of the snapshot")]
    Long {
        /// How many bytes are too many.
        extra: usize,
    },
    /// A count that no learner reaches.
    #[error("the snapshot holds {found} {what}, but at most {limit} are kept")]
    Count {
        /// Of what.
        what: &'static str,
        /// How many it claims.
        found: usize,
        /// How many there can be.
        limit: usize,
    },
    /// NaN or infinity.
    #[error("{what} in the snapshot are not all finite numbers")]
    NotFinite {
        /// Which numbers.
        what: &'static str,
    },
    /// Numbers that learning never comes to.
    #[error("{what} in the snapshot are none that learning comes to")]
    Unreached {
        /// Which numbers.
        what: &'static str,
    },
    /// A prior that no file can have held.
    #[error("the snapshot's prior is none")]
    Prior,
    /// A number that cannot stand there.
    #[error("the snapshot's rating {position} has {what}")]
    Rating {
        /// Which rating, from 0.
        position: usize,
        /// What is wrong with it.
        what: &'static str,
    },
}

/// Begins a snapshot: the header that [`open`] reads.
pub fn header(kind: LearnerKind) -> Vec<u8> {
    let mut bytes = MAGIC.to_vec();
    bytes.extend(LAYOUT.to_le_bytes());
    bytes.push(number(kind));
    bytes.extend(TAXONOMY_VERSION.to_le_bytes());
    bytes
}

/// A snapshot of a learner that is its style's seed and these parts.
pub fn write(kind: LearnerKind, style_seed: u64, parts: &[&dyn Part]) -> Vec<u8> {
    let mut bytes = header(kind);
    bytes.extend(style_seed.to_le_bytes());
    for part in parts {
        part.encode(&mut bytes);
    }
    bytes
}

/// Something a snapshot is made of.
pub trait Part {
    /// Appends it.
    fn encode(&self, bytes: &mut Vec<u8>);

    /// Reads what [`Self::encode`] wrote.
    fn decode(reader: &mut Reader<'_>) -> Result<Self, SnapshotError>
    where
        Self: Sized;
}

impl<A: Part, B: Part> Part for (A, B) {
    fn encode(&self, bytes: &mut Vec<u8>) {
        self.0.encode(bytes);
        self.1.encode(bytes);
    }

    fn decode(reader: &mut Reader<'_>) -> Result<Self, SnapshotError> {
        Ok((A::decode(reader)?, B::decode(reader)?))
    }
}

/// Reads the header; the reader stands at the learner's own part.
pub fn open(bytes: &[u8]) -> Result<(LearnerKind, Reader<'_>), SnapshotError> {
    if !bytes.starts_with(&MAGIC) {
        return Err(SnapshotError::Magic);
    }
    let mut reader = Reader {
        rest: &bytes[MAGIC.len()..],
    };
    let found = u16::from_le_bytes(reader.take()?);
    if found != LAYOUT {
        return Err(SnapshotError::Layout { found });
    }
    let [found] = reader.take()?;
    let kind = LearnerKind::ALL
        .into_iter()
        .find(|kind| number(*kind) == found)
        .ok_or(SnapshotError::Kind { found })?;
    let found = u32::from_le_bytes(reader.take()?);
    if found != TAXONOMY_VERSION {
        return Err(SnapshotError::Taxonomy { found });
    }
    Ok((kind, reader))
}

/// What is left to read of a snapshot.
#[derive(Clone, Debug)]
pub struct Reader<'a> {
    rest: &'a [u8],
}

impl Reader<'_> {
    /// The next bytes.
    pub fn take<const N: usize>(&mut self) -> Result<[u8; N], SnapshotError> {
        let Some((taken, rest)) = self.rest.split_first_chunk() else {
            let missing = N - self.rest.len();
            return Err(SnapshotError::Short { missing });
        };
        self.rest = rest;
        Ok(*taken)
    }

    /// A count that has a limit.
    pub fn count(&mut self, what: &'static str, limit: usize) -> Result<usize, SnapshotError> {
        let found = usize::from(u16::from_le_bytes(self.take()?));
        if found > limit {
            return Err(SnapshotError::Count { what, found, limit });
        }
        Ok(found)
    }

    /// How many ratings there were, all told. A learner counts on from there.
    pub fn tally(&mut self, what: &'static str) -> Result<u64, SnapshotError> {
        let found = u64::from_le_bytes(self.take()?);
        if found > TALLY {
            return Err(SnapshotError::Unreached { what });
        }
        Ok(found)
    }

    /// Single-precision numbers, each finite and at most [`LARGEST`] away from 0.
    pub fn singles<const N: usize>(
        &mut self,
        what: &'static str,
    ) -> Result<[f32; N], SnapshotError> {
        let mut numbers = [0.0; N];
        for number in &mut numbers {
            *number = f32::from_le_bytes(self.take()?);
            if !number.is_finite() {
                return Err(SnapshotError::NotFinite { what });
            }
            if number.abs() > LARGEST {
                return Err(SnapshotError::Unreached { what });
            }
        }
        Ok(numbers)
    }

    /// What [`write`] wrote: the style's seed and these parts, with nothing behind them.
    pub fn seed_and<P: Part>(mut self) -> Result<(u64, P), SnapshotError> {
        let style_seed = u64::from_le_bytes(self.take()?);
        let parts = P::decode(&mut self)?;
        self.finish()?;
        Ok((style_seed, parts))
    }

    /// Checks that nothing follows.
    pub fn finish(self) -> Result<(), SnapshotError> {
        match self.rest.len() {
            0 => Ok(()),
            extra => Err(SnapshotError::Long { extra }),
        }
    }
}

/// Part of every stored snapshot: never give a number to another kind.
const fn number(kind: LearnerKind) -> u8 {
    match kind {
        LearnerKind::Ppo => 1,
        LearnerKind::Direct => 2,
        LearnerKind::PpoPlain => 3,
        LearnerKind::PpoDiscrete => 4,
        LearnerKind::Reinforce => 5,
        LearnerKind::Dqn => 6,
        LearnerKind::QLearning => 7,
        LearnerKind::Thompson => 8,
        LearnerKind::GpUcb => 9,
        LearnerKind::HillClimb => 10,
        LearnerKind::Random => 11,
    }
}
