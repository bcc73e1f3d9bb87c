//! From words to a scene: what is painted, when, in which weather, and in which named colours.
//!
//! A word decides by where it stands in these lists, never by how many others stand beside it, so
//! that "a boat" and "a small red boat, at dawn" are the same scene. Words nobody listed still
//! choose: by their hash, among the plain scenes.

use super::{oklab::Lab, rng::hash};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Landscape,
    Lake,
    Sea,
    City,
    Forest,
    Portrait,
    StillLife,
    Flowers,
    Animal,
    NightSky,
    Interior,
    Fields,
}

/// What stands at the picture's point of interest out of doors.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    Tree,
    House,
    Boat,
    Lighthouse,
    Peak,
    Castle,
    Balloon,
    Figure,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Beast {
    Cat,
    Fox,
    Owl,
    Bird,
    Fish,
    Deer,
    Rabbit,
    Whale,
}

/// How a flower is built.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bloom {
    Daisy,
    Poppy,
    Tulip,
    Rose,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Time {
    Dawn,
    Noon,
    Sunset,
    Night,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Season {
    Spring,
    Summer,
    Autumn,
    Winter,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weather {
    Clear,
    Cloud,
    Rain,
    Snow,
    Fog,
    Storm,
}

/// What a prompt asks for. `None` leaves the choice to seed and mood.
#[derive(Clone, Copy, Debug)]
pub struct Scene {
    pub kind: Kind,
    pub subject: Option<Subject>,
    pub beast: Option<Beast>,
    pub bloom: Option<Bloom>,
    /// Whether it happens among trees, whatever it is.
    pub woods: bool,
    pub time: Option<Time>,
    pub season: Option<Season>,
    pub weather: Option<Weather>,
    /// The first and second colour named.
    pub colours: [Option<Lab>; 2],
    /// Of the words in lower case, without punctuation.
    pub hash: u64,
}

/// Longer prompts are read up to here; nobody looks past the first few hundred words of a scene.
const LONGEST: usize = 4_000;

impl Scene {
    pub fn read(prompt: &str) -> Self {
        let lower: String = prompt
            .chars()
            .take(LONGEST)
            .collect::<String>()
            .to_lowercase();
        let words: Vec<&str> = lower
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .collect();
        let hash = hash(&words.join(" "));
        let kind = first(&words, &KINDS).unwrap_or_else(|| fallback(hash));
        let mut colours = words.iter().filter_map(|word| colour(word));
        Self {
            kind,
            subject: first(&words, &SUBJECTS),
            beast: first(&words, &BEASTS),
            bloom: first(&words, &BLOOMS),
            woods: first(&words, &[((), "forest wood woodland jungle")]).is_some(),
            time: first(&words, &TIMES).or((kind == Kind::NightSky).then_some(Time::Night)),
            season: first(&words, &SEASONS),
            weather: first(&words, &WEATHERS),
            colours: [colours.next(), colours.next()],
            hash,
        }
    }
}

type Words<T> = (T, &'static str);

/// The value whose list, taken in order, holds one of the words, singular or plural.
fn first<T: Copy>(words: &[&str], lists: &[Words<T>]) -> Option<T> {
    let named = |list: &str| {
        words.iter().any(|word| {
            list.split(' ').any(|known| {
                *word == known
                    || word.strip_suffix("es") == Some(known)
                    || word.strip_suffix('s') == Some(known)
            })
        })
    };
    lists
        .iter()
        .find(|(_, list)| named(list))
        .map(|(value, _)| *value)
}

fn fallback(hash: u64) -> Kind {
    const PLAIN: [Kind; 4] = [Kind::Landscape, Kind::Lake, Kind::Fields, Kind::StillLife];
    PLAIN[(hash >> 32) as usize % PLAIN.len()]
}

/// In order of how strongly the words insist: "portrait in a garden" is a portrait.
const KINDS: [Words<Kind>; 13] = [
    (
        Kind::Portrait,
        "portrait face woman man girl boy lady king queen self selfie dancer head musician child grandmother grandfather",
    ),
    (
        Kind::Animal,
        "animal cat kitten fox owl bird sparrow robin swan raven crow fish koi deer stag elk rabbit hare bunny whale horse dog wolf bear",
    ),
    (
        Kind::StillLife,
        "still fruit apple pear lemon orange bowl bottle vase teapot table bread cup jug kettle breakfast",
    ),
    (
        Kind::Flowers,
        "flower rose tulip daisy poppy poppies sunflower bouquet blossom bloom garden lily lilies peony peonies iris wildflower meadow lavender",
    ),
    (
        Kind::Interior,
        "interior room kitchen bedroom studio window library hall armchair sofa attic cafe corridor indoors",
    ),
    (
        Kind::Sea,
        "sea ocean beach coast shore wave harbour harbor lighthouse sail ship island cliff bay surf seaside",
    ),
    (
        Kind::Lake,
        "lake river pond water canal stream reflection boat canoe fjord lagoon",
    ),
    (
        Kind::City,
        "city town street skyline skyscraper building tower urban downtown rooftop metropolis bridge alley market",
    ),
    (
        Kind::Forest,
        "forest wood woods jungle grove pine birch woodland trees path deepwood",
    ),
    (
        Kind::NightSky,
        "stars star galaxy milky constellation aurora cosmos comet nebula moon planet space universe",
    ),
    (
        Kind::Landscape,
        "landscape mountain hill valley field desert tree house cabin cottage farm village countryside castle prairie canyon volcano dune peak alps balloon",
    ),
    (
        Kind::Fields,
        "abstract joy geometry geometric pattern shape emotion music jazz dream chaos energy rhythm composition freedom time love fear silence",
    ),
    (Kind::NightSky, "night sky"),
];

const SUBJECTS: [Words<Subject>; 8] = [
    (Subject::Lighthouse, "lighthouse beacon"),
    (Subject::Boat, "boat ship sail sailboat canoe yacht rowboat"),
    (
        Subject::House,
        "house cabin cottage farm hut barn home village",
    ),
    (Subject::Castle, "castle fortress palace tower ruin temple"),
    (Subject::Balloon, "balloon airship"),
    (Subject::Peak, "mountain peak alps volcano summit"),
    (
        Subject::Figure,
        "person figure wanderer traveller traveler walker monk man woman child",
    ),
    (Subject::Tree, "tree oak willow cypress maple"),
];

const BEASTS: [Words<Beast>; 8] = [
    (Beast::Cat, "cat kitten"),
    (Beast::Fox, "fox dog wolf"),
    (Beast::Owl, "owl"),
    (Beast::Bird, "bird sparrow robin swan raven crow"),
    (Beast::Fish, "fish koi goldfish"),
    (Beast::Deer, "deer stag elk horse"),
    (Beast::Rabbit, "rabbit hare bunny bear"),
    (Beast::Whale, "whale"),
];

const BLOOMS: [Words<Bloom>; 4] = [
    (Bloom::Rose, "rose peony peonies"),
    (Bloom::Tulip, "tulip lily lilies iris"),
    (Bloom::Poppy, "poppy poppies anemone"),
    (Bloom::Daisy, "daisy daisies sunflower aster"),
];

const TIMES: [Words<Time>; 4] = [
    (Time::Dawn, "dawn sunrise morning daybreak"),
    (Time::Sunset, "sunset dusk evening twilight golden"),
    (
        Time::Night,
        "night midnight moonlight moon nocturne stars starry star galaxy milky aurora",
    ),
    (Time::Noon, "noon midday day daylight afternoon sunny"),
];

const SEASONS: [Words<Season>; 4] = [
    (Season::Autumn, "autumn fall october november harvest"),
    (
        Season::Winter,
        "winter snow snowy december january ice frozen frost",
    ),
    (Season::Spring, "spring april may blossom cherry"),
    (Season::Summer, "summer june july august"),
];

const WEATHERS: [Words<Weather>; 6] = [
    (Weather::Storm, "storm thunder lightning stormy tempest"),
    (Weather::Rain, "rain rainy drizzle shower"),
    (Weather::Snow, "snow snowy snowing blizzard snowfall"),
    (Weather::Fog, "fog mist misty foggy haze"),
    (Weather::Cloud, "cloudy clouds cloud overcast grey gray"),
    (Weather::Clear, "clear cloudless sunny"),
];

fn colour(word: &str) -> Option<Lab> {
    let (l, c, h) = match word {
        "red" | "crimson" | "scarlet" => (0.58, 0.21, 27.0),
        "orange" => (0.72, 0.17, 55.0),
        "yellow" | "golden" | "gold" => (0.84, 0.16, 90.0),
        "green" | "emerald" => (0.60, 0.15, 148.0),
        "turquoise" | "teal" | "cyan" => (0.68, 0.11, 195.0),
        "blue" | "azure" => (0.55, 0.16, 255.0),
        "purple" | "violet" | "lavender" => (0.54, 0.17, 305.0),
        "pink" | "rose" | "magenta" => (0.74, 0.14, 355.0),
        "brown" => (0.45, 0.08, 55.0),
        "white" => (0.96, 0.01, 90.0),
        "black" => (0.20, 0.01, 270.0),
        "silver" => (0.75, 0.01, 250.0),
        _ => return None,
    };
    Some(Lab::lch(l, c, h))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(prompt: &str) -> Kind {
        Scene::read(prompt).kind
    }

    #[test]
    fn the_words_choose_the_scene() {
        assert_eq!(kind("a lake at dawn"), Kind::Lake);
        assert_eq!(kind("Portrait of a woman in a garden"), Kind::Portrait);
        assert_eq!(kind("the city at night"), Kind::City);
        assert_eq!(kind("Three apples, and a JUG"), Kind::StillLife);
        assert_eq!(kind("foxes"), Kind::Animal);
        assert_eq!(kind("a quiet night"), Kind::NightSky);
        assert_eq!(kind("a red boat"), Kind::Lake);
    }

    #[test]
    fn time_season_weather_and_colour_are_heard_when_named() {
        let scene = Scene::read("a red boat before a blue house, rainy autumn evening");
        assert_eq!(scene.time, Some(Time::Sunset));
        assert_eq!(scene.season, Some(Season::Autumn));
        assert_eq!(scene.weather, Some(Weather::Rain));
        assert_eq!(scene.colours, [colour("red"), colour("blue")]);
        assert_eq!(Scene::read("a boat").time, None);
    }

    #[test]
    fn unknown_words_choose_the_same_plain_scene_each_time() {
        assert_eq!(kind("xyzzy"), kind("  XYZZY!"));
        let kinds = ["", "🦄", "qwfp", "blorp", "zzz"].map(kind);
        assert!(kinds.iter().all(|kind| {
            matches!(
                kind,
                Kind::Landscape | Kind::Lake | Kind::Fields | Kind::StillLife
            )
        }));
    }
}
