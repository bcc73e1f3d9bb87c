//! The part of a snapshot that remembers ratings: eleven kilobytes for two hundred of them.

use wire::taxonomy::{SHARES, VALUES};

use super::{
    SnapshotError,
    features::Features,
    history::{ACTIONS, Action, COMPARED, Compared, History, REMEMBERED, Rated, Tap},
    snapshot::{Part, Reader},
};

impl Part for History {
    fn encode(&self, bytes: &mut Vec<u8>) {
        bytes.extend(self.learned.to_le_bytes());
        bytes.extend((self.rated.len() as u16).to_le_bytes());
        for rating in &self.rated {
            bytes.extend(rating.shares.iter().flat_map(|s| s.to_le_bytes()));
            bytes.extend(rating.prompt.bytes().iter().map(|b| b.cast_unsigned()));
            // Stars need three bits and a tap four, so one byte holds both.
            bytes.push(rating.stars | Tap::code(rating.tap) << 3);
        }
        bytes.extend((self.actions.len() as u16).to_le_bytes());
        for action in &self.actions {
            let numbers = action.numbers.iter().chain(&action.log_prob);
            bytes.extend(numbers.flat_map(|x| x.to_le_bytes()));
        }
        bytes.extend((self.compared.len() as u16).to_le_bytes());
        for pair in &self.compared {
            let shares = pair.preferred.iter().chain(&pair.other);
            bytes.extend(shares.flat_map(|s| s.to_le_bytes()));
            bytes.extend(pair.prompt.bytes().iter().map(|b| b.cast_unsigned()));
        }
    }

    fn decode(reader: &mut Reader<'_>) -> Result<Self, SnapshotError> {
        let learned = reader.tally("the learned ratings")?;
        let count = reader.count("ratings", REMEMBERED)?;
        // All are remembered until the oldest are forgotten.
        if count as u64 != learned.min(REMEMBERED as u64) {
            let what = "the learned and the remembered ratings";
            return Err(SnapshotError::Unreached { what });
        }
        let rated = (0..count).map(|position| rating(reader, position));
        let rated = rated.collect::<Result<Vec<_>, _>>()?;
        let count = reader.count("actions", ACTIONS.min(rated.len()))?;
        let actions = (0..count).map(|_| action(reader));
        let actions = actions.collect::<Result<Vec<_>, _>>()?;
        let count = reader.count("comparisons", COMPARED)?;
        let compared = (0..count).map(|position| comparison(reader, position));
        Ok(Self {
            learned,
            rated,
            actions,
            compared: compared.collect::<Result<_, _>>()?,
        })
    }
}

fn rating(reader: &mut Reader<'_>, position: usize) -> Result<Rated, SnapshotError> {
    let refuse = |what| SnapshotError::Rating { position, what };
    let shares = shares(reader, position)?;
    let prompt = prompt(reader, position)?;
    let [packed] = reader.take()?;
    let stars = packed & 0b111;
    if !(1..=5).contains(&stars) {
        return Err(refuse("stars that are not 1 to 5"));
    }
    let tap = Tap::from_code(packed >> 3).ok_or(refuse("a tap on no dimension"))?;
    Ok(Rated {
        shares,
        prompt,
        stars,
        tap,
    })
}

fn comparison(reader: &mut Reader<'_>, position: usize) -> Result<Compared, SnapshotError> {
    Ok(Compared {
        preferred: shares(reader, position)?,
        other: shares(reader, position)?,
        prompt: prompt(reader, position)?,
    })
}

fn action(reader: &mut Reader<'_>) -> Result<Action, SnapshotError> {
    Ok(Action {
        numbers: reader.singles("the actions")?,
        log_prob: reader.singles("the log-probabilities")?,
    })
}

fn shares(reader: &mut Reader<'_>, position: usize) -> Result<[u16; SHARES], SnapshotError> {
    let mut shares = [0; SHARES];
    for share in &mut shares {
        *share = u16::from_le_bytes(reader.take()?);
    }
    let (dimensions, _) = shares.as_chunks::<VALUES>();
    for five in dimensions {
        let sum: i64 = five.iter().map(|share| i64::from(*share)).sum();
        // Each of five shares is rounded by at most one half, and a mix's sum by a ten-thousandth.
        if (sum - i64::from(u16::MAX)).abs() > 10 {
            let what = "shares that do not make a whole";
            return Err(SnapshotError::Rating { position, what });
        }
    }
    Ok(shares)
}

fn prompt(reader: &mut Reader<'_>, position: usize) -> Result<Features, SnapshotError> {
    let bytes = reader.take()?.map(u8::cast_signed);
    let what = "a prompt without features";
    Features::from_bytes(bytes).ok_or(SnapshotError::Rating { position, what })
}
