//! A mix as people type it: `color.warm=0.7,color.vibrant=0.3`.

use anyhow::{Context as _, anyhow, bail};
use wire::{
    mix::Mix,
    taxonomy::{DIMENSIONS, Dimension, VALUES},
};

/// Reads shares by name. Dimensions that are not named stay neutral, values that are not named
/// have no share in a dimension that is.
pub fn parse(text: &str) -> anyhow::Result<Mix> {
    let mut named: [Option<[Option<f64>; VALUES]>; DIMENSIONS] = [None; DIMENSIONS];
    for part in text
        .split(',')
        .map(str::trim)
        .filter(|part| !part.is_empty())
    {
        let (name, share) = part
            .split_once('=')
            .with_context(|| format!("{part:?} is no share, write it like color.warm=0.7"))?;
        let (dimension, value) = find(name.trim())?;
        let share: f64 = share.trim().parse().ok().with_context(|| {
            format!(
                "the share of {} is {share:?}, which is no number",
                name.trim()
            )
        })?;
        let five = named[dimension.index()].get_or_insert_default();
        if five[value].replace(share).is_some() {
            bail!("{} is given twice", name.trim());
        }
    }
    let mut mix = Mix::NEUTRAL;
    for (dimension, five) in Dimension::ALL.into_iter().zip(named) {
        if let Some(five) = five {
            mix = mix.with(dimension, five.map(Option::unwrap_or_default))?;
        }
    }
    Ok(mix)
}

fn find(name: &str) -> anyhow::Result<(Dimension, usize)> {
    let (dimension, value) = name
        .split_once('.')
        .with_context(|| format!("{name:?} names no attribute, write it like color.warm"))?;
    let found = Dimension::ALL.into_iter().find(|d| d.name() == dimension);
    let found = found.ok_or_else(|| {
        let known = Dimension::ALL.map(Dimension::name).join(", ");
        anyhow!("there is no dimension {dimension:?}, only {known}")
    })?;
    let values = found.values();
    let value = values
        .iter()
        .position(|v| *v == value)
        .ok_or_else(|| anyhow!("{dimension} has no {value:?}, only {}", values.join(", ")))?;
    Ok((found, value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_named_stays_neutral() {
        assert_eq!(parse("").unwrap(), Mix::NEUTRAL);
        let warm = Mix::NEUTRAL.with(Dimension::Color, [0.7, 0.0, 0.3, 0.0, 0.0]);
        assert_eq!(parse("color.warm=0.7, color.vibrant=0.3").ok(), warm.ok());
        let thirds = Mix::NEUTRAL.with(Dimension::Composition, [0.0, 1.0, 0.0, 0.0, 0.0]);
        assert_eq!(parse("composition.rule-of-thirds=1").ok(), thirds.ok());
    }

    #[test]
    fn a_mistake_is_answered_with_what_to_do() {
        for (text, answer) in [
            (
                "color.warm",
                r#""color.warm" is no share, write it like color.warm=0.7"#,
            ),
            (
                "warm=1",
                r#""warm" names no attribute, write it like color.warm"#,
            ),
            (
                "hue.warm=1",
                "there is no dimension \"hue\", only color, style, mood, composition",
            ),
            (
                "color.red=1",
                "color has no \"red\", only warm, cool, vibrant, muted, monochrome",
            ),
            (
                "color.warm=half",
                "the share of color.warm is \"half\", which is no number",
            ),
            ("color.warm=0.5,color.warm=0.5", "color.warm is given twice"),
            (
                "color.warm=0.5",
                "the shares of color sum to 0.5, but they must sum to 1",
            ),
            (
                "mood.joyful=1.5",
                "mood joyful is 1.5, but a share lies between 0 and 1",
            ),
            (
                "mood.joyful=NaN",
                "mood joyful is NaN, but a share lies between 0 and 1",
            ),
        ] {
            assert_eq!(parse(text).unwrap_err().to_string(), answer, "{text}");
        }
    }
}
