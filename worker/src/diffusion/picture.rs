//! Between latents and pictures.

use tch::{Kind, Tensor};

use super::model::Painter;
use crate::sketch::Picture;

/// Pixels from 0 to 1, `[pictures, 3, height, width]`, in single precision.
///
/// One picture at a time: at 1024 pixels the decoder's widest layers take gigabytes for each.
pub fn decode(painter: &Painter, latents: &Tensor) -> Tensor {
    let _no_grad = tch::no_grad_guard();
    let pixels: Vec<Tensor> = (0..latents.size()[0])
        .map(|row| {
            let one = latents.narrow(0, row, 1).to_kind(painter.vae_kind);
            let pixels = painter.vae.decode_scaled(&one).to_kind(Kind::Float);
            (pixels / 2.0 + 0.5).clamp(0.0, 1.0)
        })
        .collect();
    Tensor::cat(&pixels, 0)
}

/// A picture as latents.
pub fn encode(painter: &Painter, picture: &Picture) -> Tensor {
    let _no_grad = tch::no_grad_guard();
    let (height, width) = (i64::from(picture.height), i64::from(picture.width));
    let rows = Tensor::from_slice(&picture.rgb).view([height, width, 3]);
    let pixels = rows
        .permute([2, 0, 1])
        .unsqueeze(0)
        .to_device(painter.device);
    let pixels = pixels.to_kind(Kind::Float) / 127.5 - 1.0;
    let latents = painter.vae.encode_scaled(&pixels.to_kind(painter.vae_kind));
    latents.to_kind(Kind::Float)
}

/// Pixels from 0 to 1, `[3, height, width]`, as bytes.
pub fn to_picture(pixels: &Tensor) -> Picture {
    let size = pixels.size();
    let bytes = (pixels * 255.0).round().to_kind(Kind::Uint8);
    let rows = bytes
        .permute([1, 2, 0])
        .contiguous()
        .to_device(tch::Device::Cpu);
    let mut rgb = vec![0; rows.numel()];
    let count = rgb.len();
    rows.copy_data_u8(&mut rgb, count);
    Picture {
        width: size[2] as u32,
        height: size[1] as u32,
        rgb,
    }
}
