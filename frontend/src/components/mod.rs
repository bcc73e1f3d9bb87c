//! ROOM: looks. No API and no session: a component shows what it is given and says what was
//! pressed. One folder each, with its style sheet.

pub mod dialog;
pub mod drawing_field;
pub mod effects;
pub mod empty_state;
pub mod field;
pub mod foreseen;
pub mod guesses;
pub mod learner_curve;
pub mod mix_bars;
pub mod mix_change;
pub mod notice;
pub mod rating_curve;
pub mod reliability;
pub mod star_keys;
pub mod strength;
pub mod style_cover;
pub mod tap_keys;
