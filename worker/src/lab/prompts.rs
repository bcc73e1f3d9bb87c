//! Prompts of each category, as people write them. The learner sees the prompt and nothing else.

/// How many categories of prompt an artist may judge differently.
pub const CATEGORIES: usize = 8;

/// Portrait, landscape, sea, city, animals, still life, interior, abstract.
const PROMPTS: [[&str; 4]; CATEGORIES] = [
    [
        "portrait of an old fisherman",
        "a woman with red hair looking back",
        "the face of a dancer in half shadow",
        "my grandmother laughing",
    ],
    [
        "a lake at dawn",
        "mountains above a forest in autumn",
        "a path through a meadow",
        "hills after the rain",
    ],
    [
        "waves breaking in the evening",
        "a small boat on the open ocean",
        "an empty beach in winter",
        "the harbour before a storm",
    ],
    [
        "a street at night in the rain",
        "the skyline from a bridge",
        "an old town with narrow alleys",
        "a market square at noon",
    ],
    [
        "a cat asleep on a wall",
        "two horses running",
        "an owl in flight",
        "a fox crossing the snow",
    ],
    [
        "a vase of sunflowers",
        "bread and a jug on a cloth",
        "three pears and a candle",
        "a still life with a skull",
    ],
    [
        "a kitchen in morning light",
        "the reading room of a library",
        "an attic with an open window",
        "a sofa by the fireplace",
    ],
    [
        "an abstract study of circles",
        "lines and colours colliding",
        "a pattern that never repeats",
        "geometric shapes dissolving",
    ],
];

/// One of the prompts of a category.
pub fn prompt(category: usize, which: usize) -> &'static str {
    let prompts = &PROMPTS[category % CATEGORIES];
    prompts[which % prompts.len()]
}

/// How many prompts each category has.
pub const fn prompts_per_category() -> usize {
    PROMPTS[0].len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::learner::features::Features;

    #[test]
    fn the_features_bring_prompts_of_one_category_together() {
        let mut within = f64::INFINITY;
        let mut across = f64::NEG_INFINITY;
        for (category, prompts) in PROMPTS.iter().enumerate() {
            for (other, others) in PROMPTS.iter().enumerate() {
                for a in prompts {
                    for b in others {
                        let similarity = Features::of(a).similarity(&Features::of(b));
                        if category == other {
                            within = within.min(similarity);
                        } else {
                            across = across.max(similarity);
                        }
                    }
                }
            }
        }
        // "a fox crossing the snow" is a landscape too, hence no wide gap.
        assert!(within > 0.55, "{within}");
        assert!(across < 0.55, "{across}");
    }
}
