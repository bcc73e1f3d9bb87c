//! The part of a snapshot that is `ppo`'s own: seed, two policies, the remembered ratings.
//!
//! Fifteen kilobytes with two hundred ratings. The reward model is not stored: it follows from the
//! ratings, and fitting it again costs less than reading it would.

use wire::taxonomy::{SHARES, VALUES};

use super::{
    SnapshotError,
    features::Features,
    history::{ACTIONS, Action, History, REMEMBERED, Rated},
    policy::{INPUTS, Policy},
    ppo::Ppo,
    snapshot::Reader,
};

impl Ppo {
    /// Appends this learner to a snapshot's header.
    pub(super) fn encode(&self, mut bytes: Vec<u8>) -> Vec<u8> {
        bytes.extend(self.style_seed.to_le_bytes());
        for policy in [&self.trying, &self.serving] {
            let weights = policy.weights().iter().flatten();
            bytes.extend(weights.flat_map(|w| (*w as f32).to_le_bytes()));
        }
        let History {
            learned,
            rated,
            actions,
        } = &self.history;
        bytes.extend(learned.to_le_bytes());
        bytes.extend((rated.len() as u16).to_le_bytes());
        for rating in rated {
            bytes.extend(rating.shares.iter().flat_map(|s| s.to_le_bytes()));
            bytes.extend(rating.prompt.bytes().iter().map(|b| b.cast_unsigned()));
            bytes.push(rating.stars);
        }
        bytes.extend((actions.len() as u16).to_le_bytes());
        for action in actions {
            let numbers = action.numbers.iter().chain(&action.log_prob);
            bytes.extend(numbers.flat_map(|x| x.to_le_bytes()));
        }
        bytes
    }

    /// Reads what [`Self::encode`] wrote, and refuses what it cannot have written.
    pub(super) fn decode(mut reader: Reader<'_>) -> Result<Self, SnapshotError> {
        let style_seed = u64::from_le_bytes(reader.take()?);
        let trying = policy(&mut reader)?;
        let serving = policy(&mut reader)?;
        let learned = u64::from_le_bytes(reader.take()?);
        let count = reader.count("ratings", REMEMBERED)?;
        let rated = (0..count).map(|position| rating(&mut reader, position));
        let rated = rated.collect::<Result<Vec<_>, _>>()?;
        let count = reader.count("actions", ACTIONS.min(rated.len()))?;
        let actions = (0..count).map(|_| action(&mut reader));
        let actions = actions.collect::<Result<Vec<_>, _>>()?;
        reader.finish()?;
        let history = History {
            learned,
            rated,
            actions,
        };
        Ok(Self::new(style_seed, history, trying, serving))
    }
}

fn policy(reader: &mut Reader<'_>) -> Result<Policy, SnapshotError> {
    let mut weights = [[0.0; INPUTS]; SHARES];
    for row in &mut weights {
        *row = reader.singles("the policy's weights")?.map(f64::from);
    }
    Ok(Policy::from_weights(weights))
}

fn rating(reader: &mut Reader<'_>, position: usize) -> Result<Rated, SnapshotError> {
    let refuse = |what| SnapshotError::Rating { position, what };
    let mut shares = [0; SHARES];
    for share in &mut shares {
        *share = u16::from_le_bytes(reader.take()?);
    }
    let (dimensions, _) = shares.as_chunks::<VALUES>();
    for five in dimensions {
        let sum: i64 = five.iter().map(|share| i64::from(*share)).sum();
        // Each of five shares is rounded by at most one half, and a mix's sum by a ten-thousandth.
        if (sum - i64::from(u16::MAX)).abs() > 10 {
            return Err(refuse("shares that do not make a whole"));
        }
    }
    let prompt = Features::from_bytes(reader.take()?.map(u8::cast_signed))
        .ok_or(refuse("a prompt without features"))?;
    let [stars] = reader.take()?;
    if !(1..=5).contains(&stars) {
        return Err(refuse("stars that are not 1 to 5"));
    }
    Ok(Rated {
        shares,
        prompt,
        stars,
    })
}

fn action(reader: &mut Reader<'_>) -> Result<Action, SnapshotError> {
    Ok(Action {
        numbers: reader.singles("the actions")?,
        log_prob: reader.singles("the log-probabilities")?,
    })
}
