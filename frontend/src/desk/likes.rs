//! What a version knows of a taste, put into the few words a page has room for.

use wire::{
    learning::{Effects, Insight},
    taxonomy::Taxonomy,
};

/// One value that surely adds or takes something.
#[derive(Clone, Debug, PartialEq)]
pub struct Liking {
    /// The value's name.
    pub value: String,
    /// Stars by which it is liked more than its dimension's five on average.
    pub stars: f64,
    /// What the version before thought of it, if it had a notion of it.
    pub before: Option<f64>,
}

/// The values that matter most, the strongest first: those whose effect is larger than the doubt
/// about it. At most `count`.
pub fn strongest(
    taxonomy: &Taxonomy,
    now: &Effects,
    before: Option<&Effects>,
    count: usize,
) -> Vec<Liking> {
    let mut all: Vec<Liking> = Vec::new();
    for (d, dimension) in taxonomy.dimensions.iter().enumerate() {
        for (v, value) in dimension.values.iter().enumerate() {
            let (Some(stars), Some(doubt)) = (at(&now.mean, d, v), at(&now.doubt, d, v)) else {
                continue;
            };
            if stars.abs() > doubt {
                all.push(Liking {
                    value: value.clone(),
                    stars,
                    before: before.and_then(|before| at(&before.mean, d, v)),
                });
            }
        }
    }
    all.sort_by(|a, b| b.stars.abs().total_cmp(&a.stars.abs()));
    all.truncate(count);
    all
}

/// The name of a pair's value.
pub fn name_of(taxonomy: &Taxonomy, value: wire::learning::ValueOf) -> Option<&str> {
    let dimension = taxonomy.dimensions.get(value.dimension.index())?;
    dimension
        .values
        .get(usize::from(value.value))
        .map(|name| &**name)
}

/// The effects of a version that has a notion of them.
pub fn effects(insight: Option<&Insight>) -> Option<Effects> {
    insight.and_then(|insight| insight.effects)
}

fn at<const V: usize, const D: usize>(table: &[[f64; V]; D], d: usize, v: usize) -> Option<f64> {
    table.get(d)?.get(v).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn flat(number: f64) -> [[f64; 5]; 4] {
        [[number; 5]; 4]
    }

    #[test]
    fn only_what_is_larger_than_its_doubt_is_said_the_strongest_first() {
        let mut now = Effects {
            mean: flat(0.1),
            doubt: flat(0.3),
        };
        now.mean[0][0] = 0.5;
        now.mean[2][4] = -0.9;
        now.mean[1][1] = 1.2;
        now.doubt[1][1] = 1.3;
        let before = Effects {
            mean: flat(0.2),
            doubt: flat(0.3),
        };
        let said = strongest(&Taxonomy::current(), &now, Some(&before), 3);
        let said: Vec<_> = said
            .iter()
            .map(|l| (&*l.value, l.stars, l.before))
            .collect();
        assert_eq!(
            said,
            [("melancholic", -0.9, Some(0.2)), ("warm", 0.5, Some(0.2))]
        );
        assert_eq!(strongest(&Taxonomy::current(), &now, None, 1).len(), 1);
    }
}
