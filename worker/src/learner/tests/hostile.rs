//! Snapshots that nobody took are refused, each by its name.

use super::*;

/// Where things stand in a snapshot: the header, the seed, two policies of 340 weights, that there is
/// no prior, how many ratings were learned, the ratings.
const LAYOUT_AT: usize = 4;
const KIND_AT: usize = 6;
const TAXONOMY_AT: usize = 7;
const WEIGHTS_AT: usize = 11 + 8;
const PRIOR_AT: usize = WEIGHTS_AT + 2 * 340 * 4;
const LEARNED_AT: usize = PRIOR_AT + 2;
const COUNT_AT: usize = LEARNED_AT + 8;
const SHARES_AT: usize = COUNT_AT + 2;
const PROMPT_AT: usize = SHARES_AT + 40;
const STARS_AT: usize = PROMPT_AT + 16;

fn honest() -> Vec<u8> {
    let session = Session::new(1).rate(2, LAKE, loves_warm_and_painterly);
    session.learner.snapshot()
}

fn check(tamper: impl FnOnce(&mut Vec<u8>), refusal: &str) {
    let mut bytes = honest();
    tamper(&mut bytes);
    let found = restore(&bytes).err().map(|error| error.to_string());
    assert!(
        found.as_ref().is_some_and(|f| f.contains(refusal)),
        "{found:?} is not {refusal:?}"
    );
}

#[test]
fn bytes_that_are_no_snapshot_are_refused() {
    check(|bytes| bytes[0] = b'X', "not a learner's snapshot");
    check(Vec::clear, "not a learner's snapshot");
    check(|bytes| bytes[LAYOUT_AT] = 9, "has layout 9");
    check(|bytes| bytes[KIND_AT] = 77, "numbered 77");
    check(
        |bytes| bytes[TAXONOMY_AT] = 5,
        "speaks taxonomy 5, this program taxonomy 1",
    );
    assert_eq!(TAXONOMY_VERSION, 1);
}

#[test]
fn every_cut_is_refused_and_so_is_a_tail() {
    let bytes = honest();
    for length in 0..bytes.len() {
        assert!(restore(&bytes[..length]).is_err(), "cut at {length}");
    }
    check(|bytes| bytes.push(0), "1 bytes follow the end");
}

#[test]
fn numbers_that_cannot_stand_there_are_refused() {
    let nan = f32::NAN.to_le_bytes();
    check(
        |bytes| bytes[WEIGHTS_AT..][..4].copy_from_slice(&nan),
        "weights in the snapshot",
    );
    check(
        |bytes| bytes[PRIOR_AT] = 17,
        "17 groups of taste, but at most 16",
    );
    check(
        |bytes| bytes[COUNT_AT..][..2].fill(0xff),
        "65535 ratings, but at most 200",
    );
    check(
        |bytes| bytes[SHARES_AT..][..2].fill(0xff),
        "rating 0 has shares",
    );
    check(
        |bytes| bytes[PROMPT_AT..][..16].fill(0),
        "a prompt without features",
    );
    check(|bytes| bytes[STARS_AT] = 6, "stars that are not 1 to 5");
    check(
        |bytes| bytes[STARS_AT] = 5 | 9 << 3,
        "a tap on no dimension",
    );
    check(
        |bytes| {
            let end = bytes.len();
            bytes[end - 6..end - 2].copy_from_slice(&f32::INFINITY.to_le_bytes());
        },
        "log-probabilities in the snapshot",
    );
}

#[test]
fn numbers_that_learning_never_comes_to_are_refused() {
    let huge = 1e38_f32.to_le_bytes();
    check(
        |bytes| bytes[WEIGHTS_AT..][..4].copy_from_slice(&huge),
        "the policy's weights in the snapshot are none that learning comes to",
    );
    check(
        |bytes| bytes[LEARNED_AT..][..8].fill(0xff),
        "the learned ratings in the snapshot are none",
    );
    check(
        |bytes| bytes[LEARNED_AT..][..8].copy_from_slice(&7_u64.to_le_bytes()),
        "the learned and the remembered ratings in the snapshot",
    );
}

/// A snapshot of a hill climber: the header, the seed, how many ratings and their stars, twenty
/// shares, and the stars of the best.
fn check_climber(at: usize, change: &[u8], refusal: &str) {
    let mut learner = fresh(LearnerKind::HillClimb, 1);
    learner.learn(&sample(LAKE, Mix::pure([0; 4]), 4), 1);
    let mut bytes = learner.snapshot();
    assert!(restore(&bytes).is_ok());
    bytes[at..][..change.len()].copy_from_slice(change);
    let found = restore(&bytes).err().map(|error| error.to_string());
    assert!(
        found.as_ref().is_some_and(|f| f.contains(refusal)),
        "{found:?} is not {refusal:?}"
    );
}

#[test]
fn a_tally_that_ratings_cannot_add_up_to_is_refused() {
    let (count_at, sum_at) = (WEIGHTS_AT, WEIGHTS_AT + 8);
    let (best_at, best_stars_at) = (sum_at + 8, sum_at + 8 + 80);
    check_climber(count_at, &[0xff; 8], "the counted ratings");
    // One rating has between one and five stars.
    check_climber(sum_at, &6_u64.to_le_bytes(), "the stars of all ratings");
    check_climber(sum_at, &0_u64.to_le_bytes(), "the stars of all ratings");
    check_climber(best_at, &0.5_f32.to_le_bytes(), "the best mix's shares");
    check_climber(best_stars_at, &[6], "the best mix's stars");
    check_climber(best_stars_at, &[0], "the best mix's stars");
}

#[test]
fn whatever_stands_in_a_snapshot_that_is_read_what_is_told_are_numbers() {
    let largest = snapshot::LARGEST;
    for kind in LearnerKind::ALL {
        let mut learner = fresh(kind, 1);
        for seed in 0..3 {
            learner.learn(&sample(LAKE, Mix::pure([seed as usize; 4]), 4), seed);
        }
        let honest = learner.snapshot();
        for at in (WEIGHTS_AT..honest.len().saturating_sub(4)).step_by(127) {
            for wild in [f32::MAX, largest, -largest, f32::MIN_POSITIVE] {
                let mut bytes = honest.clone();
                bytes[at..][..4].copy_from_slice(&wild.to_le_bytes());
                let Ok(mut learner) = restore(&bytes) else {
                    continue;
                };
                let told = |learner: &dyn Learner| {
                    let belief = learner.belief(&[LAKE.to_owned()]);
                    let proposal = learner.propose(LAKE, Shown::NOTHING, 3);
                    let numbers = proposal.log_prob.iter().chain(&proposal.action);
                    numbers.chain(&belief.sureness).all(|x| x.is_finite())
                        && (1.0..=5.0).contains(&belief.expected)
                };
                assert!(told(&*learner), "{} at {at}: {wild}", kind.name());
                learner.learn(&sample(LAKE, Mix::pure([1; 4]), 5), 9);
                assert!(told(&*learner), "{} at {at}: {wild}", kind.name());
            }
        }
    }
}

#[test]
fn a_sample_with_wild_numbers_leaves_a_learner_that_can_be_restored() {
    let mut learner = fresh(LearnerKind::Ppo, 1);
    let mut wild = sample(LAKE, Mix::pure([0; 4]), 1);
    wild.proposal.action = [1e300; 20];
    wild.proposal.log_prob = [f64::NEG_INFINITY, f64::NAN, 1e308, -1e308];
    learner.learn(&wild, 1);
    learner.learn(&sample(LAKE, Mix::pure([1; 4]), 5), 2);
    let proposal = learner.propose(LAKE, Shown::NOTHING, 3);
    assert!(proposal.log_prob.iter().all(|p| p.is_finite()));
    assert!(
        proposal.action.iter().all(|z| z.abs() < 10.0),
        "{:?}",
        proposal.action
    );
    assert_eq!(
        restore(&learner.snapshot()).unwrap().snapshot(),
        learner.snapshot()
    );
}
