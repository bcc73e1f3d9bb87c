//! `atelier-worker trust`: how far to trust what the deployed learner says, on simulated artists.

use std::{
    fmt::Write as _,
    io::{self, Write as _},
    path::PathBuf,
};

use clap::Args;
use indicatif::ProgressIterator as _;

use crate::lab::{
    files::read_artists,
    trust::{Alike, Claims, alike},
};

/// Edges between expectations that are told together, in stars.
const STARS: [f64; 8] = [1.0, 2.5, 3.0, 3.5, 4.0, 4.5, 4.75, 5.01];
/// Edges between degrees of sureness.
const SURENESS: [f64; 7] = [0.0, 0.15, 0.35, 0.55, 0.75, 0.9, 1.01];
/// A regret that a settled taste should not have, and one that an unsettled taste need not.
const MUCH: f64 = 0.3;
const LITTLE: f64 = 0.15;

/// Arguments of the command.
#[derive(Debug, Args)]
pub struct Trust {
    /// The folder of the artists' files.
    #[arg(long)]
    artists: PathBuf,
    /// How many ratings each gives.
    #[arg(long, default_value_t = 80)]
    ratings: usize,
    /// Equal seeds give equal runs.
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

impl Trust {
    /// Asks and prints.
    pub fn run(&self) -> anyhow::Result<()> {
        let mut claims = Claims::default();
        for artist in read_artists(&self.artists)?.iter().progress() {
            claims.gather(artist, self.seed, self.ratings);
        }
        io::stdout().write_all(table(&claims).as_bytes())?;
        Ok(())
    }
}

fn table(claims: &Claims) -> String {
    let mut text = String::from("| said | so | how often |\n|---|---|---|\n");
    let mut line = |said: String, so: String, count: usize| {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "| {said} | {so} | {count} |");
    };
    for Alike { count, mean } in alike(&claims.stars, &STARS) {
        let said = format!("expects {:.2} stars", mean.said);
        line(said, format!("{:.2}", mean.so), count);
    }
    let both = alike(&claims.best, &SURENESS).into_iter();
    for (best, nearly) in both.zip(alike(&claims.nearly_best, &SURENESS)) {
        let said = format!("{:.0} % sure of a dimension", 100.0 * best.mean.said);
        let [best_so, nearly_so] = [best, nearly].map(|alike| 100.0 * alike.mean.so);
        let so = format!("the best: {best_so:.0} %; within a quarter star: {nearly_so:.0} %");
        line(said, so, best.count);
    }
    let (much, little) = (|regret| regret > MUCH, |regret| regret < LITTLE);
    if let Some(so) = told(&claims.settled, &format!("above {MUCH}"), much) {
        line("settled".to_owned(), so, claims.settled.len());
    }
    if let Some(so) = told(&claims.not_settled, &format!("below {LITTLE}"), little) {
        line("not settled".to_owned(), so, claims.not_settled.len());
    }
    text
}

/// The mean of some regrets, and how many of them are remarkable.
fn told(regrets: &[f64], remarkable: &str, is_so: impl Fn(f64) -> bool) -> Option<String> {
    let count = regrets.len() as f64;
    let mean = regrets.iter().sum::<f64>() / count;
    let share = 100.0 * regrets.iter().filter(|regret| is_so(**regret)).count() as f64 / count;
    (!regrets.is_empty()).then(|| format!("regret {mean:.2}, {remarkable}: {share:.0} %"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lab::trust::Claim;

    #[test]
    fn each_kind_of_claim_has_its_lines() {
        let claim = |said, so| Claim { said, so };
        let claims = Claims {
            stars: vec![claim(4.2, 4.0), claim(4.4, 3.6)],
            best: vec![claim(0.8, 1.0), claim(0.8, 0.0)],
            nearly_best: vec![claim(0.8, 1.0); 2],
            settled: vec![0.1, 0.4],
            not_settled: vec![0.5, 0.7, 0.05],
        };
        let text = table(&claims);
        for line in [
            "| expects 4.30 stars | 3.80 | 2 |",
            "| 80 % sure of a dimension | the best: 50 %; within a quarter star: 100 % | 2 |",
            "| settled | regret 0.25, above 0.3: 50 % | 2 |",
            "| not settled | regret 0.42, below 0.15: 33 % | 3 |",
        ] {
            assert!(text.contains(line), "{text}");
        }
    }
}
