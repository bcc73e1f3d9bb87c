//! The curves of a grid as one SVG, all artists above, each family below, and those of all artists
//! as numbers.
//!
//! No plotting library: a few lines and words, and the file is small enough to read.

use std::fmt::Write as _;

use super::summary::Summary;

/// Above this the curves are cut: worse than random is only worse.
const TOP: f64 = 1.3;
/// Eleven colours that differ in lightness too (Okabe and Ito's, and three more).
const COLOURS: [&str; 11] = [
    "#d55e00", "#0072b2", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#7f5539", "#332288",
    "#117733", "#888888", "#000000",
];
const FONT: &str = "font-family=\"system-ui, sans-serif\"";

/// Where a panel stands.
#[derive(Clone, Copy)]
struct Panel {
    left: f64,
    top: f64,
    width: f64,
    height: f64,
    /// Whether the curves are named at their ends.
    named: bool,
}

/// Draws the curves.
pub fn svg(summaries: &[Summary], ratings: usize) -> String {
    let mut families: Vec<&str> = summaries.iter().map(|s| s.family.as_str()).collect();
    families.sort_unstable();
    families.dedup();
    families.retain(|family| *family != "all");
    let rows = families.len().div_ceil(2);
    let height = 470.0 + 260.0 * rows as f64;
    let mut text = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 900 {height}\" role=\"img\">\n\
         <title>Regret after each rating, by learner</title>\n\
         <rect width=\"900\" height=\"{height}\" fill=\"#ffffff\"/>\n"
    );
    let overall = Panel {
        left: 60.0,
        top: 50.0,
        width: 690.0,
        height: 360.0,
        named: true,
    };
    draw(&mut text, summaries, "all", ratings, overall);
    for (place, family) in families.into_iter().enumerate() {
        let panel = Panel {
            left: 60.0 + 430.0 * (place % 2) as f64,
            top: 500.0 + 260.0 * (place / 2) as f64,
            width: 380.0,
            height: 180.0,
            named: false,
        };
        draw(&mut text, summaries, family, ratings, panel);
    }
    text.push_str("</svg>\n");
    text
}

/// The mean regret over all artists after each number of ratings, one column per learner: what an
/// artist who chooses a learner is shown.
pub fn csv(summaries: &[Summary]) -> String {
    let all: Vec<&Summary> = summaries.iter().filter(|s| s.family == "all").collect();
    let names: Vec<&str> = all.iter().map(|summary| summary.learner).collect();
    let mut text = format!("ratings,{}\n", names.join(","));
    let ratings = all.iter().map(|s| s.curve.len()).min().unwrap_or_default();
    for n in 0..ratings {
        let regrets = all.iter().map(|s| format!("{:.3}", s.curve[n]));
        let _ = writeln!(text, "{n},{}", regrets.collect::<Vec<_>>().join(","));
    }
    text
}

fn draw(text: &mut String, summaries: &[Summary], family: &str, ratings: usize, panel: Panel) {
    let Panel {
        left,
        top,
        width,
        height,
        named,
    } = panel;
    let x = |n: f64| left + width * n / ratings.max(1) as f64;
    let y = |regret: f64| top + height * (1.0 - regret.clamp(0.0, TOP) / TOP);
    let title = if family == "all" {
        "all artists"
    } else {
        family
    };
    // Writing to a string cannot fail, here and below.
    let _ = writeln!(
        text,
        "<text x=\"{left}\" y=\"{:.0}\" {FONT} font-size=\"15\" font-weight=\"600\">{}</text>",
        top - 14.0,
        escaped(title)
    );
    for tenth in [0, 2, 4, 6, 8, 10, 12] {
        let regret = f64::from(tenth) / 10.0;
        let _ = writeln!(
            text,
            "<path d=\"M{left} {:.1}h{width}\" stroke=\"#dddddd\" fill=\"none\"/>\
             <text x=\"{:.0}\" y=\"{:.1}\" {FONT} font-size=\"11\" text-anchor=\"end\">{regret:.1}</text>",
            y(regret),
            left - 6.0,
            y(regret) + 4.0,
        );
    }
    for quarter in 0..=4 {
        let n = ratings * quarter / 4;
        let _ = writeln!(
            text,
            "<text x=\"{:.1}\" y=\"{:.1}\" {FONT} font-size=\"11\" text-anchor=\"middle\">{n}</text>",
            x(n as f64),
            top + height + 16.0,
        );
    }
    let _ = writeln!(
        text,
        "<text x=\"{:.0}\" y=\"{:.0}\" {FONT} font-size=\"11\" text-anchor=\"middle\">ratings</text>",
        left + width / 2.0,
        top + height + 32.0,
    );
    let shown = summaries.iter().filter(|s| s.family == family);
    let mut ends = Vec::new();
    for (place, summary) in shown.enumerate() {
        let colour = COLOURS[place % COLOURS.len()];
        let points = summary.curve.iter().enumerate();
        let points = points.map(|(n, regret)| format!("{:.1},{:.1}", x(n as f64), y(*regret)));
        let _ = writeln!(
            text,
            "<polyline points=\"{}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"1.8\"/>",
            points.collect::<Vec<_>>().join(" ")
        );
        if let Some(last) = summary.curve.last() {
            ends.push((y(*last), summary.learner, colour));
        }
    }
    if named {
        name_ends(text, ends, left + width + 8.0);
    }
}

/// Writes the names beside the curves' ends, pushed apart where they would overlap.
fn name_ends(text: &mut String, mut ends: Vec<(f64, &str, &str)>, x: f64) {
    const LINE: f64 = 15.0;
    ends.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut free = f64::NEG_INFINITY;
    for (y, name, colour) in ends {
        let y = y.max(free);
        free = y + LINE;
        let _ = writeln!(
            text,
            "<text x=\"{x:.0}\" y=\"{:.1}\" {FONT} font-size=\"13\" fill=\"{colour}\">{}</text>",
            y + 4.0,
            escaped(name)
        );
    }
}

fn escaped(words: &str) -> String {
    let words = words.replace('&', "&amp;");
    words.replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn summary(learner: &'static str, family: &str, curve: Vec<f64>) -> Summary {
        Summary {
            learner,
            family: family.to_owned(),
            to_goal: [[None; 2]; 2],
            at_mark: [None; 4],
            curve,
            stars: 2.0,
            log_loss: None,
            update_cpu_ms: 0.0,
        }
    }

    #[test]
    fn the_numbers_are_those_of_all_artists_a_column_per_learner() {
        let summaries = [
            summary("ppo", "all", vec![1.0, 0.5]),
            summary("ppo", "contextual", vec![9.0, 9.0]),
            summary("random", "all", vec![1.0, 1.2345]),
        ];
        let expected = "ratings,ppo,random\n0,1.000,1.000\n1,0.500,1.234\n";
        assert_eq!(csv(&summaries), expected);
    }

    #[test]
    fn every_curve_is_drawn_once_per_panel_and_named_once() {
        let summaries = [
            summary("ppo", "all", vec![1.0, 0.5]),
            summary("ppo", "a<b", vec![1.0, 0.5]),
            summary("random", "all", vec![1.0, 1.0]),
            summary("random", "a<b", vec![1.0, 9.0]),
        ];
        let svg = svg(&summaries, 1);
        assert_eq!(svg.matches("<polyline").count(), 4);
        assert_eq!(svg.matches(">ppo<").count(), 1);
        assert!(svg.contains("a&lt;b") && !svg.contains("a<b"));
        // Regret 0.5 of 1.3 in a panel from 50 to 410: 410 - 360 * 0.5 / 1.3 = 271.5.
        assert!(svg.contains("750.0,271.5"), "{svg}");
    }
}
