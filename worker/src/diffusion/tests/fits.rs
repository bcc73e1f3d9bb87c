//! Checkpoints whose files are whole, and whose parts do not fit what this code does with them, or
//! each other. Each is told at the start, where a person looks, and not by every job.

use super::{edit, spoiled};

/// Says something else in a configuration, and expects to be told so.
fn check(file: &str, from: &str, to: &str, expected: &str) {
    let said = spoiled(|folder| edit(&folder.join(file), from, to));
    assert!(said.contains(expected), "{said}");
}

#[test]
fn both_texts_side_by_side_are_as_wide_as_the_denoiser_reads() {
    check(
        "unet/config.json",
        r#""cross_attention_dim": 80"#,
        r#""cross_attention_dim": 96"#,
        "say 32 and 48 numbers of each token, and the denoiser takes 96",
    );
}

#[test]
fn a_prompt_as_a_whole_is_as_wide_as_the_denoiser_reads() {
    check(
        "unet/config.json",
        r#""projection_class_embeddings_input_dim": 96"#,
        r#""projection_class_embeddings_input_dim": 88"#,
        "sums a prompt up in 48 numbers (projection_dim), and the denoiser takes 40",
    );
}

#[test]
fn an_encoder_has_a_place_for_each_token_of_a_prompt() {
    check(
        "text_encoder/config.json",
        r#""max_position_embeddings": 77"#,
        r#""max_position_embeddings": 64"#,
        "max_position_embeddings is 64, and a prompt has 77 tokens",
    );
}

#[test]
fn an_encoder_knows_every_token_of_its_tokenizer() {
    check(
        "text_encoder_2/config.json",
        r#""vocab_size": 754"#,
        r#""vocab_size": 700"#,
        "tokenizer_2 has a token 753, and text_encoder_2 knows 700",
    );
}

#[test]
fn a_denoiser_gives_as_many_channels_as_it_takes() {
    check(
        "unet/config.json",
        r#""out_channels": 4"#,
        r#""out_channels": 8"#,
        "in_channels is 4 and out_channels 8",
    );
}

#[test]
fn a_denoiser_takes_the_latents_of_its_autoencoder() {
    check(
        "vae/config.json",
        r#""latent_channels": 4"#,
        r#""latent_channels": 8"#,
        "makes 8 channels and the denoiser takes 4",
    );
}

#[test]
fn a_picture_has_three_colours() {
    check(
        "vae/config.json",
        r#""out_channels": 3"#,
        r#""out_channels": 4"#,
        "out_channels is 4, and a pixel has 3",
    );
}

#[test]
fn a_latent_is_eight_pixels_wide() {
    check(
        "vae/config.json",
        "16,\n    32,\n    32",
        "16,\n    32",
        "block_out_channels has 3 levels",
    );
}

#[test]
fn time_is_told_in_as_many_sines_as_cosines() {
    check(
        "unet/config.json",
        r#""addition_time_embed_dim": 8"#,
        r#""addition_time_embed_dim": 7"#,
        "addition_time_embed_dim gives time a width of 7",
    );
    check(
        "unet/config.json",
        r#""time_cond_proj_dim": null"#,
        r#""time_cond_proj_dim": 9"#,
        "time_cond_proj_dim gives time a width of 9",
    );
}

#[test]
fn noise_stays_between_nothing_and_everything() {
    let scheduler = "scheduler/scheduler_config.json";
    for end in ["1.2", "1.0", "0.0", "-0.012"] {
        check(
            scheduler,
            r#""beta_end": 0.012"#,
            &format!(r#""beta_end": {end}"#),
            "beta_end is ",
        );
    }
    check(
        scheduler,
        r#""beta_start": 0.00085"#,
        r#""beta_start": -0.1"#,
        "beta_start is -0.1",
    );
}

#[test]
fn a_way_starts_within_the_times_of_training() {
    check(
        "scheduler/scheduler_config.json",
        r#""steps_offset": 1"#,
        r#""steps_offset": 1000"#,
        "steps_offset is 1000, beyond the 1000 times of training",
    );
}
