//! What a new style knows of other styles: groups of taste, each a liking of the twenty values.
//!
//! Made only from published styles, and only from many of them (`make-prior` refuses fewer). It has
//! a name, which every style that starts from it keeps. A style finds out by itself which group's
//! taste explains its ratings best, if any.

use serde::{Deserialize, Serialize};
use thiserror::Error;
use wire::taxonomy::{DIMENSIONS, SHARES, VALUES};

use super::{SnapshotError, snapshot::Reader};

/// What this reader reads.
const FORMAT: &str = "prior/1";
/// Groups there can be.
const GROUPS: usize = 16;
/// Most bytes of a name.
pub const NAME: usize = 64;

/// Likings of all twenty values, in stars; each dimension's sum to 0.
pub type Likings = [[f64; VALUES]; DIMENSIONS];

/// A population's taste.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Prior {
    format: String,
    /// Which one it is.
    pub name: String,
    /// How many styles it was made from.
    pub styles: u32,
    /// Tastes that are common.
    pub groups: Vec<Group>,
}

/// One common taste.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Group {
    /// How common it is, between 0 and 1.
    pub weight: f64,
    /// What it likes.
    pub likings: Likings,
}

/// Why a file is not a prior.
#[derive(Debug, Error)]
pub enum PriorError {
    /// Not the JSON of a prior.
    #[error("the file does not read as a prior")]
    Json(#[from] serde_json::Error),
    /// Numbers outside the format's rules.
    #[error("the prior has {0}")]
    Fault(&'static str),
}

impl Prior {
    /// A prior of these groups, rounded to single precision, as styles keep it.
    pub fn new(name: &str, styles: u32, groups: Vec<Group>) -> Result<Self, PriorError> {
        let prior = Self {
            format: FORMAT.to_owned(),
            name: name.to_owned(),
            styles,
            groups,
        };
        prior.checked()
    }

    /// Reads a file's text and refuses what the format does not allow.
    pub fn read(json: &str) -> Result<Self, PriorError> {
        serde_json::from_str::<Self>(json)?.checked()
    }

    fn checked(mut self) -> Result<Self, PriorError> {
        let weights = self.groups.iter().map(|group| group.weight);
        let likings = self.groups.iter().flat_map(|group| group.likings);
        let fault = if self.format != FORMAT {
            "a format other than prior/1"
        } else if self.name.is_empty() || self.name.len() > NAME {
            "a name that is empty or longer than 64 bytes"
        } else if self.groups.is_empty() || self.groups.len() > GROUPS {
            "no groups, or more than 16"
        } else if weights.into_iter().any(|w| !(w > 0.0 && w <= 1.0)) {
            "a weight that is not above 0 and at most 1"
        } else if likings
            .flatten()
            .any(|x| !(x.is_finite() && x.abs() <= 10.0))
        {
            "a liking that is not between -10 and 10 stars"
        } else {
            for group in &mut self.groups {
                group.weight = f64::from(group.weight as f32);
                group.likings = group.likings.map(|five| five.map(|x| f64::from(x as f32)));
            }
            return Ok(self);
        };
        Err(PriorError::Fault(fault))
    }

    /// Appends a prior, or that there is none.
    pub(super) fn encode(prior: Option<&Self>, bytes: &mut Vec<u8>) {
        let Some(prior) = prior else {
            bytes.extend(0_u16.to_le_bytes());
            return;
        };
        bytes.extend((prior.groups.len() as u16).to_le_bytes());
        bytes.extend(prior.styles.to_le_bytes());
        bytes.extend((prior.name.len() as u16).to_le_bytes());
        bytes.extend(prior.name.as_bytes());
        for group in &prior.groups {
            let likings = group.likings.iter().flatten();
            let numbers = std::iter::once(&group.weight).chain(likings);
            bytes.extend(numbers.flat_map(|x| (*x as f32).to_le_bytes()));
        }
    }

    /// Reads what [`Self::encode`] wrote.
    pub(super) fn decode(reader: &mut Reader<'_>) -> Result<Option<Self>, SnapshotError> {
        let count = reader.count("groups of taste", GROUPS)?;
        if count == 0 {
            return Ok(None);
        }
        let styles = u32::from_le_bytes(reader.take()?);
        let length = reader.count("bytes of a prior's name", NAME)?;
        let name: Vec<u8> = (0..length)
            .map(|_| reader.take::<1>().map(|[byte]| byte))
            .collect::<Result<_, _>>()?;
        let mut groups = Vec::with_capacity(count);
        for _ in 0..count {
            let [weight] = reader.singles("a prior's weights")?;
            let likings: [f32; SHARES] = reader.singles("a prior's likings")?;
            groups.push(Group {
                weight: f64::from(weight),
                likings: std::array::from_fn(|d| {
                    std::array::from_fn(|v| f64::from(likings[d * VALUES + v]))
                }),
            });
        }
        let name = String::from_utf8(name).map_err(|_| SnapshotError::Prior)?;
        let prior = Self::new(&name, styles, groups).map_err(|_| SnapshotError::Prior)?;
        Ok(Some(prior))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn prior(weight: f64, liking: f64) -> Result<Prior, PriorError> {
        let mut likings = [[0.1; VALUES]; DIMENSIONS];
        likings[2][3] = liking;
        Prior::new("spring", 40, vec![Group { weight, likings }])
    }

    #[test]
    fn a_prior_survives_its_file_to_the_last_bit() {
        let prior = prior(0.3, 0.7).unwrap();
        let json = serde_json::to_string(&prior).unwrap();
        assert_eq!(Prior::read(&json).unwrap(), prior);
    }

    #[test]
    fn what_the_format_does_not_allow_is_refused_by_name() {
        let refusal = |prior: Result<Prior, PriorError>| prior.unwrap_err().to_string();
        assert!(refusal(prior(0.0, 0.5)).contains("a weight"));
        assert!(refusal(prior(0.5, 11.0)).contains("a liking"));
        assert!(refusal(prior(0.5, f64::NAN)).contains("a liking"));
        assert!(refusal(Prior::new("", 9, Vec::new())).contains("a name"));
        assert!(refusal(Prior::new("x", 9, Vec::new())).contains("no groups"));
        assert!(Prior::read("{}").is_err());
    }
}
