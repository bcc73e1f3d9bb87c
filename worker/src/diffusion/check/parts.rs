//! One part at a time, each given what was recorded for it.

use tch::{Kind, Tensor};

use super::{Reference, Row, compare};
use crate::diffusion::{
    config::SchedulerClass,
    model::Painter,
    scheduler::{Euler, Scheduler as _},
    text::Text,
};

/// A table is computed the same way whatever the model computes in.
const TABLE_TOLERANCE: f64 = 1e-5;

pub(super) fn text(
    text: &Text,
    reference: &Reference,
    tolerance: f64,
    rows: &mut Vec<Row>,
) -> anyhow::Result<()> {
    let prompts: Vec<&str> = reference.said.prompts.iter().map(String::as_str).collect();
    for (number, tower) in (1..).zip(text.towers()) {
        let name = format!("text.ids_{number}");
        let numbers = tower.numbers(&prompts)?;
        rows.push(compare(&name, &numbers, reference.get(&name)?, 0.0));
        let encoded = tower.encode(reference.get(&name)?);
        let name = format!("text.hidden_{number}");
        let recorded = reference.get(&name)?;
        rows.push(compare(name, &encoded.context, recorded, tolerance));
        if let Some(pooled) = encoded.pooled {
            let recorded = reference.get("text.pooled_2")?;
            rows.push(compare("text.pooled_2", &pooled, recorded, tolerance));
        }
    }
    Ok(())
}

pub(super) fn unet(
    painter: &Painter,
    reference: &Reference,
    tolerance: f64,
    rows: &mut Vec<Row>,
) -> anyhow::Result<()> {
    let given = |name: &str| -> anyhow::Result<Tensor> {
        let recorded = reference.get(&format!("unet.{name}"))?;
        Ok(recorded.to_device(painter.device))
    };
    let model_kind = |tensor: Tensor| tensor.to_kind(painter.kind);
    let guide = painter.unet.guide(
        &model_kind(given("context")?),
        &model_kind(given("pooled")?),
        &given("time_ids")?,
    );
    let guidance = painter
        .unet
        .guidance_width()
        .map(|_| given("timestep_cond"))
        .transpose()?;
    let x = model_kind(given("x")?);
    let mut look = |name: &str, found: &Tensor| {
        let name = format!("unet.inner.{name}");
        if let Ok(recorded) = reference.get(&name) {
            rows.push(compare(name, found, recorded, tolerance));
        }
    };
    let times = given("t")?;
    let out = (painter.unet).forward(&x, &times, guidance.as_ref(), &guide, &mut look);
    let recorded = reference.get("unet.out")?;
    rows.push(compare("unet.out", &out, recorded, tolerance));
    Ok(())
}

pub(super) fn vae(
    painter: &Painter,
    reference: &Reference,
    tolerance: f64,
    rows: &mut Vec<Row>,
) -> anyhow::Result<()> {
    let given = |name: &str| -> anyhow::Result<Tensor> {
        let recorded = reference.get(name)?.to_device(painter.device);
        Ok(recorded.to_kind(painter.vae_kind))
    };
    let decoded = painter.vae.decode(&given("vae.z")?);
    let recorded = reference.get("vae.decoded")?;
    rows.push(compare("vae.decoded", &decoded, recorded, tolerance));
    let moments = painter.vae.encode(&given("vae.image")?);
    let recorded = reference.get("vae.moments")?;
    rows.push(compare("vae.moments", &moments, recorded, tolerance));
    Ok(())
}

pub(super) fn schedules(painter: &Painter, reference: &Reference, rows: &mut Vec<Row>) {
    if painter.scheduler.class != SchedulerClass::Euler {
        return;
    }
    let mut recorded: Vec<_> = reference.said.schedules.iter().collect();
    recorded.sort_by_key(|(steps, _)| **steps);
    for (&steps, recorded) in recorded {
        let euler = Euler::new(&painter.scheduler, steps);
        let mut row = |what: &str, found: &[f64], recorded: &[f64], tolerance: f64| {
            let (found, recorded) = (Tensor::from_slice(found), Tensor::from_slice(recorded));
            let name = format!("schedule.{steps}.{what}");
            rows.push(compare(
                name,
                &found,
                &recorded.to_kind(Kind::Double),
                tolerance,
            ));
        };
        row("timesteps", euler.timesteps(), &recorded.timesteps, 0.0);
        row("sigmas", euler.sigmas(), &recorded.sigmas, TABLE_TOLERANCE);
        let (found, recorded) = ([euler.init_noise_sigma()], [recorded.init_noise_sigma]);
        row("init_noise_sigma", &found, &recorded, TABLE_TOLERANCE);
    }
}
