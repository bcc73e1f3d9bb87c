//! A memory that holds the denoiser's work and not the decoder's.

use std::{cell::RefCell, num::NonZeroUsize};

use tokio_util::sync::CancellationToken;
use wire::mix::Mix;

use super::folder;
use crate::{
    device::Device,
    diffusion::ssd1b::Ssd1b,
    engine::{Engine as _, Order, PaintRequest, Wishes},
    handler::Failure,
};

#[test]
fn a_decoder_that_finds_no_room_costs_no_denoising() {
    let cpu = Device(tch::Device::Cpu);
    let mut engine = Ssd1b::load(&folder(), cpu, None, NonZeroUsize::new(2)).unwrap();
    engine.painter.vae.starve();
    let usual = engine.together();
    let requests = [1, 2].map(|seed| PaintRequest {
        prompt: "a lake".into(),
        mix: Mix::NEUTRAL,
        seed,
        width: 64,
        height: 64,
        wishes: Wishes::default(),
    });
    let (told, cancel) = (RefCell::new(Vec::new()), CancellationToken::new());
    let progress = |step, _| told.borrow_mut().push(step);
    let orders = requests.each_ref().map(|request| Order {
        request,
        progress: &progress,
        cancel: &cancel,
    });
    let reason = "the device's memory does not hold one picture of 64x64";
    for painted in engine.paint_together(&orders) {
        assert_eq!(painted, Err(Failure::Retry(reason.into())));
    }
    assert_eq!(*told.borrow(), [1, 1, 2, 2], "each step is taken once");
    assert_eq!(engine.together(), usual, "the batch was not to blame");
}
