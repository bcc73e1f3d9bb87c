//! Whole runs, from the words of a prompt to the picture.

use anyhow::ensure;
use tch::Tensor;

use super::{Case, Reference, Row, compare};
use crate::diffusion::{
    denoise::{Batch, Watch, denoise},
    model::Model,
    picture, scheduler,
    text::Embedding,
};

pub(super) fn case(
    model: &Model,
    reference: &Reference,
    case: &Case,
    tolerance: f64,
    rows: &mut Vec<Row>,
) -> anyhow::Result<()> {
    let get = |what: &str| reference.get(&format!("{}.{what}", case.name));
    let noise = get("latents_in")?;
    let scheduler = scheduler::new(&model.painter.scheduler, case.steps)?;
    let mut replay = Replay {
        name: &case.name,
        recorded_out: get("unet_out")?,
        recorded_latents: get("trajectory")?,
        recorded_noise: get("noise").ok(),
        tolerance,
        rows,
    };
    ensure!(
        replay.recorded_out.size()[0] == case.steps as i64,
        "{} was recorded in {} steps, not {}",
        case.name,
        replay.recorded_out.size()[0],
        case.steps
    );
    let denoised = denoise(
        &model.painter,
        scheduler.as_ref(),
        &batch(model, case)?,
        &scheduler.begin(noise),
        0,
        &mut replay,
    );
    let pixels = picture::decode(&model.painter, &denoised.latents);
    let name = format!("{}.image", case.name);
    rows.push(compare(name, &pixels, get("image")?, tolerance));
    Ok(())
}

fn batch(model: &Model, case: &Case) -> anyhow::Result<Batch> {
    let prompts: Vec<&str> = case.prompts.iter().map(String::as_str).collect();
    let positive = model.text.encode(&prompts)?;
    let negative = match &case.negative {
        Some(words) => model.text.encode(&vec![words.as_str(); prompts.len()])?,
        None => positive.iter().map(Embedding::zeros_like).collect(),
    };
    let whole = [case.height, case.width];
    let [original, crop, target] = [
        case.original_size.unwrap_or(whole),
        case.crops_coords_top_left.unwrap_or_default(),
        case.target_size.unwrap_or(whole),
    ];
    let sizes = [
        original[0],
        original[1],
        crop[0],
        crop[1],
        target[0],
        target[1],
    ];
    Ok(Batch {
        guidance: vec![case.guidance; positive.len()],
        sizes: vec![sizes; positive.len()],
        positive,
        negative,
    })
}

/// Compares at every step, and gives the noise that was recorded.
struct Replay<'a> {
    name: &'a str,
    recorded_out: &'a Tensor,
    recorded_latents: &'a Tensor,
    recorded_noise: Option<&'a Tensor>,
    tolerance: f64,
    rows: &'a mut Vec<Row>,
}

impl Replay<'_> {
    fn compare(&mut self, what: &str, step: usize, found: &Tensor, recorded: &Tensor) {
        let name = format!("{}.{what}.{step}", self.name);
        let recorded = recorded.get(step as i64);
        self.rows
            .push(compare(name, found, &recorded, self.tolerance));
    }
}

impl Watch for Replay<'_> {
    fn fresh(&mut self, step: usize, _rows: &[usize]) -> Tensor {
        let recorded = self.recorded_noise.map(|noise| noise.get(step as i64));
        // A reference without its noise cannot be met, and fails by its numbers.
        recorded.unwrap_or_else(|| self.recorded_latents.get(0).zeros_like())
    }

    fn predicted(&mut self, step: usize, predicted: &Tensor) {
        self.compare("unet_out", step, predicted, self.recorded_out);
    }

    fn after(&mut self, step: usize, rows: &[usize], latents: &Tensor) -> Vec<usize> {
        self.compare("trajectory", step, latents, self.recorded_latents);
        rows.to_vec()
    }
}
