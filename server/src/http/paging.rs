//! Long lists, a page at a time.

use serde::Deserialize;
use utoipa::IntoParams;
use wire::{page::Page, problem::Code};

use crate::{error::ApiError, store::place::Place};

/// Items on a page if it is not said how many.
const LIMIT: u64 = 24;

/// Most items on a page.
const LIMIT_MAX: u64 = 100;

/// Which page.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PageQuery {
    /// `next` of the page before.
    after: Option<String>,
    /// How many, 24 if not given, at most 100.
    limit: Option<u64>,
}

/// A page that may be asked for.
#[derive(Clone, Copy, Debug)]
pub struct Wanted {
    /// Behind which item.
    pub after: Option<Place>,
    limit: u64,
}

impl PageQuery {
    /// Checks it.
    pub fn wanted(self) -> Result<Wanted, ApiError> {
        let Self { after, limit } = self;
        let limit = limit.unwrap_or(LIMIT);
        if !(1..=LIMIT_MAX).contains(&limit) {
            let detail = format!("limit: ask for 1 to {LIMIT_MAX}, not {limit}");
            return Err(ApiError::new(Code::Invalid, detail));
        }
        let after = after.map(|text| text.parse::<Place>()).transpose();
        let after =
            after.map_err(|error| ApiError::new(Code::Invalid, format!("after: {error}")))?;
        Ok(Wanted { after, limit })
    }
}

impl Wanted {
    /// How many to look up: one more than asked for, to know whether there are any left.
    pub const fn look_up(&self) -> u64 {
        self.limit + 1
    }

    /// What was looked up, as a page.
    pub fn page<T>(&self, mut items: Vec<T>) -> Page<T>
    where
        for<'a> Place: From<&'a T>,
    {
        let is_last = items.len() as u64 <= self.limit;
        items.truncate(self.limit as usize);
        let next = items.last().filter(|_| !is_last);
        let next = next.map(|last| Place::from(last).to_string());
        Page { items, next }
    }
}
