//! What the learners do alike, so that each file holds only what makes it another.

use sha2::{Digest as _, Sha256};
use wire::{
    ids::PolicyHash,
    learning::{BestMix, Insight, Scene, SceneMix},
    mix::Mix,
    proposal::Proposal,
    taxonomy::{DIMENSIONS, SHARES},
};

use super::{
    Learner, SnapshotError, categorical,
    diversity::Shown,
    features::Features,
    lexicon::stock_prompts,
    snapshot::{Part, Reader},
};

/// Stars expected by a learner that has seen none: random mixes earn about two.
const FIRST_GUESS: f64 = 2.2;

/// Proposals that are made to see how spread they are.
const DRAWS: usize = 16;

/// The name of this version.
pub fn hash(learner: &impl Learner) -> PolicyHash {
    PolicyHash::from_bytes(Sha256::digest(learner.snapshot()).into())
}

/// A proposal of a learner that foresees no ratings.
pub fn proposal(
    learner: &impl Learner,
    prompt: &str,
    mix: Mix,
    action: [f64; SHARES],
    log_prob: [f64; DIMENSIONS],
) -> Proposal {
    Proposal {
        policy: hash(learner),
        prompt: prompt.to_owned(),
        mix,
        action,
        log_prob,
        predicted: None,
    }
}

/// What can be told of any learner: how spread its proposals are, and what it recommends.
pub fn insight<L: Learner + ?Sized>(learner: &L, prompts: &[String]) -> Insight {
    let stock = stock_prompts();
    let asked: Vec<&str> = if prompts.is_empty() {
        stock.into()
    } else {
        prompts.iter().map(String::as_str).collect()
    };
    let draws = (0..DRAWS).map(|i| {
        learner
            .propose(asked[i % asked.len()], Shown::NOTHING, i as u64)
            .mix
    });
    Insight {
        entropy: entropy(&average(draws)),
        best: best_mixes(learner, prompts),
        scenes: best_of_scenes(|prompt| {
            let belief = learner.belief(&[prompt.to_owned()]);
            (belief.proposed, belief.expected)
        }),
        ..Insight::default()
    }
}

/// What a learner recommends for each of these prompts.
pub fn best_mixes<L: Learner + ?Sized>(learner: &L, prompts: &[String]) -> Vec<BestMix> {
    let best = prompts.iter().map(|prompt| {
        let belief = learner.belief(std::slice::from_ref(prompt));
        BestMix {
            prompt: prompt.clone(),
            mix: belief.proposed,
            expected: belief.expected,
        }
    });
    best.collect()
}

/// The best mix for each kind of scene, with the stars expected for it: what is `known` of a plain
/// prompt of the kind.
pub fn best_of_scenes(mut known: impl FnMut(&str) -> (Mix, f64)) -> Vec<SceneMix> {
    let plain = Scene::ALL.into_iter().zip(stock_prompts());
    let best = plain.map(|(scene, prompt)| {
        let (mix, expected) = known(prompt);
        SceneMix {
            scene,
            mix: rounded(&mix),
            expected,
        }
    });
    best.collect()
}

/// The same to six places: up to sixty-four versions are told of in one message, and eight mixes with all
/// their digits would be half of it.
fn rounded(mix: &Mix) -> Mix {
    let shares = mix
        .rows()
        .map(|five| five.map(|share| (share * 1e6).round() / 1e6));
    Mix::new(shares).unwrap_or(*mix)
}

/// How spread each dimension's shares are: 0 for a single value, 1 for equal parts.
pub fn entropy(mix: &Mix) -> [f64; DIMENSIONS] {
    categorical::sureness(&mix.flat()).map(|certainty| 1.0 - certainty)
}

/// The features of these prompts, or of one prompt of each kind if there are none.
pub fn features(prompts: &[String]) -> Vec<Features> {
    if prompts.is_empty() {
        stock_prompts().map(Features::of).into()
    } else {
        prompts.iter().map(|prompt| Features::of(prompt)).collect()
    }
}

/// The mean of equally important mixes.
pub fn average(mixes: impl IntoIterator<Item = Mix>) -> Mix {
    let weighted: Vec<(f64, Mix)> = mixes.into_iter().map(|mix| (1.0, mix)).collect();
    Mix::blend(&weighted).unwrap_or(Mix::NEUTRAL)
}

/// The mean rating, which is all that a learner without a model of taste can expect.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct MeanStars {
    /// How many ratings there were.
    pub count: u64,
    /// Their sum.
    pub sum: u64,
}

impl MeanStars {
    /// Counts one more rating.
    pub fn add(&mut self, stars: u8) {
        self.count += 1;
        self.sum = self.sum.saturating_add(u64::from(stars));
    }

    /// The mean, with the first guess weighing as much as one rating.
    pub fn mean(&self) -> f64 {
        (self.sum as f64 + FIRST_GUESS) / (self.count as f64 + 1.0)
    }
}

impl Part for MeanStars {
    fn encode(&self, bytes: &mut Vec<u8>) {
        bytes.extend(self.count.to_le_bytes());
        bytes.extend(self.sum.to_le_bytes());
    }

    fn decode(reader: &mut Reader<'_>) -> Result<Self, SnapshotError> {
        let count = reader.tally("the counted ratings")?;
        let sum = u64::from_le_bytes(reader.take()?);
        if !(count..=5 * count).contains(&sum) {
            let what = "the stars of all ratings";
            return Err(SnapshotError::Unreached { what });
        }
        Ok(Self { count, sum })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mean_starts_at_the_first_guess_and_forgets_it() {
        let mut mean = MeanStars::default();
        assert!((mean.mean() - 2.2).abs() < 1e-12);
        for _ in 0..3 {
            mean.add(5);
        }
        // (15 + 2.2) / 4
        assert!((mean.mean() - 4.3).abs() < 1e-12);
    }

    #[test]
    fn without_prompts_one_of_each_kind_is_taken() {
        assert_eq!(features(&[]).len(), 8);
        assert_eq!(features(&["a lake".to_owned()]), [Features::of("a lake")]);
    }
}
