//! What a style foresaw of its artist's ratings, held against what they gave. The server says it
//! of a style, and a page says it after every key press: so it is computed here, once.

use serde::{Deserialize, Serialize};

use crate::{ids::ImageId, rating::Stars, style::HistoryPoint};

/// How many of the newest forecasts count: what a style foresaw long ago says little about it now.
pub const WINDOW: usize = 100;

/// A forecast below this counts as this, or one surprise would outweigh a hundred good guesses.
const LEAST: f64 = 0.001;

/// Into how many equal ranges of probability forecasts are sorted.
const RANGES: usize = 5;

/// How well ratings were foreseen, and how well they could be.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Foresight {
    /// How many forecasts this is about: the newest, at most 100.
    pub forecasts: u32,
    /// Mean of the negative logarithm of the probability that the given stars had: 0 knew them all,
    /// 1.61 might as well have guessed. `null` without forecasts.
    pub log_loss: Option<f64>,
    /// Mean distance in stars between what was expected and what was given.
    pub off_by: Option<f64>,
    /// What was called so likely came true how often. Ranges without forecasts are left out.
    pub reliability: Vec<Reliability>,
    /// How well the artist agrees with themself.
    pub artist: Consistency,
}

/// Forecasts of about one probability, and how many of them came true.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Reliability {
    /// Their mean probability.
    pub foreseen: f64,
    /// The share that came true; equal to `foreseen` where forecasts are honest.
    pub happened: f64,
    /// How many there were: five per rating, one for each number of stars.
    pub count: u32,
}

/// What an artist gave to pictures that they saw twice without being told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Consistency {
    /// How many pictures.
    pub pictures: u32,
    /// How many of them got the same stars again.
    pub same: u32,
    /// Mean distance in stars between the two answers; `null` without pictures.
    pub apart: Option<f64>,
}

impl Foresight {
    /// Holds forecasts against answers. The history is in the order of the log. Answers that were
    /// given once the forecast was known are left out.
    pub fn of(history: &[HistoryPoint]) -> Self {
        let forecasts: Vec<(Stars, [f64; 5])> = history
            .iter()
            .rev()
            .filter(|point| !point.after_reveal)
            .filter_map(|point| Some((point.stars, point.predicted?)))
            .take(WINDOW)
            .collect();
        let mean = |of: &dyn Fn(Stars, &[f64; 5]) -> f64| {
            mean(forecasts.iter().map(|(stars, five)| of(*stars, five)))
        };
        Self {
            forecasts: forecasts.len() as u32,
            log_loss: mean(&log_loss),
            off_by: mean(&|stars, five| (expected(five) - f64::from(stars.get())).abs()),
            reliability: reliability(&forecasts),
            artist: Consistency::of(history),
        }
    }
}

impl Consistency {
    fn of(history: &[HistoryPoint]) -> Self {
        let blind = || history.iter().filter(|point| !point.after_reveal);
        let first_answer = |image: ImageId| blind().find(|point| point.image == image);
        let pairs =
            blind().filter_map(|again| Some((first_answer(again.repeats?)?.stars, again.stars)));
        let distances: Vec<u8> = pairs
            .map(|(first, again)| first.get().abs_diff(again.get()))
            .collect();
        Self {
            pictures: distances.len() as u32,
            same: distances.iter().map(|stars| u32::from(*stars == 0)).sum(),
            apart: mean(distances.iter().map(|stars| f64::from(*stars))),
        }
    }
}

/// Stars that a forecast expects on average.
pub fn expected(five: &[f64; 5]) -> f64 {
    let weighted = Stars::ALL
        .iter()
        .zip(five)
        .map(|(stars, p)| f64::from(stars.get()) * p);
    weighted.sum()
}

fn log_loss(stars: Stars, five: &[f64; 5]) -> f64 {
    let given = five.get(usize::from(stars.get()) - 1);
    -given.copied().unwrap_or_default().max(LEAST).ln()
}

fn reliability(forecasts: &[(Stars, [f64; 5])]) -> Vec<Reliability> {
    let mut sums = [(0.0, 0_u32, 0_u32); RANGES];
    for (given, five) in forecasts {
        for (stars, p) in Stars::ALL.iter().zip(five) {
            let range = ((p * RANGES as f64) as usize).min(RANGES - 1);
            if let Some((foreseen, happened, count)) = sums.get_mut(range) {
                *foreseen += p;
                *happened += u32::from(stars == given);
                *count += 1;
            }
        }
    }
    let filled = sums.into_iter().filter(|(_, _, count)| *count > 0);
    filled
        .map(|(foreseen, happened, count)| Reliability {
            foreseen: foreseen / f64::from(count),
            happened: f64::from(happened) / f64::from(count),
            count,
        })
        .collect()
}

fn mean(numbers: impl ExactSizeIterator<Item = f64>) -> Option<f64> {
    let count = numbers.len();
    (count > 0).then(|| numbers.sum::<f64>() / count as f64)
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::{ids::RatingId, stamp::UnixMs};

    fn point(image: u128, stars: u8, predicted: Option<[f64; 5]>) -> HistoryPoint {
        HistoryPoint {
            rating: RatingId(Uuid::from_u128(image)),
            image: ImageId(Uuid::from_u128(image)),
            stars: Stars::new(stars).unwrap(),
            hint: None,
            predicted,
            repeats: None,
            after_reveal: false,
            learned_in: None,
            rated_ms: UnixMs(0),
        }
    }

    fn again(image: u128, of: u128, stars: u8) -> HistoryPoint {
        HistoryPoint {
            repeats: Some(ImageId(Uuid::from_u128(of))),
            ..point(image, stars, None)
        }
    }

    #[test]
    fn a_guess_among_five_costs_their_logarithm_and_a_sure_hit_nothing() {
        let guess = Foresight::of(&[point(1, 4, Some([0.2; 5]))]);
        assert!((guess.log_loss.unwrap() - 5_f64.ln()).abs() < 1e-12);
        assert!((guess.off_by.unwrap() - 1.0).abs() < 1e-12);
        let sure = Foresight::of(&[point(1, 5, Some([0.0, 0.0, 0.0, 0.0, 1.0]))]);
        assert_eq!((sure.log_loss, sure.off_by), (Some(0.0), Some(0.0)));
    }

    #[test]
    fn one_surprise_does_not_outweigh_everything() {
        let surprised = Foresight::of(&[point(1, 1, Some([0.0, 0.0, 0.0, 0.0, 1.0]))]);
        assert!((surprised.log_loss.unwrap() - 1000_f64.ln()).abs() < 1e-9);
    }

    #[test]
    fn what_was_called_likely_is_held_against_how_often_it_came() {
        let five = [0.1, 0.1, 0.1, 0.1, 0.6];
        let history = [5, 5, 1].map(|stars| point(stars.into(), stars, Some(five)));
        let reliability = Foresight::of(&history).reliability;
        let [low, high] = reliability[..] else {
            panic!("two ranges: {reliability:?}");
        };
        assert_eq!((low.count, high.count), (12, 3));
        assert!((low.foreseen - 0.1).abs() < 1e-12 && (high.foreseen - 0.6).abs() < 1e-12);
        assert!((low.happened - 1.0 / 12.0).abs() < 1e-12);
        assert!((high.happened - 2.0 / 3.0).abs() < 1e-12);
    }

    #[test]
    fn only_the_newest_forecasts_count_and_pictures_shown_again_are_none() {
        let mut history = vec![point(1, 1, Some([0.0, 0.0, 0.0, 0.0, 1.0])); 50];
        history.extend(vec![point(2, 5, Some([0.0, 0.0, 0.0, 0.0, 1.0])); WINDOW]);
        history.push(again(3, 1, 1));
        let foresight = Foresight::of(&history);
        assert_eq!(foresight.forecasts, 100);
        assert_eq!(foresight.log_loss, Some(0.0));
    }

    #[test]
    fn an_answer_given_once_the_forecast_was_known_judges_nobody() {
        let after = |point: HistoryPoint| HistoryPoint {
            after_reveal: true,
            ..point
        };
        let history = [
            point(1, 4, Some([0.2; 5])),
            after(point(2, 5, Some([0.0, 0.0, 0.0, 0.0, 1.0]))),
            point(3, 2, None),
            again(4, 2, 5),        // the first answer was changed
            after(again(5, 3, 2)), // the second one was
        ];
        assert_eq!(Foresight::of(&history), Foresight::of(&history[..1]));
    }

    #[test]
    fn an_artist_is_held_against_their_own_first_answer() {
        let history = [
            point(1, 4, None),
            point(2, 2, None),
            again(3, 1, 4),
            again(4, 2, 5),
            again(5, 99, 5), // its first answer was taken back
        ];
        let artist = Foresight::of(&history).artist;
        assert_eq!((artist.pictures, artist.same), (2, 1));
        assert_eq!(artist.apart, Some(1.5));
        assert_eq!(Foresight::of(&[]), Foresight::default());
    }
}
