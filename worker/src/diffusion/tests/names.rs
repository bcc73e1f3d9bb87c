//! What a record says of the checkpoint and the settings that made a picture.

use std::{
    collections::BTreeSet,
    fs::{self, OpenOptions},
    os::unix::fs::FileExt as _,
    path::Path,
};

use tch::{Device, Kind};

use super::{copy, edit, folder};
use crate::{device, diffusion::ssd1b::Ssd1b, engine::Engine as _};

fn name(model: &Path, kind: Kind, steps: usize) -> String {
    let cpu = device::Device(Device::Cpu);
    let steps = std::num::NonZeroUsize::new(steps);
    Ssd1b::load(model, cpu, Some(kind), steps).unwrap().name()
}

/// The lowest bit of the file's last number.
fn flip_the_last_bit(path: &Path) {
    let file = OpenOptions::new()
        .read(true)
        .write(true)
        .open(path)
        .unwrap();
    let place = fs::metadata(path).unwrap().len() - 2;
    let mut byte = [0];
    file.read_exact_at(&mut byte, place).unwrap();
    file.write_all_at(&[byte[0] ^ 1], place).unwrap();
}

#[test]
fn whatever_paints_another_picture_has_another_name() {
    let plain = name(&folder(), Kind::Float, 4);
    assert_eq!(plain, name(copy().path(), Kind::Float, 4));
    assert!(plain.ends_with(" float32 4-steps guidance-9"), "{plain}");
    let mut names = BTreeSet::from([
        plain,
        name(&folder(), Kind::Float, 5),
        name(&folder(), Kind::BFloat16, 4),
        name(&folder(), Kind::Half, 4),
    ]);
    let weights = "diffusion_pytorch_model.fp16.safetensors";
    for file in [
        "text_encoder/model.fp16.safetensors",
        "text_encoder_2/model.fp16.safetensors",
        &format!("unet/{weights}"),
        &format!("vae/{weights}"),
    ] {
        let other = copy();
        flip_the_last_bit(&other.path().join(file));
        assert!(names.insert(name(other.path(), Kind::Float, 4)), "{file}");
    }
    for (file, from, to) in [
        ("scheduler/scheduler_config.json", "0.012", "0.011"),
        ("vae/config.json", "0.13025", "0.2"),
        ("text_encoder/config.json", "quick_gelu", "gelu"),
        ("tokenizer/merges.txt", "\n", "\n\n"),
    ] {
        let other = copy();
        edit(&other.path().join(file), from, to);
        assert!(names.insert(name(other.path(), Kind::Float, 4)), "{file}");
    }
}
