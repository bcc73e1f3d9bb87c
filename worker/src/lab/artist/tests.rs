//! What is read as an artist, and what is refused.

use super::*;

const EXAMPLE: &str = include_str!("../examples/interacting-1.json");

fn refusal(from: &str, to: &str) -> String {
    assert!(EXAMPLE.contains(from), "{from}");
    match Artist::read(&EXAMPLE.replacen(from, to, 1)) {
        Ok(_) => String::from("nothing"),
        Err(ArtistError::Json(json)) => json.to_string(),
        Err(fault) => fault.to_string(),
    }
}

#[test]
fn the_worked_examples_of_a_file_follow_from_its_formulas() {
    let artist = Artist::read(EXAMPLE).unwrap();
    assert!(artist.taste.checks.len() > 3);
    let best = artist.taste.best_mix[2].rows();
    assert!(artist.taste.regret(2, best).abs() < 1e-3);
}

#[test]
fn a_mix_that_was_rounded_to_four_places_is_read_as_it_is_written() {
    // Off by 0.0001 as written, and by a little more in floating point.
    let rounded = [0.059, 0.34, 0.2575, 0.0, 0.3436];
    let sum: f64 = rounded.iter().sum();
    assert!((sum - 1.0).abs() > 1e-4, "{sum}");
    let reads = |five: [f64; VALUES]| {
        let mut file: serde_json::Value = serde_json::from_str(EXAMPLE).unwrap();
        let taste = &mut file["taste"];
        taste["best_mix"][1]["mood"] = five.into();
        taste["checks"][0]["mix"]["mood"] = five.into();
        Artist::read(&file.to_string())
    };
    let artist = reads(rounded).unwrap();
    let read = artist.taste.checks[0].mix.rows()[2];
    assert_eq!(read.map(f64::to_bits), rounded.map(f64::to_bits));
    // Beyond 0.001 it is no rounding.
    let refusal = reads([0.0594, 0.3407, 0.258, 0.0, 0.3431]).unwrap_err();
    let refusal = format!("{:#}", anyhow::Error::new(refusal));
    assert!(refusal.contains("mood sum to 1.0012"), "{refusal}");
}

#[test]
fn files_that_break_the_format_are_refused_by_name() {
    let check = |from, to, expected| {
        let found = refusal(from, to);
        assert!(found.contains(expected), "{found:?} is not {expected:?}");
    };
    check("artist/1", "artist/2", "a format other than artist/1");
    check(
        "\"noise\": 0.5",
        "\"noise\": 0",
        "a noise that is not above 0",
    );
    check("\"noise\": 0.5", "\"noise\": 0.6", "a worked example");
    check("\"main\"", "\"mean\"", "unknown field `mean`");
    check("\"color\"", "\"colour\"", "unknown field `colour`");
}

#[test]
fn what_would_make_regret_meaningless_or_a_pair_ambiguous_is_refused() {
    let refusal = |change: &dyn Fn(&mut serde_json::Value)| {
        let mut file: serde_json::Value = serde_json::from_str(EXAMPLE).unwrap();
        // No worked example speaks of what is wrong.
        file["taste"]["checks"] = serde_json::json!([]);
        change(&mut file["taste"]);
        Artist::read(&file.to_string()).map_or_else(|fault| fault.to_string(), |a| a.name)
    };
    assert_eq!(refusal(&|_| ()), "interacting-1");
    for random in ["best", "more"] {
        let refused = refusal(&|taste| {
            let best = taste["best"][3].as_f64().unwrap();
            let above = if random == "best" { 0.0 } else { 0.1 };
            taste["random"][3] = (best + above).into();
        });
        assert!(refused.contains("not above random ones"), "{refused}");
    }
    let refused = refusal(&|taste| {
        let mut again = taste["interactions"][0].clone();
        again["dimensions"].as_array_mut().unwrap().reverse();
        taste["interactions"].as_array_mut().unwrap().push(again);
    });
    assert!(
        refused.contains("two interactions for one pair"),
        "{refused}"
    );
}

#[test]
fn noise_moves_a_rating_and_the_scale_ends_at_one_and_five() {
    let artist = Artist::read(EXAMPLE).unwrap();
    let best = Mix::new(*artist.taste.best_mix[0].rows()).unwrap();
    let stars = |noise| artist.rate(0, 0, &best, noise).get();
    assert_eq!((stars(-20.0), stars(20.0)), (1, 5));
    assert!(stars(0.0) >= 4);
}
