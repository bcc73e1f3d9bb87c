//! What a grid amounts to: a few numbers per learner, and its curve.

use std::fmt::Write as _;

use super::grid::{Grid, Outcome};

/// Ratings after which the regret is told.
pub const MARKS: [usize; 4] = [10, 20, 40, 80];

/// The regrets that a learner should reach.
pub const GOALS: [f64; 2] = [0.2, 0.1];

/// How many ratings in a row must have a goal's mean regret for it to be reached.
const STEADY: usize = 5;

/// One learner with one group of artists.
#[derive(Clone, Debug)]
pub struct Summary {
    /// The learner's name.
    pub learner: &'static str,
    /// The artists' family, or `all`.
    pub family: String,
    /// Per goal the median and the 90th percentile of the ratings to reach it; `None` if the run
    /// ended before.
    pub to_goal: [[Option<usize>; 2]; GOALS.len()],
    /// Mean regret at each mark; `None` if the runs were shorter.
    pub at_mark: [Option<f64>; MARKS.len()],
    /// Mean regret after each number of ratings.
    pub curve: Vec<f64>,
    /// Mean rating received.
    pub stars: f64,
    /// Mean natural logarithm of the foreseen probability of what was rated, without its sign.
    pub log_loss: Option<f64>,
    /// Mean processor time per update.
    pub update_cpu_ms: f64,
}

/// Per learner one summary of all artists, and one of each family.
pub fn summaries(grid: &Grid, outcomes: &[Outcome]) -> Vec<Summary> {
    let mut families: Vec<&str> = grid.artists.iter().map(|a| a.family.as_str()).collect();
    families.sort_unstable();
    families.dedup();
    let mut summaries = Vec::new();
    for (place, kind) in grid.learners.iter().enumerate() {
        let mut add = |family: &str, of: &dyn Fn(&Outcome) -> bool| {
            let mine = outcomes.iter().filter(|o| o.learner == place && of(o));
            let mine: Vec<&Outcome> = mine.collect();
            if !mine.is_empty() {
                summaries.push(summary(kind.name(), family, &mine));
            }
        };
        add("all", &|_| true);
        for family in &families {
            add(family, &|o| grid.artists[o.artist].family == *family);
        }
    }
    summaries
}

fn summary(learner: &'static str, family: &str, outcomes: &[&Outcome]) -> Summary {
    let length = outcomes.iter().map(|o| o.regrets.len()).min().unwrap_or(0);
    let mean = |numbers: &mut dyn Iterator<Item = f64>| {
        let (sum, count) = numbers.fold((0.0, 0), |(s, c), x| (s + x, c + 1));
        sum / f64::from(count.max(1))
    };
    let curve: Vec<f64> = (0..length)
        .map(|n| mean(&mut outcomes.iter().map(|o| o.regrets[n])))
        .collect();
    let rows = || outcomes.iter().flat_map(|o| &o.rows);
    let foreseen = || rows().filter_map(|r| Some(r.predicted?[usize::from(r.rating) - 1]));
    let to_goal = GOALS.map(|goal| {
        let mut reached: Vec<usize> = outcomes
            .iter()
            .map(|o| ratings_to(goal, &o.regrets).unwrap_or(usize::MAX))
            .collect();
        reached.sort_unstable();
        [0.5, 0.9].map(|share| {
            let place = (share * reached.len() as f64).ceil() as usize;
            let at = reached[place.clamp(1, reached.len()) - 1];
            (at != usize::MAX).then_some(at)
        })
    });
    Summary {
        learner,
        family: family.to_owned(),
        to_goal,
        at_mark: MARKS.map(|mark| curve.get(mark).copied()),
        curve,
        stars: mean(&mut rows().map(|r| f64::from(r.rating))),
        log_loss: foreseen()
            .next()
            .is_some()
            .then(|| mean(&mut foreseen().map(|p| -libm::log(p.max(1e-9))))),
        update_cpu_ms: mean(&mut rows().map(|r| r.update_cpu_ms)),
    }
}

/// The first number of ratings from which on the mean regret of five in a row is at most this.
pub fn ratings_to(goal: f64, regrets: &[f64]) -> Option<usize> {
    let mut windows = regrets.windows(STEADY);
    windows.position(|five| five.iter().sum::<f64>() / STEADY as f64 <= goal)
}

/// The table in Markdown.
pub fn table(summaries: &[Summary], ratings: usize) -> String {
    let mut text = String::from(
        "| learner | artists | ratings to 0.2: median, 90% | to 0.1: median, 90% | regret at 10 | \
         20 | 40 | 80 | mean rating | log-loss | CPU ms per update |\n\
         |---|---|---|---|---|---|---|---|---|---|---|\n",
    );
    let never = format!("> {ratings}");
    for s in summaries {
        let goals = s.to_goal.map(|percentiles| {
            percentiles
                .map(|n| n.map_or_else(|| never.clone(), |n| n.to_string()))
                .join(", ")
        });
        let number = |x: Option<f64>| x.map_or_else(|| "-".to_owned(), |x| format!("{x:.2}"));
        let marks = s.at_mark.map(number).join(" | ");
        // Writing to a string cannot fail.
        let _ = writeln!(
            text,
            "| {} | {} | {} | {marks} | {:.2} | {} | {:.2} |",
            s.learner,
            s.family,
            goals.join(" | "),
            s.stars,
            number(s.log_loss),
            s.update_cpu_ms,
        );
    }
    text
}

/// Every rating of every run, as comma-separated values.
pub fn csv(grid: &Grid, outcomes: &[Outcome]) -> String {
    let mut text =
        String::from("learner,artist,family,seed,n,category,rating,regret,update_cpu_ms\n");
    for outcome in outcomes {
        let artist = &grid.artists[outcome.artist];
        let learner = grid.learners[outcome.learner].name();
        for row in &outcome.rows {
            // Names come from files that were accepted, and a family may be anything: quote both.
            let _ = writeln!(
                text,
                "{learner},{},{},{},{},{},{},{:.6},{:.3}",
                quoted(&artist.name),
                quoted(&artist.family),
                outcome.seed,
                row.n,
                row.category,
                row.rating,
                row.regret,
                row.update_cpu_ms,
            );
        }
    }
    text
}

fn quoted(field: &str) -> String {
    if field.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", field.replace('"', "\"\""))
    } else {
        field.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_goal_is_reached_where_five_ratings_in_a_row_have_its_mean() {
        let regrets = [0.9, 0.1, 0.9, 0.4, 0.1, 0.1, 0.2, 0.2, 0.1];
        // From 3 on: (0.4 + 0.1 + 0.1 + 0.2 + 0.2) / 5 = 0.2.
        assert_eq!(ratings_to(0.2 + 1e-12, &regrets), Some(3));
        assert_eq!(ratings_to(0.1, &regrets), None);
        assert_eq!(ratings_to(0.5, &regrets[..3]), None);
    }

    #[test]
    fn percentiles_are_those_of_the_runs() {
        let outcome = |first_good: usize| Outcome {
            learner: 0,
            artist: 0,
            seed: 1,
            rows: Vec::new(),
            regrets: (0..30)
                .map(|n| f64::from(u8::from(n < first_good)))
                .collect(),
        };
        let outcomes: Vec<Outcome> = (1..=10).map(outcome).collect();
        let all: Vec<&Outcome> = outcomes.iter().collect();
        let summary = summary("random", "all", &all);
        // A window may hold one bad rating in five: reached one earlier. Half of ten is the fifth.
        assert_eq!(summary.to_goal[0], [Some(4), Some(8)]);
        assert_eq!(summary.at_mark[0], Some(0.0));
        assert_eq!(summary.at_mark[2], None);
    }
}
