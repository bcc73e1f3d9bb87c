//! Every word a person reads, by where it stands. Short, plain, and true.
//!
//! The names of dimensions and values are not here: they come from the server's taxonomy.
//!
//! Long because one list of all words is what a translator or an editor wants to read.

#![expect(missing_docs, reason = "each text is its own documentation")]

use wire::problem::{Code, Problem};

use crate::{
    api::ApiError,
    desk::{drawing::FileError, prompts::PromptsError},
    outbox::Holdup,
};

pub const SITE: &str = "Atelier";
pub const SKIP_LINK: &str = "Skip to content";
pub const LOADING: &str = "Loading…";
pub const TRY_AGAIN: &str = "Try again";
pub const CANCEL: &str = "Cancel";
pub const CLOSE: &str = "Close";
pub const SAVE: &str = "Save";
pub const SAVED: &str = "Saved.";

/// The engine's own words about itself, wherever its pictures show.
pub fn painted_by(engine: &str) -> String {
    match engine.split(' ').next() {
        Some("sketch") => PAINTED_BY_SKETCH.to_owned(),
        Some("ssd-1b") => PAINTED_BY_SSD_1B.to_owned(),
        _ => format!("Painted by {engine}."),
    }
}
/// Where pictures of any engine may show.
pub const ABOUT_SKETCH: &str =
    "The built-in painter, sketch, is a procedural painter, not an AI model.";
pub const PAINTED_BY_SSD_1B: &str = "Painted by SSD-1B, an AI model. Its card names GRIT and a scrape of Midjourney pictures as \
    training data.";
pub const PAINTED_BY_SKETCH: &str = "Painted by sketch, a procedural painter, not an AI model.";

pub fn picture_alt(prompt: &str) -> String {
    format!("Picture: {prompt}")
}

/// A name of the taxonomy as words: `rule-of-thirds` reads "rule of thirds".
pub fn words(name: &str) -> String {
    name.replace('-', " ")
}

pub fn ratings(count: u32) -> String {
    match count {
        0 => "no ratings yet".to_owned(),
        1 => "1 rating".to_owned(),
        n => format!("{} ratings", number(n)),
    }
}

pub fn number(n: u32) -> String {
    let digits = n.to_string();
    let mut grouped = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            grouped.push('\u{202f}'); // a narrow space, as the SI brochure wants it
        }
        grouped.push(digit);
    }
    grouped
}

pub fn stars(stars: u8) -> String {
    match stars {
        1 => "1 star".to_owned(),
        n => format!("{n} stars"),
    }
}

pub fn problem(error: &ApiError) -> String {
    match error {
        ApiError::Offline => "No connection to the server. Try again in a moment.".to_owned(),
        ApiError::Refused(Problem { code, detail })
        | ApiError::NotNow(Problem { code, detail }, _) => {
            if detail.is_empty() || is_for_programs(*code) {
                refusal(*code).to_owned()
            } else {
                sentence(detail)
            }
        }
    }
}

/// Its detail names what a request says, which no person has written.
const fn is_for_programs(code: Code) -> bool {
    matches!(code, Code::AlreadyRated | Code::RatingChanged)
}

fn refusal(code: Code) -> &'static str {
    match code {
        Code::NotLoggedIn => "Your session has ended. Log in again.",
        Code::NotFound => "There is no such thing here.",
        Code::AlreadyRated => "You rated this picture in another window. That rating counts.",
        Code::RatingChanged => "You changed this rating in another window. That one counts.",
        Code::TooMany => "That was a lot at once. Wait a moment and try again.",
        Code::TooLarge => "That is more than fits.",
        Code::Unavailable => "The server is busy. Try again in a moment.",
        _ => "Something went wrong on our side. Try again in a moment.",
    }
}

/// The API's messages begin in lower case and end without a stop.
fn sentence(message: &str) -> String {
    let mut letters = message.chars();
    let first = letters
        .next()
        .map(|c| c.to_uppercase().to_string())
        .unwrap_or_default();
    let stop = if message.ends_with(['.', '!', '?']) {
        ""
    } else {
        "."
    };
    format!("{first}{}{stop}", letters.as_str())
}

pub mod nav {
    pub const LABEL: &str = "Main";
    pub const STUDIO: &str = "Studio";
    pub const PICTURES: &str = "Pictures";
    pub const ACCOUNT: &str = "Account";
    pub const LOG_IN: &str = "Log in";
    pub const SIGN_UP: &str = "Sign up";
    pub const API: &str = "For programs: the documented API";
}

pub mod home {
    pub const TITLE: &str = "Teach a painter your taste";
    pub const LEAD: &str = "Look at a picture, press 1 to 5, and the next one is a little more yours. \
        What is learned is a style: yours to read, to undo and to keep.";
    pub const BEGIN: &str = "Begin";
    pub const CONTINUE: &str = "Continue in your studio";
    pub const HAVE_ACCOUNT: &str = "I have an account";
    pub const PROMPT: &str = "A lake at dawn";
    pub const SAME_PROMPT: &str = "One prompt, four tastes: “a lake at dawn”";
    pub const STEPS: [(&str, &str); 3] = [
        (
            "Choose what to paint",
            "A few prompts in your own words. Pictures take turns through them.",
        ),
        (
            "Rate with one key",
            "1 not mine, 5 exactly mine. Nothing to wait for: the next picture is already there.",
        ),
        (
            "See what it learned",
            "Every rating shows what it changed: how warm, how painterly, how still, and how sure.",
        ),
    ];
    pub const HONEST: &str = "What to know";
    pub const FACTS: [&str; 3] = [
        "The built-in painter, sketch, is a procedural painter, not an AI model. It needs no training pictures.",
        "Only your own ratings teach your style. No score of what art should be enters it.",
        "Your styles are private. No advertising, no tracking, nothing loaded from elsewhere.",
    ];
}

pub mod account_forms {
    pub const LOG_IN: &str = "Log in";
    pub const LOGGING_IN: &str = "Logging in…";
    pub const SIGN_UP: &str = "Sign up";
    pub const SIGNING_UP: &str = "Making your account…";
    pub const EMAIL: &str = "E-mail";
    pub const PASSWORD: &str = "Password";
    pub const PASSWORD_RULE: &str =
        "At least 10 characters. A few words are easier to remember than signs.";
    pub const NAME: &str = "What to call you";
    pub const NEW_HERE: &str = "New here?";
    pub const KNOWN_HERE: &str = "Have an account?";
    pub const TOO_SHORT: &str = "A password has at least 10 characters.";
    pub const INVITED: &str = "You come with an invitation. It is used when you sign up.";
}

pub mod studio {
    pub const TITLE: &str = "Studio";
    pub const BEGIN: &str = "Begin a style";
    pub const BEGINNING: &str = "Beginning…";
    pub const EMPTY_TITLE: &str = "An empty wall";
    pub const EMPTY_LEAD: &str = "Begin a style: give it a name and something to paint. After ten or twenty \
        ratings you will see it lean your way.";
    pub const NAME: &str = "Name of the style";
    pub const NAME_HINT: &str = "For example “Quiet mornings”.";
    pub const PROMPTS: &str = "What to paint";
    pub const PROMPTS_HINT: &str = "One prompt a line, up to 12.";
    pub const SUGGESTIONS: &str = "Suggestions";
    pub const IDEAS: [&str; 8] = [
        "a lake at dawn",
        "a city in the rain",
        "a bowl of lemons",
        "a fox in the snow",
        "an old lighthouse",
        "a garden in June",
        "the night sky over a village",
        "a woman reading",
    ];
    pub const NO_COVER: &str = "Nothing rated yet";
}

pub fn file_error(name: &str, error: FileError) -> String {
    match error {
        FileError::OtherKind => {
            format!(
                "“{name}” is no PNG, JPEG or WebP picture. Save it as one of these and choose it again."
            )
        }
        FileError::Empty => format!("There is nothing in “{name}”. Choose another file."),
        FileError::Unreadable => {
            format!("“{name}” cannot be read as a picture. Choose another file.")
        }
        FileError::TooLarge(bytes) => {
            let megabytes = bytes.div_ceil(1024 * 1024);
            format!(
                "“{name}” has {megabytes} MB, and 10 are taken. Make the picture smaller and choose it again."
            )
        }
    }
}

pub mod drawing {
    use wire::drawing::Strength;

    pub const TITLE: &str = "Drawing";
    pub const LABEL: &str = "Start from a drawing";
    pub const OPTIONAL: &str = "Start from a drawing, if you like";
    pub const INSTEAD: &str = "Another drawing instead";
    pub const LEAD: &str =
        "Its pictures start from nothing. They can start from a drawing or photograph of yours.";
    pub const CHOOSE: &str = "Choose a picture";
    pub const ANOTHER: &str = "Choose another";
    pub const DROP: &str = "or drop it here";
    pub const HINT: &str = "Yours alone. PNG, JPEG or WebP, up to 10 MB; its middle is used.";
    pub const ACCEPT: &str = "image/png,image/jpeg,image/webp";
    pub const PREVIEW_ALT: &str = "The drawing you chose";
    pub const ALT: &str = "The drawing that the pictures start from";
    pub const NOT_THIS: &str = "Not this one";
    pub const STRENGTH: &str = "How much of it may change";
    pub const CLOSE: &str = "keep close";
    pub const FREE: &str = "free";
    pub const SAVE_STRENGTH: &str = "Save the strength";
    pub const STRENGTH_SAVED: &str = "Saved. New pictures follow it.";
    pub const START: &str = "Start from this drawing";
    pub const SENDING: &str = "Sending the drawing…";
    pub const SAVED: &str = "Saved. New pictures start from this drawing.";
    pub const REMOVE: &str = "Remove the drawing";
    pub const REMOVING: &str = "Removing it…";
    pub const REMOVED: &str = "Removed. New pictures start from nothing.";
    pub const SEND_AGAIN: &str = "Send the drawing again";
    pub const WITHOUT: &str = "Begin without it";
    pub const STARTED_FROM: &str = "Started from your drawing";
    pub const USED: &str = "Your drawing";

    /// What the artist may expect of a strength.
    pub fn strength(strength: Strength) -> &'static str {
        match strength.get() {
            s if s < 0.25 => "hardly touches it",
            s if s < 0.45 => "paints over it, lightly",
            s if s < 0.65 => "paints it anew",
            s if s < 0.85 => "takes it as a sketch",
            _ => "takes it as a hint",
        }
    }

    /// Of a finished picture.
    pub fn used(strength: Strength) -> String {
        let percent = (strength.get() * 100.0).round();
        format!("start of this picture; {percent}% may change")
    }

    pub fn chosen(file: &str) -> String {
        format!("“{file}” is chosen.")
    }

    pub fn only_it_is_missing(name: &str) -> String {
        format!("“{name}” has begun. Only its drawing is missing.")
    }
}

pub fn prompts_error(error: PromptsError) -> String {
    match error {
        PromptsError::None => "Write at least one prompt.".to_owned(),
        PromptsError::TooMany => "A style takes up to 12 prompts.".to_owned(),
        PromptsError::TooLong(line) => format!("Line {line} is longer than 300 characters."),
    }
}

pub mod rate {
    use super::Holdup;

    pub const PAINTING: &str = "Painting…";
    pub const FIRST: &str = "The first picture is being painted. It comes by itself.";
    pub const NEXT: &str = "The next picture is being painted. It comes by itself.";
    pub const LOST: &str = "No connection";
    pub const LOST_NOTE: &str = "The next picture comes by itself once it is back.";
    pub const KEYS: &str = "Keys";
    pub const SKIP: &str = "Skip";
    pub const UNDO: &str = "Undo";
    pub const ABOUT: &str = "About this style";
    pub const GROUP: &str = "Your rating";
    pub const LOW: &str = "not mine";
    pub const HIGH: &str = "exactly mine";
    pub const WHAT_CHANGED: &str = "What your ratings changed";
    pub const NO_CHANGE: &str = "That changed next to nothing.";
    pub const EVEN: &str = "all alike";
    pub const LEGEND: &str = "Thick: now. Thin: before your last rating.";
    pub const NO_CHANGE_YET: &str = "Rate a picture to see what it changes.";

    pub const UNDONE: &str = "Taken back. Rate it again, or skip it.";
    pub const UNDONE_ANEW: &str = "Taken back. The style is learning the others anew.";
    pub const UNLEARNED: &str = "Taken back: the style is as if you had never given it.";
    pub const UNDO_NOTHING: &str = "There is no rating to take back.";
    pub const UNDO_CHANGED: &str =
        "That answer was changed elsewhere. Find it among your pictures.";
    pub const UNDOING: &str = "Taking it back…";
    pub const UNREADABLE: &str = "A picture could not be loaded. It was skipped.";
    pub const FRAGILE: &str =
        "This browser keeps nothing: until they arrive, ratings are in this tab only.";
    pub const TAP_GROUP: &str = "What made it so, if you like to say";
    pub const TAP_LINE: &str = "What made it so? Twice: despite it.";
    pub const KEY_LIST: [(&str, &str); 5] = [
        ("1 – 5", "rate: 1 not mine, 5 exactly mine"),
        (
            "Q W E R",
            "before the stars, if you like: because of its color, style, mood or composition; twice: despite it",
        ),
        ("S or 0", "skip: teaches nothing"),
        ("U", "undo the last answer"),
        ("?", "show or hide this list"),
    ];

    pub const KEYS_ON: &str = "Single keys act. Switch this off if you speak to your computer.";

    /// What a tap says; `None` says nothing yet.
    pub fn tapped(dimension: &str, despite: Option<bool>) -> String {
        match despite {
            None | Some(false) => format!("because of its {dimension}"),
            Some(true) => format!("despite its {dimension}"),
        }
    }

    pub fn painting_step(step: u32, steps: u32) -> String {
        format!("Painting… step {step} of {steps}")
    }

    pub fn waiting(count: usize, holdup: Holdup, fragile: bool) -> String {
        let what = if count == 1 {
            "1 rating waits".to_owned()
        } else {
            format!("{count} ratings wait")
        };
        let what_for = match holdup {
            Holdup::Connection => "for the connection",
            Holdup::Server => "for the server",
            Holdup::LogIn => "until you log in again",
        };
        let comfort = if fragile {
            "Keep this tab open: they are nowhere else."
        } else {
            "Nothing is lost."
        };
        format!("{what} {what_for}. {comfort}")
    }

    pub fn dropped(reason: &str) -> String {
        format!("A rating did not count: {reason}")
    }

    pub fn answered(stars: Option<u8>, next: Option<&str>) -> String {
        let answer = stars.map_or_else(|| "Skipped".to_owned(), |n| format!("Rated {n}"));
        next.map_or_else(
            || format!("{answer}; the next picture is being painted."),
            |prompt| format!("{answer}; next: {prompt}"),
        )
    }

    pub fn change(value: &str, percent: i32) -> String {
        format!("{value} {}", super::signed_percent(percent))
    }

    pub fn sure(percent: i32) -> String {
        format!("{percent}% sure")
    }
}

pub fn signed_percent(percent: i32) -> String {
    let sign = if percent < 0 { '−' } else { '+' };
    format!("{sign}{}%", percent.abs())
}

pub mod foresight {
    use wire::foresight::{Consistency, Foresight, Reliability};

    pub const TITLE: &str = "How well it foresees you";
    pub const LABEL: &str = "What it foresaw";
    pub const BEFORE: &str = "It guesses before you rate. You see the guess after.";
    pub const NOTHING: &str = "It foresaw nothing: this learner does not guess.";
    pub const NO_FORECASTS: &str = "Nothing foreseen yet.";
    pub const FORESEEN: &str = "said it was so likely";
    pub const HAPPENED: &str = "came true";
    pub const HONEST: &str = "Dots on the line: what it calls likely is.";
    pub const GUESSES: &str = "Ring: what it expected. Dot: what you gave.";
    pub const NO_REPEATS: &str = "One picture in twenty is an earlier one, unannounced, to see how much you agree with yourself. \
        None was rated yet.";

    pub fn foreseen(expected: f64, given: u8) -> String {
        format!("It expected {expected:.1}, you gave {given}.")
    }

    pub fn seen_before(first: Option<u8>, again: u8) -> String {
        match first {
            Some(first) if first == again => {
                format!("You had seen this one: {first} then, {again} again.")
            }
            Some(first) => format!("You had seen this one: {first} then, {again} now."),
            None => "You had seen this one before.".to_owned(),
        }
    }

    pub fn chances(five: &[f64; 5]) -> String {
        let percent = five.map(|p| format!("{:.0}%", p * 100.0));
        format!("Foreseen for 1 to 5 stars: {}", percent.join(", "))
    }

    /// The running line below the last rating.
    pub fn running(foresight: &Foresight) -> String {
        let Some(off) = foresight.off_by else {
            return String::new();
        };
        let own = foresight.artist.apart;
        let own = own.map(|apart| format!("; you, seeing one twice, {apart:.1}"));
        let own = own.unwrap_or_default();
        format!("On average its guess is {off:.1} stars off{own}.")
    }

    pub fn guesses(count: usize) -> String {
        format!("The last {count} forecasts beside what was given")
    }

    pub fn off_by(foresight: &Foresight, off: f64) -> String {
        let count = foresight.forecasts;
        let over = if count == 1 {
            "your last rating".to_owned()
        } else {
            format!("your last {count} ratings")
        };
        format!("Over {over} its guess was {off:.1} stars off on average.")
    }

    pub fn log_loss(loss: f64) -> String {
        format!("Log-loss {loss:.2}: 0 would know every answer, 1.61 is guessing.")
    }

    pub fn yourself(artist: &Consistency) -> String {
        let Consistency {
            pictures,
            same,
            apart,
        } = artist;
        match (pictures, apart) {
            (0, _) | (_, None) => NO_REPEATS.to_owned(),
            (1, Some(apart)) => {
                format!("You rated one picture twice without being told: {apart:.0} stars apart.")
            }
            (_, Some(apart)) => format!(
                "You rated {pictures} pictures twice without being told: {same} alike, {apart:.1} stars \
                apart on average. No guess can be much better than that."
            ),
        }
    }

    pub fn reliability(ranges: &[Reliability]) -> String {
        let range = |range: &Reliability| {
            let percent = |share: f64| (share * 100.0).round();
            format!(
                "called {}% likely, came true {}%",
                percent(range.foreseen),
                percent(range.happened)
            )
        };
        ranges.iter().map(range).collect::<Vec<_>>().join("; ")
    }
}

pub mod insight {
    use wire::learning::{Scene, TasteState};

    pub const EFFECTS: &str = "What each value adds or takes";
    pub const EFFECTS_LEAD: &str = "In stars, against the average of the five. The thin line is the doubt; what is larger than its doubt is strong, the rest faint.";
    pub const PAIRS: &str = "What belongs together, or not";
    pub const BEST: &str = "Its best mix, prompt by prompt";
    pub const SCENES: &str = "Its best mix, scene by scene";
    pub const SCENES_LEAD: &str =
        "For kinds of scene that you have rated little it goes by what you like elsewhere.";
    pub const STEPS: &str = "Rating by rating";
    pub const STEP_EFFECTS: &str = "What each value added or took then";
    pub const STEP_EFFECTS_LEAD: &str = "In stars. The tick is what it thought before.";
    pub const EARLIER: &str = "Earlier";
    pub const LATER: &str = "Later";

    pub const fn scene(scene: Scene) -> &'static str {
        match scene {
            Scene::Portrait => "portrait",
            Scene::Landscape => "landscape",
            Scene::Sea => "sea",
            Scene::City => "city",
            Scene::Animals => "animals",
            Scene::StillLife => "still life",
            Scene::Interior => "interior",
            Scene::Abstract => "abstract",
        }
    }

    pub fn state(state: TasteState) -> &'static str {
        match state {
            TasteState::Settled => "settled",
            TasteState::StillLearning => "still learning",
            TasteState::Moving => "your taste is moving",
            TasteState::Indifferent => "nothing makes a difference",
            TasteState::Displeased => "nothing pleases yet",
        }
    }

    /// The state as a sentence, for the style's own page.
    pub fn state_said(state: TasteState, since_change: Option<u32>) -> String {
        match (state, since_change) {
            (TasteState::Settled, _) => {
                "Settled: it knows of nothing untried that would please you much more.".to_owned()
            }
            (TasteState::StillLearning, _) => {
                "Still learning: something it has not tried may well please you more.".to_owned()
            }
            (TasteState::Moving, Some(1)) => {
                "Your taste is moving: your last rating is another taste than the ones before. Nothing \
                is forgotten."
                    .to_owned()
            }
            (TasteState::Moving, Some(n)) => format!(
                "Your taste is moving: your last {n} ratings are another taste than the ones before. \
                Nothing is forgotten."
            ),
            (TasteState::Moving, None) => "Your taste is moving.".to_owned(),
            (TasteState::Indifferent, _) => {
                "Nothing makes a difference to you so far: nearly every picture got the same stars. Give \
                 more where you like something a little better, or try other prompts."
                    .to_owned()
            }
            (TasteState::Displeased, _) => {
                "Nothing pleases you yet. Other prompts may help; and a 3 for the least bad picture tells \
                 it more than another 1."
                    .to_owned()
            }
        }
    }

    pub fn stars(stars: f64) -> String {
        let rounded = (stars * 10.0).round() / 10.0;
        if rounded == 0.0 {
            "0".to_owned()
        } else if rounded < 0.0 {
            format!("−{:.1}", -rounded)
        } else {
            format!("+{rounded:.1}")
        }
    }

    pub fn pair(first: &str, second: &str, mean: f64) -> String {
        let how = if mean > 0.0 { "more" } else { "less" };
        format!(
            "{first} with {second}: {:.1} stars {how} than the two add alone",
            mean.abs()
        )
    }

    pub fn expected(stars: f64) -> String {
        format!("expects {stars:.1}")
    }

    pub fn foreseen(stars: f64) -> String {
        format!("it expected {stars:.1}")
    }

    pub fn hint(dimension: &str, liked: bool) -> String {
        let sign = if liked { '+' } else { '−' };
        format!("{sign} {dimension}")
    }

    pub fn rated(stars: &str) -> String {
        format!("The picture that got {stars}")
    }

    /// How spread over its values each dimension still is.
    pub fn variety(dimensions: &[(String, f64)]) -> String {
        let each = dimensions
            .iter()
            .map(|(name, share)| format!("{name} {:.0}%", share * 100.0));
        format!(
            "How varied its next pictures are (0% always the same, 100% anything): {}.",
            each.collect::<Vec<_>>().join(", ")
        )
    }

    pub fn step(number: usize, count: usize) -> String {
        format!("{number} of {count}")
    }

    /// What matters most, on the rating page: for example "warm +0.9 (was +0.4)".
    pub fn liking(value: &str, now: f64, before: Option<f64>) -> String {
        let (now, before) = (stars(now), before.map(stars));
        match before {
            Some(before) if before != now => format!("{value} {now} (was {before})"),
            _ => format!("{value} {now}"),
        }
    }

    pub const MATTERS: &str = "Matters most, in stars:";
}

pub mod learners {
    use wire::learning::LearnerKind;

    pub const TITLE: &str = "Who learns";
    pub const ADVANCED: &str = "Who learns";
    pub const RECOMMENDED: &str = "recommended";
    pub const UNMEASURED: &str = "not measured";
    pub const MEASURED: &str = "Measured with a hundred simulated artists over 80 ratings: how far its best mix is from \
        theirs. 0 is the best there is, 1 (dashed) is chance.";

    pub fn chosen(kind: LearnerKind) -> String {
        let name = kind.name();
        if kind == LearnerKind::default() {
            format!("{name}, unless you choose another")
        } else {
            name.to_owned()
        }
    }

    pub fn regret(ratings: usize, regret: f64) -> String {
        format!("{regret:.2} after {ratings}")
    }

    pub fn prior(name: &str) -> String {
        if name == wire::learning::BUILT_IN_PRIOR {
            format!("It began knowing nothing of anybody’s taste (prior {name}).")
        } else {
            format!("It began from what others like (prior {name}).")
        }
    }
}

pub mod curve {
    pub const TITLE: &str = "Your ratings";
    pub const EMPTY: &str = "The curve begins with your first rating.";

    pub fn mean(stars: f64) -> String {
        format!("mean of the last 10: {stars:.1}")
    }

    pub fn described(count: usize, mean: f64) -> String {
        format!(
            "Curve of the last {count} ratings, 1 to 5 stars. Their running mean is now {mean:.1}."
        )
    }
}

pub mod about {
    pub const BELIEF: &str = "What it believes you like";
    pub const NO_BELIEF: &str = "The first version is being made.";
    pub const NOTHING_LEARNED: &str =
        "It knows nothing of your taste yet. What it learns from your ratings will stand here.";
    pub const RATE: &str = "Rate pictures";
    pub const PROMPTS: &str = "Prompts";
    pub const NAME: &str = "Another name";
    pub const RENAME: &str = "Rename";
    pub const DELETE: &str = "Delete this style";
    pub const DELETE_WARNING: &str =
        "Its pictures, ratings and versions go with it. This cannot be undone.";
    pub const DELETE_FINALLY: &str = "Delete for good";
    pub const PROMPTS_SAVED: &str = "Saved. New pictures follow the new prompts.";

    pub fn confirm(name: &str) -> String {
        format!("Type “{name}” to confirm")
    }

    pub fn expected(stars: f64) -> String {
        format!("It expects {stars:.1} stars from you for this mix.")
    }

    pub fn waiting(count: u32) -> String {
        match count {
            1 => "1 rating is being learned from.".to_owned(),
            n => format!("{n} ratings are being learned from."),
        }
    }

    pub fn version(version: u32) -> String {
        format!("version {version}")
    }
}

pub mod variety {
    use wire::variety::Variety;

    pub const TITLE: &str = "Variety";
    pub const LEAD: &str = "How different the next picture is from the last ones.";
    pub const SAVED: &str = "Saved. It holds from the next picture that is painted.";

    /// What it is called, and what comes of it.
    pub const fn of(variety: Variety) -> (&'static str, &'static str) {
        match variety {
            Variety::Close => ("Small steps", "the last touch on a taste it knows"),
            Variety::Usual => ("As usual", "no two alike"),
            Variety::Wide => ("Surprises", "large steps, more misses"),
        }
    }
}

pub mod replay {
    use wire::replay::Replayed;

    pub const SAVING: &str = "Saving…";
    pub const UNDER_WAY: &str = "Saved. The style is learning its ratings anew.";
    pub const SAVED: &str = "Saved.";

    /// To whoever waits for it.
    pub fn done(replayed: Replayed) -> String {
        let Replayed { version, .. } = replayed;
        let sure = check(replayed);
        format!("Done. Version {version} is as if you had always answered so. {sure}")
    }

    pub fn last(done: Option<Replayed>) -> String {
        let Some(replayed) = done else {
            return "Its ratings are being learned anew, since one of them or this program changed."
                .to_owned();
        };
        let Replayed {
            version, policy, ..
        } = replayed;
        let hash: String = policy.to_string().chars().take(12).collect();
        let sure = check(replayed);
        format!(
            "Version {version} ({hash}) was learned anew after a rating or this program changed. \
             {sure}"
        )
    }

    const fn check(replayed: Replayed) -> &'static str {
        if replayed.verified {
            "It was made twice, with the same result."
        } else {
            "No older version could confirm it."
        }
    }
}

pub mod pictures {
    pub const TITLE: &str = "Pictures";
    pub const STYLE: &str = "Style";
    pub const ALL: &str = "All styles";
    pub const EMPTY_TITLE: &str = "No pictures yet";
    pub const EMPTY_LEAD: &str = "Pictures appear here as soon as a style of yours is painted.";
    pub const TO_THE_STUDIO: &str = "To the studio";
    pub const MORE: &str = "Show more";
    pub const END: &str = "That is all.";
    pub const MIX: &str = "The mix that was painted";
    pub const MADE: &str = "Made";
    pub const VERSION: &str = "Style version";
    pub const SEED: &str = "Seed";
    pub const ENGINE: &str = "Engine";
    pub const RATING: &str = "Your rating";
    pub const UNRATED: &str = "not rated";
    pub const SKIPPED: &str = "skipped";
    pub const OPEN_FILE: &str = "Open the picture";
    pub const CHANGE: &str = "Change your rating";
    pub const RATE: &str = "Rate it";
    pub const TAKE_BACK: &str = "Take it back";
}

pub mod account {
    pub const TITLE: &str = "Account";
    pub const LOG_OUT: &str = "Log out";
    pub const PASSWORD: &str = "Password";
    pub const CURRENT: &str = "Current password";
    pub const NEW: &str = "New password";
    pub const CHANGE: &str = "Change password";
    pub const CHANGE_LEAD: &str = "A new one ends every other session and revokes every access \
        token, in case somebody else knew the old one.";
    pub const CHANGED: &str = "Changed. Every other session has ended, every token is revoked.";
    pub const SESSIONS: &str = "Where you are logged in";
    pub const THIS_ONE: &str = "this browser";
    pub const END: &str = "End";
    pub const TOKENS: &str = "Access tokens";
    pub const TOKENS_LEAD: &str = "For scripts and plugins. A token can do only what you allow it.";
    pub const TOKEN_NAME: &str = "What it is for";
    pub const SCOPES: &str = "What it may do";
    pub const MAKE_TOKEN: &str = "Make a token";
    pub const SECRET: &str = "Copy it now. It is shown once and stored only as a hash.";
    pub const COPY: &str = "Copy";
    pub const COPIED: &str = "Copied";
    pub const REVOKE: &str = "Revoke";
    pub const NEVER_USED: &str = "never used";
    pub const CHOOSE_SCOPE: &str = "Choose at least one thing it may do.";
    pub const DELETE: &str = "Delete my account";
    pub const DELETE_LEAD: &str =
        "Your styles, pictures, ratings and tokens go with it, at once and for good.";
    pub const DELETE_FINALLY: &str = "Delete everything";

    pub fn end_session(device: &str) -> String {
        format!("End the session on {device}")
    }

    pub fn revoke(name: &str) -> String {
        format!("Revoke {name}")
    }

    pub fn since(day: &str) -> String {
        format!("since {day}")
    }

    pub fn last_used(day: &str) -> String {
        format!("last used {day}")
    }

    pub fn scope(name: &str) -> &'static str {
        match name {
            "read" => "see styles and pictures",
            "rate" => "rate pictures",
            "write" => "make, change and delete styles",
            _ => "read the metrics",
        }
    }
}

pub mod not_found {
    pub const TITLE: &str = "Nothing hangs here";
    pub const LEAD: &str = "This page does not exist, or it is somebody else’s.";
    pub const HOME: &str = "To the entrance";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_api_message_becomes_a_sentence() {
        let refused = |detail| problem(&ApiError::Refused(Problem::new(Code::Invalid, detail)));
        assert_eq!(
            refused("a name has 1 to 80 characters"),
            "A name has 1 to 80 characters."
        );
        assert_eq!(refused("is it?"), "Is it?");
    }

    #[test]
    fn what_is_said_to_programs_is_said_to_people_in_other_words() {
        let detail = "name it in `replaces`";
        for code in [Code::AlreadyRated, Code::RatingChanged] {
            let said = problem(&ApiError::Refused(Problem::new(code, detail)));
            assert!(said.contains("in another window"), "{said}");
            assert!(!said.contains("replaces"), "{said}");
        }
    }

    #[test]
    fn counts_are_grouped_and_agree_with_their_noun() {
        assert_eq!(ratings(0), "no ratings yet");
        assert_eq!(ratings(1), "1 rating");
        assert_eq!(ratings(12_345), "12\u{202f}345 ratings");
    }

    #[test]
    fn the_procedural_painter_is_never_taken_for_a_model() {
        assert!(painted_by("sketch 1").contains("not an AI model"));
        assert!(painted_by("ssd-1b 1 model-c0ffee00 25-steps").contains("training data"));
        assert_eq!(painted_by("other 2"), "Painted by other 2.");
    }

    #[test]
    fn a_fall_has_a_minus_sign() {
        assert_eq!(rate::change("warm", 8), "warm +8%");
        assert_eq!(rate::change("cool", -3), "cool −3%");
    }
}
