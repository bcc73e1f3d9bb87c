//! Diffusion on the command line.

use std::process::{Command, Output};

use crate::diffusion_reference::tiny;

fn worker(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_atelier-worker"))
        .args(arguments)
        .env_clear()
        .output()
        .unwrap()
}

#[test]
fn check_model_prints_a_row_per_quantity_and_fails_where_one_does() {
    let (model, folder) = (tiny().join("model"), tempfile::tempdir().unwrap());
    let check = |reference: &std::path::Path| {
        worker(&[
            "check-model",
            "--device",
            "cpu",
            "--model",
            model.to_str().unwrap(),
            "--reference",
            reference.to_str().unwrap(),
        ])
    };
    let recorded = tiny().join("reference/reference.safetensors");
    let passed = check(&recorded);
    let table = String::from_utf8_lossy(&passed.stdout);
    assert!(passed.status.success(), "{passed:?}");
    assert!(table.lines().count() >= 72, "{table}");
    assert!(table.lines().all(|row| row.ends_with("pass")), "{table}");

    // One number of one row, a little off.
    let spoiled = folder.path().join("reference.safetensors");
    std::fs::copy(
        recorded.with_extension("json"),
        spoiled.with_extension("json"),
    )
    .unwrap();
    let mut tensors = tch::Tensor::read_safetensors(&recorded).unwrap();
    for (name, tensor) in &mut tensors {
        if name == "text.pooled_2" {
            let (row, column) = (0, 0);
            let mut one = tensor.get(row).get(column);
            let _ = one.g_add_scalar_(0.01);
        }
    }
    tch::Tensor::write_safetensors(&tensors, &spoiled).unwrap();
    let failed = check(&spoiled);
    assert_eq!(failed.status.code(), Some(1), "{failed:?}");
    let table = String::from_utf8_lossy(&failed.stdout);
    let fails: Vec<&str> = table.lines().filter(|row| row.ends_with("FAIL")).collect();
    assert_eq!(fails.len(), 1, "{table}");
    assert!(fails[0].starts_with("text.pooled_2"), "{table}");
}

#[test]
fn a_picture_is_painted_from_words_a_mix_and_a_picture() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let (model, first, second) = (tiny().join("model"), path("a.png"), path("b.png"));
    let common = [
        "paint",
        "--engine",
        "ssd-1b",
        "--device",
        "cpu",
        "--prompt",
        "a quiet river",
        "--steps",
        "3",
        "--size",
        "64x64",
        "--mix",
        "color.warm=0.7,color.vibrant=0.3",
        "--seed",
        "5",
        "--model",
        model.to_str().unwrap(),
    ];
    let painted = worker(&[&common[..], &["--out", &first]].concat());
    assert!(painted.status.success(), "{painted:?}");
    assert!(String::from_utf8_lossy(&painted.stderr).contains("step 3 of 3"));
    let again = worker(
        &[
            &common[..],
            &["--start", &first, "--strength", "0.7", "--out", &second],
        ]
        .concat(),
    );
    assert!(again.status.success(), "{again:?}");
    let read = |name: &str| std::fs::read(name).unwrap();
    assert!(read(&second).starts_with(b"\x89PNG"));
    assert_ne!(read(&first), read(&second));
}

#[test]
fn a_mix_can_be_had_in_words() {
    let words = worker(&[
        "paint",
        "--prompt",
        "a lake",
        "--mix",
        "mood.joyful=1",
        "--in-words",
    ]);
    let words = String::from_utf8_lossy(&words.stdout).into_owned();
    assert_eq!(words, "a lake, (happy joyful mood:1.40)\n");
}

#[test]
fn without_weights_the_command_that_fetches_them_is_named() {
    let refused = worker(&[
        "paint", "--engine", "ssd-1b", "--prompt", "a lake", "--out", "x.png",
    ]);
    assert!(!refused.status.success());
    let said = String::from_utf8_lossy(&refused.stderr);
    assert!(said.contains("cargo xtask weights ssd-1b"), "{said}");
}
