//! A small network for `dqn`: one hidden layer shared by four heads of five, by hand in `f64`.
//!
//! libtorch is not used: its sums depend on the CPU, and for eight hundred weights its overhead per
//! operation is larger than the work.

use wire::taxonomy::SHARES;

use super::{SnapshotError, rng::Rng, snapshot::Reader};

/// Hidden units.
pub const HIDDEN: usize = 16;

/// The weights; the last one of each row is its bias.
#[derive(Clone, Debug, PartialEq)]
pub struct Network {
    trunk: [[f64; SHARES + 1]; HIDDEN],
    heads: [[f64; HIDDEN + 1]; SHARES],
}

impl Network {
    /// Random weights of He et al. 2015 for the trunk, and heads that say nothing yet.
    pub fn fresh(rng: &mut Rng) -> Self {
        let spread = (2.0 / 4.0_f64).sqrt();
        let mut trunk = [[0.0; SHARES + 1]; HIDDEN];
        for row in &mut trunk {
            for weight in &mut row[..SHARES] {
                *weight = spread * rng.normal();
            }
        }
        Self {
            trunk,
            heads: [[0.0; HIDDEN + 1]; SHARES],
        }
    }

    fn hidden(&self, input: &[f64; SHARES]) -> [f64; HIDDEN] {
        self.trunk.map(|row| affine(&row, input).max(0.0))
    }

    /// The twenty outputs.
    pub fn outputs(&self, input: &[f64; SHARES]) -> [f64; SHARES] {
        let hidden = self.hidden(input);
        self.heads.map(|row| affine(&row, &hidden))
    }

    /// Goes one step down the half squared error, whose slopes by the outputs are given.
    pub fn descend(&mut self, input: &[f64; SHARES], slopes: &[f64; SHARES], step: f64) {
        let hidden = self.hidden(input);
        let mut by_hidden = [0.0; HIDDEN];
        for (row, slope) in self.heads.iter_mut().zip(slopes) {
            for (h, weight) in by_hidden.iter_mut().zip(&*row) {
                *h += slope * weight;
            }
            nudge(row, &hidden, -step * slope);
        }
        for ((row, h), slope) in self.trunk.iter_mut().zip(hidden).zip(by_hidden) {
            if h > 0.0 {
                nudge(row, input, -step * slope);
            }
        }
    }

    /// Rounds to single precision, as it is stored.
    pub fn round(&mut self) {
        for weight in self.weights_mut() {
            *weight = f64::from(*weight as f32);
        }
    }

    /// Appends the weights in single precision.
    pub fn encode(&self, bytes: &mut Vec<u8>) {
        let weights = self
            .trunk
            .iter()
            .flatten()
            .chain(self.heads.iter().flatten());
        bytes.extend(weights.flat_map(|w| (*w as f32).to_le_bytes()));
    }

    /// Reads what [`Self::encode`] wrote.
    pub fn decode(reader: &mut Reader<'_>) -> Result<Self, SnapshotError> {
        let mut network = Self {
            trunk: [[0.0; SHARES + 1]; HIDDEN],
            heads: [[0.0; HIDDEN + 1]; SHARES],
        };
        for weight in network.weights_mut() {
            let [single] = reader.singles("the network's weights")?;
            *weight = f64::from(single);
        }
        Ok(network)
    }

    fn weights_mut(&mut self) -> impl Iterator<Item = &mut f64> {
        let heads = self.heads.iter_mut().flatten();
        self.trunk.iter_mut().flatten().chain(heads)
    }
}

/// The bias and the weighted sum; the bias stands last, where `zip` leaves it out.
fn affine(row: &[f64], input: &[f64]) -> f64 {
    let weighted = row.iter().zip(input).map(|(w, x)| w * x);
    weighted.sum::<f64>() + row[input.len()]
}

fn nudge(row: &mut [f64], input: &[f64], by: f64) {
    for (weight, x) in row.iter_mut().zip(input) {
        *weight += by * x;
    }
    row[input.len()] += by;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::learner::rng::Purpose;

    #[test]
    fn a_step_follows_the_slope_found_by_finite_differences() {
        let mut rng = Rng::new(Purpose::Simulate, 1, 9);
        let mut network = Network::fresh(&mut rng);
        for weight in network.weights_mut() {
            *weight += 0.3 * rng.normal();
        }
        let input: [f64; SHARES] = rng.normals();
        let target: [f64; SHARES] = rng.normals();
        let error = |network: &Network| {
            let outputs = network.outputs(&input);
            let squares = outputs.iter().zip(target).map(|(o, t)| (o - t) * (o - t));
            squares.sum::<f64>() / 2.0
        };
        let outputs = network.outputs(&input);
        let slopes = std::array::from_fn(|i| outputs[i] - target[i]);
        let mut moved = network.clone();
        moved.descend(&input, &slopes, 1e-3);
        let count = network.weights_mut().count();
        for i in (0..count).step_by(7) {
            let at = |shift: f64| {
                let mut other = network.clone();
                *other.weights_mut().nth(i).unwrap() += shift;
                error(&other)
            };
            let slope = (at(1e-6) - at(-1e-6)) / 2e-6;
            let before = *network.clone().weights_mut().nth(i).unwrap();
            let after = *moved.clone().weights_mut().nth(i).unwrap();
            assert!((after - before + 1e-3 * slope).abs() < 1e-8, "{i}");
        }
    }
}
