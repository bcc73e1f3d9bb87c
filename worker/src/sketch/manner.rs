//! The mix by name: how much of each attribute value this picture has.
//!
//! Every stage of the painter reads its own strength here and scales with it. Nothing is chosen
//! by the largest share, so that a small step of the mix is a small step of the picture.

use wire::{mix::Mix, taxonomy::Dimension};

use super::math::smoothstep;

/// All twenty shares.
#[derive(Clone, Copy, Debug)]
pub struct Manner {
    pub warm: f32,
    pub cool: f32,
    pub vibrant: f32,
    pub muted: f32,
    pub monochrome: f32,
    pub realistic: f32,
    pub painterly: f32,
    pub abstracted: f32,
    pub minimalist: f32,
    pub surreal: f32,
    pub peaceful: f32,
    pub energetic: f32,
    pub mysterious: f32,
    pub joyful: f32,
    pub melancholic: f32,
    pub centered: f32,
    pub thirds: f32,
    pub asymmetric: f32,
    pub symmetrical: f32,
    pub dynamic: f32,
}

impl Manner {
    pub fn new(mix: &Mix) -> Self {
        Self::held_back(mix, 1.0)
    }

    /// Every share by so much. The composition's stay whole in the layout, where they are weights.
    pub fn held_back(mix: &Mix, strength: f32) -> Self {
        let five = |dimension| mix.shares(dimension).map(|share| share as f32 * strength);
        let [warm, cool, vibrant, muted, monochrome] = five(Dimension::Color);
        let [realistic, painterly, abstracted, minimalist, surreal] = five(Dimension::Style);
        let [peaceful, energetic, mysterious, joyful, melancholic] = five(Dimension::Mood);
        let [centered, thirds, asymmetric, symmetrical, dynamic] = five(Dimension::Composition);
        Self {
            warm,
            cool,
            vibrant,
            muted,
            monochrome,
            realistic,
            painterly,
            abstracted,
            minimalist,
            surreal,
            peaceful,
            energetic,
            mysterious,
            joyful,
            melancholic,
            centered,
            thirds,
            asymmetric,
            symmetrical,
            dynamic,
        }
    }

    /// A share that speaks up only when there is much of it: a little of everything is no taste.
    pub fn pronounced(share: f32) -> f32 {
        share * (0.30 + 0.70 * share)
    }

    /// How much small matter there is: leaves, windows, stones, texture. 1 is all of it.
    pub fn detail(&self) -> f32 {
        1.0 - smoothstep(0.1, 0.95, self.minimalist)
    }

    /// How much form is modelled by light and shade rather than left flat.
    pub fn modelling(&self) -> f32 {
        (1.0 - 0.92 * self.minimalist - 0.35 * self.abstracted + 0.15 * self.realistic)
            .clamp(0.0, 1.0)
    }

    /// How opaque the nth of several lesser things is, when only a share of them is wanted.
    pub fn keeps(&self, index: usize, count: usize) -> f32 {
        let wanted = 0.15 + 0.85 * self.detail();
        let place = (index as f32 + 0.5) / count as f32;
        smoothstep(place - 0.12, place + 0.02, wanted)
    }
}
