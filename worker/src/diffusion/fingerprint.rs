//! What tells one checkpoint from another: a record that names it can be painted again.
//!
//! All that a picture depends on is in it, and it costs no reading of gigabytes: of each file of
//! weights the header and the last tensors count, which no two trainings have in common.

use sha2::{Digest as _, Sha256};

use super::files::{Folder, read_text};

/// The files that are read whole.
const TEXTS: [&str; 12] = [
    "model_index.json",
    "scheduler/scheduler_config.json",
    "text_encoder/config.json",
    "text_encoder_2/config.json",
    "tokenizer/merges.txt",
    "tokenizer/special_tokens_map.json",
    "tokenizer/vocab.json",
    "tokenizer_2/merges.txt",
    "tokenizer_2/special_tokens_map.json",
    "tokenizer_2/vocab.json",
    "unet/config.json",
    "vae/config.json",
];

/// The first eight digits of a hash. The autoencoder's folder is its own, since it may be read in
/// another precision and so from another file.
pub fn fingerprint(folder: &Folder, of_vae: &Folder) -> anyhow::Result<String> {
    let mut hash = Sha256::new();
    for name in TEXTS {
        hash.update(Sha256::digest(read_text(&folder.path().join(name))?));
    }
    for (folder, part, stem) in [
        (folder, "text_encoder", "model"),
        (folder, "text_encoder_2", "model"),
        (folder, "unet", "diffusion_pytorch_model"),
        (of_vae, "vae", "diffusion_pytorch_model"),
    ] {
        hash.update(folder.weights(part, stem)?.digest());
    }
    let [a, b, c, d, ..] = <[u8; 32]>::from(hash.finalize());
    Ok(format!("{:08x}", u32::from_be_bytes([a, b, c, d])))
}
