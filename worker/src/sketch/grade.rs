//! The colour dimension: the whole picture is graded, as film is.

use super::{manner::Manner, math::smoothstep, oklab::Lab, painting::Painting};

pub fn apply(p: &mut Painting) {
    let grade = Grade::new(p);
    p.canvas.tone(|u, v, lab| grade.at(u, v, lab));
}

struct Grade {
    warm: f32,
    cool: f32,
    purity: f32,
    contrast: f32,
    lift: f32,
    pastel: f32,
    grey: f32,
    blue: f32,
    tint: Lab,
    vignette: f32,
}

impl Grade {
    fn new(p: &Painting) -> Self {
        let m = &p.manner;
        let hue = [250.0, 70.0, 40.0, 230.0][p.rng.fork("tint").index(4)];
        let (muted, grey) = (
            Manner::pronounced(m.muted),
            Manner::pronounced(m.monochrome),
        );
        let (joyful, mysterious, melancholic) = (
            Manner::pronounced(m.joyful),
            Manner::pronounced(m.mysterious),
            Manner::pronounced(m.melancholic),
        );
        // Warm and cool in equal parts are neither, rather than both.
        let both = 0.75 * m.warm.min(m.cool);
        Self {
            warm: quick(m.warm - both),
            cool: quick(m.cool - both),
            purity: (1.12 + 1.0 * m.vibrant - 0.52 * muted + 0.18 * joyful
                - 0.42 * melancholic
                - 0.10 * mysterious)
                .max(0.15),
            contrast: 1.0 + 0.16 * m.vibrant - 0.28 * muted + 0.16 * m.energetic
                - 0.10 * m.peaceful
                + 0.14 * m.monochrome,
            lift: 0.045 * joyful - 0.035 * mysterious - 0.040 * melancholic + 0.015 * m.peaceful,
            pastel: muted,
            grey,
            blue: melancholic,
            tint: Lab::lch(0.0, 0.016, hue),
            vignette: 0.05 + 0.13 * mysterious + 0.10 * melancholic + 0.05 * m.centered,
        }
    }

    fn at(&self, u: f32, v: f32, lab: Lab) -> Lab {
        let l = 0.56 + (lab.l - 0.56) * self.contrast + self.lift;
        // Shadows and lights are toned apart: plum and gold, or navy and ice.
        let bright = smoothstep(0.15, 0.9, l);
        let (mut a, mut b) = (lab.a, lab.b);
        let gold = Lab::new(0.0, 0.054 - 0.026 * bright, 0.042 + 0.052 * bright);
        let ice = Lab::new(0.0, -0.014 - 0.020 * bright, -0.072 + 0.026 * bright);
        // What is against the light loses purity first, or warm blue would turn to mud.
        let against = |own: f32, share: f32| {
            if own < 0.0 {
                own * (1.0 - 0.80 * share)
            } else {
                own
            }
        };
        b = against(b, self.warm);
        a = against(a, 0.85 * self.warm);
        b = -against(-b, self.cool);
        a = -against(-a, 0.85 * self.cool);
        a += gold.a * self.warm + ice.a * self.cool;
        b += gold.b * self.warm + ice.b * self.cool;
        // Sadness cools the shadows.
        let dusk = self.blue * (1.0 - 0.6 * bright);
        a += (-0.010 - a) * 0.45 * dusk;
        b += (-0.040 - b) * 0.45 * dusk;
        let chroma = (a * a + b * b).sqrt();
        // Purer, but what is pure already is left: no neon.
        let gain = if self.purity > 1.0 {
            1.0 + (self.purity - 1.0) / (1.0 + 4.5 * chroma)
        } else {
            self.purity
        };
        a *= gain;
        b *= gain;
        // Muted is not only greyer: it is chalky.
        let l = l + (0.83 - l) * 0.40 * self.pastel;
        let a = a + (self.tint.a - a) * self.grey;
        let b = b + (self.tint.b - b) * self.grey;
        let (x, y) = (u - 0.5, v - 0.5);
        let l = l - self.vignette * smoothstep(0.10, 0.55, x * x + y * y);
        Lab::new(shoulder(l), a, b)
    }
}

/// A colour cast is seen early: a third of warmth already warms the picture.
fn quick(share: f32) -> f32 {
    share * (1.4 - 0.4 * share)
}

/// Keeps lights and darks from being cut off: they bend towards the ends of the scale.
fn shoulder(l: f32) -> f32 {
    if l > 0.93 {
        0.93 + 0.065 * (1.0 - 1.0 / (1.0 + (l - 0.93) / 0.065))
    } else if l < 0.12 {
        0.04 + 0.08 / (1.0 + (0.12 - l) / 0.08)
    } else {
        l
    }
}
