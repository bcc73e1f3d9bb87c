//! What many styles have in common: groups of taste, found in what their learners believe.
//!
//! From beliefs only, never from an artist's formulas: the product has nothing else. In the product
//! the styles are published ones; a group of few styles is left out, since it could give one away.

use thiserror::Error;
use wire::{
    learning::LearnerKind,
    taxonomy::{DIMENSIONS, VALUES},
};

use super::{
    artist::Artist,
    run::{Conditions, Run},
};
use crate::learner::prior::{Group, Likings, Prior, PriorError};

/// Fewer styles are no population.
pub const LEAST: usize = 20;
/// Groups that are looked for.
const GROUPS: usize = 8;
/// Styles that a group has at least.
const LEAST_OF_A_GROUP: usize = 4;
/// Rounds of Lloyd's algorithm; it stands still long before.
const ROUNDS: usize = 30;
/// How much of a group's taste is kept: beliefs after few ratings exaggerate what sets groups apart.
const KEPT: f64 = 0.8;

/// What a style believes of the values after some ratings by this artist.
pub fn style(artist: &Artist, ratings: usize) -> Likings {
    let mut run = Run::new(artist, LearnerKind::Ppo, 1, &Conditions::default());
    run.by_ref().take(ratings).for_each(drop);
    let mut likings = run
        .insight()
        .effects
        .map_or([[0.0; VALUES]; DIMENSIONS], |e| e.mean);
    for five in &mut likings {
        let mean = five.iter().sum::<f64>() / VALUES as f64;
        for liking in five {
            *liking -= mean;
        }
    }
    likings
}

/// Why styles make no prior.
#[derive(Debug, Error)]
pub enum PopulationError {
    /// Any one of them could be told from the others.
    #[error("{0} styles are too few to hide any one of them, give at least {LEAST}")]
    Few(usize),
    /// They have nothing in common.
    #[error(
        "no group of taste has the {LEAST_OF_A_GROUP} styles that hide each of them: give more, \
         or styles more alike"
    )]
    Apart,
    /// It breaks the rules of a prior.
    #[error(transparent)]
    Prior(#[from] PriorError),
}

/// The groups of these styles (k-means, begun from styles far apart).
pub fn prior(name: &str, styles: &[Likings]) -> Result<Prior, PopulationError> {
    if styles.len() < LEAST {
        return Err(PopulationError::Few(styles.len()));
    }
    let mut centres = far_apart(styles);
    let mut of_style = vec![0; styles.len()];
    for _ in 0..ROUNDS {
        for (style, group) in styles.iter().zip(&mut of_style) {
            *group = nearest(style, &centres);
        }
        for (group, centre) in centres.iter_mut().enumerate() {
            let members = styles.iter().zip(&of_style).filter(|(_, g)| **g == group);
            if let Some(mean) = mean(members.map(|(style, _)| style)) {
                *centre = mean;
            }
        }
    }
    let groups: Vec<Group> = centres
        .into_iter()
        .enumerate()
        .filter_map(|(group, centre)| {
            let size = of_style.iter().filter(|g| **g == group).count();
            (size >= LEAST_OF_A_GROUP).then(|| Group {
                weight: size as f64 / styles.len() as f64,
                likings: centre.map(|five| five.map(|x| KEPT * x)),
            })
        })
        .collect();
    if groups.is_empty() {
        return Err(PopulationError::Apart);
    }
    let styles = u32::try_from(styles.len()).unwrap_or(u32::MAX);
    Ok(Prior::new(name, styles, groups)?)
}

/// Starts from the mean; each next centre is the style farthest from those before it.
fn far_apart(styles: &[Likings]) -> Vec<Likings> {
    let mut centres: Vec<Likings> = mean(styles.iter()).into_iter().collect();
    while centres.len() < GROUPS {
        let to_nearest = |style: &Likings| {
            let distances = centres.iter().map(|centre| distance(style, centre));
            distances.fold(f64::INFINITY, f64::min)
        };
        let farthest = styles
            .iter()
            .max_by(|a, b| to_nearest(a).total_cmp(&to_nearest(b)));
        let Some(farthest) = farthest else { break };
        centres.push(*farthest);
    }
    centres
}

fn nearest(style: &Likings, centres: &[Likings]) -> usize {
    let distances = centres.iter().map(|centre| distance(style, centre));
    let nearest = distances.enumerate().min_by(|a, b| a.1.total_cmp(&b.1));
    nearest.map_or(0, |(group, _)| group)
}

fn distance(a: &Likings, b: &Likings) -> f64 {
    let pairs = a.iter().flatten().zip(b.iter().flatten());
    pairs.map(|(x, y)| (x - y) * (x - y)).sum()
}

fn mean<'a>(styles: impl Iterator<Item = &'a Likings>) -> Option<Likings> {
    let mut sum = [[0.0; VALUES]; DIMENSIONS];
    let mut count = 0.0;
    for style in styles {
        count += 1.0;
        for (total, x) in sum.iter_mut().flatten().zip(style.iter().flatten()) {
            *total += x;
        }
    }
    (count > 0.0).then(|| sum.map(|five| five.map(|x| x / count)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::learner::rng::{Purpose, Rng};

    #[test]
    fn two_groups_of_styles_are_found() {
        let mut rng = Rng::new(Purpose::Simulate, 6, 6);
        let styles: Vec<Likings> = (0..30)
            .map(|i| {
                let mut likings: Likings =
                    std::array::from_fn(|_| rng.normals().map(|x: f64| 0.05 * x));
                likings[0][i % 2] += 2.0;
                likings
            })
            .collect();
        let prior = prior("two", &styles).unwrap();
        assert_eq!((prior.name.as_str(), prior.styles), ("two", 30));
        let loves = |value: usize| {
            let groups = prior.groups.iter().filter(|g| g.likings[0][value] > 1.0);
            groups.map(|g| g.weight).sum::<f64>()
        };
        assert!(loves(0) > 0.2 && loves(1) > 0.2, "{prior:?}");
    }

    #[test]
    fn few_styles_make_no_prior() {
        let few = [[[0.0; VALUES]; DIMENSIONS]; LEAST - 1];
        let refusal = prior("few", &few).unwrap_err().to_string();
        assert!(refusal.contains("19 styles are too few"), "{refusal}");
    }

    #[test]
    fn styles_with_nothing_in_common_make_no_prior_and_it_says_so() {
        // Eight far corners with at most three styles each.
        let apart: Vec<Likings> = (0..22)
            .map(|i| {
                let mut likings = [[0.0; VALUES]; DIMENSIONS];
                likings[i % 8 / 5][i % 8 % 5] = 9.0;
                likings
            })
            .collect();
        let refusal = prior("apart", &apart).unwrap_err().to_string();
        assert!(refusal.contains("no group of taste"), "{refusal}");
    }
}
