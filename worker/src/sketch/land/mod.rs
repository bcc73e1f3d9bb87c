//! Open country: ranges of hills behind each other, each paler than the one before.

pub mod cover;
mod peaks;
mod shade;

use self::shade::Shade;
use super::{
    canvas::Ink,
    math::{lerp, smoothstep},
    oklab::Lab,
    painting::Painting,
    scene::Subject,
    shape::Profile,
};
use super::{sky, subject, trees};

/// One range of hills.
#[derive(Clone, Copy, Debug)]
pub struct Range {
    /// Height of its foot.
    pub base: f32,
    /// How far it rises above.
    pub rise: f32,
    /// Hills per picture width.
    pub pace: f32,
    /// 0 rolling, 1 jagged.
    pub sharp: f32,
    /// 0 at the sky's edge, 1 at our feet.
    pub near: f32,
    pub lab: Lab,
    /// Below this something else covers it anyway.
    pub floor: f32,
}

pub fn landscape(p: &mut Painting) {
    sky::paint(p);
    let mut rng = p.rng.fork("landscape");
    let subject = p
        .scene
        .subject
        .unwrap_or([Subject::Tree, Subject::Tree, Subject::House][rng.index(3)]);
    let ranges = ranges(p, subject == Subject::Peak);
    let ground = ranges.len() - 2;
    for (i, range) in ranges.iter().enumerate() {
        let profile = paint(p, range);
        if i > 0 && i < ground {
            let tall = lerp(0.025, 0.06, range.near);
            let alpha = p.manner.detail() * p.manner.keeps(i, 5);
            let lab = range
                .lab
                .mix(p.palette.dark, 0.25)
                .mix(p.palette.sky_low, 0.35 * (1.0 - range.near));
            trees::ridge(
                p,
                &profile,
                tall,
                0.45,
                lab,
                alpha,
                p.rng.fork("ridge trees"),
            );
        }
        if i == ground {
            cover::path(p, &profile);
            let u = p.layout.focus.0;
            let size = 0.42 * p.layout.scale * if subject == Subject::Peak { 0.55 } else { 1.0 };
            subject::stand(p, subject, (u, profile.at(u) + 0.02), size);
            cover::companions(p, &profile, subject);
        }
    }
    cover::grass(p, 0.90);
}

/// From the far mountains to the field one stands in.
pub fn ranges(p: &Painting, mountains: bool) -> Vec<Range> {
    let (palette, layout) = (&p.palette, &p.layout);
    let mut rng = p.rng.fork("ranges");
    let wild = rng.unit();
    let sharp = if mountains {
        1.0
    } else {
        smoothstep(0.3, 0.9, wild)
    };
    let rise = lerp(0.12, 0.26, sharp) * rng.range(0.8, 1.15) * if mountains { 1.6 } else { 1.0 };
    let count = 5;
    let mut ranges: Vec<Range> = (0..count)
        .map(|i| {
            let near = i as f32 / (count - 1) as f32;
            let far_to_mid = palette.far.mix(palette.mid, smoothstep(0.0, 0.55, near));
            Range {
                base: layout.horizon + 0.02 + (1.03 - layout.horizon) * near * near * 0.88,
                rise: lerp(rise, 0.06, smoothstep(0.0, 0.75, near)) * rng.range(0.85, 1.15),
                pace: lerp(2.3, 1.2, near) * rng.range(0.8, 1.2),
                sharp: sharp * (1.0 - near) * (1.0 - near),
                near,
                lab: far_to_mid.mix(palette.near, smoothstep(0.6, 1.0, near)),
                floor: f32::MAX,
            }
        })
        .collect();
    let reach = (p.canvas.bounds().right - 0.5) * layout.slope * 0.75 + 0.05;
    for i in 1..count {
        ranges[i - 1].floor = ranges[i].base + ranges[i].rise + reach;
    }
    ranges
}

/// The line a range draws against what is behind it.
pub fn profile(p: &Painting, range: &Range) -> Profile {
    let mut rng = p.rng.fork("profile");
    let offset = rng.range(0.0, 30.0) + range.near * 37.0;
    let (noise, layout) = (&p.noise, &p.layout);
    let rough = lerp(0.75, 0.25, p.manner.minimalist) * (1.0 - 0.75 * range.near);
    let peaks = peaks::peaks(p, range);
    let height = layout.mirrored(|u| {
        let x = (u - 0.5) * range.pace;
        let soft = noise.fbm(x + offset, 3.7, 2);
        let fine = noise.fbm(x * 4.0 + offset, 8.1, 4) - 0.5;
        let crest = peaks.iter().map(|peak| peak.at(u)).fold(0.12, f32::max) + 0.10 * rough * fine;
        let hill = lerp(soft, crest, range.sharp) + rough * 0.24 * fine;
        range.base - range.rise * (1.6 * hill - 0.35) + layout.lift(u) * lerp(0.5, 1.3, range.near)
    });
    Profile::new(&p.canvas.bounds(), height)
}

pub fn paint(p: &mut Painting, range: &Range) -> Profile {
    let profile = profile(p, range);
    let shade = Shade::new(p, range);
    let noise = p.noise.clone();
    p.shape(profile.below(&p.canvas.bounds(), range.floor), |u, v| {
        let depth = v - profile.at(u);
        Ink::flat(shade.at(&noise, &profile, u, v))
            .flow(profile.flow(u) * smoothstep(0.25, 0.0, depth))
    });
    profile
}
