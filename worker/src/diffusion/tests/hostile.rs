//! Files that are broken, wrong, or made to do harm.

use std::path::Path;

use safetensors::{Dtype, tensor::TensorView};
use tch::{Device, Kind};
use tempfile::TempDir;

use super::{edit, spoiled};
use crate::diffusion::{
    config::{SchedulerConfig, UnetConfig},
    files::Folder,
    weights::{Weights, WeightsError},
};

/// A file of one tensor of 2 by 3, and what becomes of it.
fn open(dtype: Dtype, bytes: &[u8], name: &str) -> Result<(), WeightsError> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x.safetensors");
    let view = TensorView::new(dtype, vec![2, 3], bytes).unwrap();
    safetensors::serialize_to_file([(name, view)], None, &path).unwrap();
    read(&path, &[2, 3])
}

fn read(path: &Path, shape: &[i64]) -> Result<(), WeightsError> {
    let weights = Weights::open(path, Device::Cpu, Kind::Float)?;
    drop(weights.root().at("layer").tensor("weight", shape)?);
    weights.finish()
}

fn written(bytes: &[u8]) -> (TempDir, WeightsError) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x.safetensors");
    std::fs::write(&path, bytes).unwrap();
    (folder, read(&path, &[2, 3]).unwrap_err())
}

fn numbers(six: [f32; 6]) -> Vec<u8> {
    six.iter().flat_map(|number| number.to_le_bytes()).collect()
}

#[test]
fn a_tensor_that_is_missing_misshapen_or_left_over_is_named() {
    let good = numbers([1.0; 6]);
    open(Dtype::F32, &good, "layer.weight").unwrap();
    let missing = open(Dtype::F32, &good, "layer.wait")
        .unwrap_err()
        .to_string();
    assert!(missing.contains("has no tensor layer.weight"), "{missing}");

    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x.safetensors");
    let view = |shape| TensorView::new(Dtype::F32, shape, &good).unwrap();
    let two = [("layer.weight", view(vec![2, 3])), ("stray", view(vec![6]))];
    safetensors::serialize_to_file(two, None, &path).unwrap();
    let shape = read(&path, &[3, 2]).unwrap_err().to_string();
    assert!(
        shape.contains("[2, 3]") && shape.contains("[3, 2]"),
        "{shape}"
    );
    let left = read(&path, &[2, 3]).unwrap_err().to_string();
    assert!(
        left.contains("1 tensors") && left.contains("stray"),
        "{left}"
    );
}

#[test]
fn numbers_that_are_none_are_refused() {
    for wrong in [f32::NAN, f32::INFINITY] {
        let bytes = numbers([1.0, 2.0, wrong, 4.0, 5.0, 6.0]);
        let refused = open(Dtype::F32, &bytes, "layer.weight").unwrap_err();
        assert!(
            matches!(refused, WeightsError::NotFinite { .. }),
            "{refused}"
        );
    }
    let whole = open(Dtype::I32, &numbers([0.0; 6]), "layer.weight").unwrap_err();
    assert!(whole.to_string().contains("use float32"), "{whole}");
}

#[test]
fn a_number_that_half_precision_cannot_hold_is_refused_there_and_nowhere_else() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x.safetensors");
    let bytes = numbers([1.0, 2.0, 70_000.0, 4.0, 5.0, 6.0]);
    let view = TensorView::new(Dtype::F32, vec![2, 3], &bytes).unwrap();
    safetensors::serialize_to_file([("weight", view)], None, &path).unwrap();
    let read = |kind| {
        let weights = Weights::open(&path, Device::Cpu, kind).unwrap();
        weights.root().tensor("weight", &[2, 3]).map(drop)
    };
    read(Kind::Float).unwrap();
    read(Kind::BFloat16).unwrap();
    let refused = read(Kind::Half).unwrap_err().to_string();
    assert!(
        refused.contains("Half cannot") && refused.contains("bfloat16"),
        "{refused}"
    );
}

#[test]
fn a_text_that_never_ends_is_not_read_to_its_end() {
    for name in [
        "model_index.json",
        "unet/config.json",
        "tokenizer/vocab.json",
        "tokenizer_2/merges.txt",
    ] {
        let said = spoiled(|folder| {
            // A terabyte that takes no room on the disk.
            let file = std::fs::File::create(folder.join(name)).unwrap();
            file.set_len(1 << 40).unwrap();
        });
        assert!(said.contains(name) && said.contains("16 MiB"), "{said}");
    }
}

#[test]
fn a_list_of_positions_from_older_libraries_is_no_stray() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x.safetensors");
    let (good, list) = (numbers([1.0; 6]), [0_u8; 16]);
    let positions = TensorView::new(Dtype::I64, vec![1, 2], &list).unwrap();
    let tensors = [
        (
            "layer.weight",
            TensorView::new(Dtype::F32, vec![2, 3], &good).unwrap(),
        ),
        ("text_model.embeddings.position_ids", positions),
    ];
    safetensors::serialize_to_file(tensors, None, &path).unwrap();
    read(&path, &[2, 3]).unwrap();
}

#[test]
fn a_broken_file_is_refused_before_anything_is_made_of_it() {
    let header = |text: &str| [&(text.len() as u64).to_le_bytes(), text.as_bytes()].concat();
    let lies = |offsets: &str| {
        header(&format!(
            r#"{{"layer.weight":{{"dtype":"F32","shape":[2,3],"data_offsets":{offsets}}}}}"#
        ))
    };
    for (what, bytes) in [
        ("nothing", Vec::new()),
        (
            "a header longer than the file",
            u64::MAX.to_le_bytes().to_vec(),
        ),
        (
            "a header of gigabytes",
            (1_u64 << 34).to_le_bytes().to_vec(),
        ),
        ("no JSON", header("pickle")),
        ("a tensor behind the end", lies("[0,24]")),
        ("a tensor that ends before it begins", lies("[24,0]")),
        (
            "a tensor of another size",
            [lies("[0,8]"), vec![0; 8]].concat(),
        ),
        (
            "more than its header lists",
            [lies("[0,24]"), vec![0; 25]].concat(),
        ),
    ] {
        let (_folder, refused) = written(&bytes);
        let said = matches!(refused, WeightsError::NotSafetensors { .. });
        assert!(said, "{what}: {refused}");
    }
}

#[test]
fn a_configuration_that_asks_for_unknown_arithmetic_is_refused_by_name() {
    let said = spoiled(|folder| {
        let config = folder.join("unet/config.json");
        edit(
            &config,
            r#""resnet_time_scale_shift": "default""#,
            r#""resnet_time_scale_shift": "scale_shift""#,
        );
    });
    assert!(
        said.contains("resnet_time_scale_shift is \"scale_shift\""),
        "{said}"
    );
    let said = spoiled(|folder| {
        let config = folder.join("scheduler/scheduler_config.json");
        edit(&config, r#""epsilon""#, r#""v_prediction""#);
    });
    assert!(said.contains("prediction_type"), "{said}");
}

#[test]
fn a_configuration_of_another_shape_names_the_tensor_that_differs() {
    let said = spoiled(|folder| {
        let config = folder.join("text_encoder/config.json");
        edit(
            &config,
            r#""intermediate_size": 128"#,
            r#""intermediate_size": 96"#,
        );
    });
    assert!(
        said.contains("mlp.fc1.weight") && said.contains("128") && said.contains("96"),
        "{said}"
    );
    let said = spoiled(|folder| {
        let config = folder.join("unet/config.json");
        edit(
            &config,
            r#""norm_num_groups": 4"#,
            r#""norm_num_groups": 3"#,
        );
    });
    assert!(said.contains("do not divide into 3 groups"), "{said}");
}

#[test]
fn pickled_weights_are_not_read() {
    let said = spoiled(|folder| {
        let part = folder.join("vae");
        let name = part.join("diffusion_pytorch_model.fp16.safetensors");
        std::fs::rename(name, part.join("diffusion_pytorch_model.bin")).unwrap();
    });
    assert!(said.contains("pickled files"), "{said}");
}

#[test]
fn old_names_of_the_autoencoders_attention_are_understood() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x.safetensors");
    let good = numbers([1.0; 6]);
    let view = TensorView::new(Dtype::F32, vec![2, 3], &good).unwrap();
    safetensors::serialize_to_file([("attention.query.weight", view)], None, &path).unwrap();
    let weights = Weights::open(&path, Device::Cpu, Kind::Float).unwrap();
    let place = weights.root().at("attention");
    assert_eq!(place.first_of(&["to_q", "query"]), "query");
    assert_eq!(place.first_of(&["to_k", "key"]), "to_k");
}

#[test]
fn a_folder_that_is_no_checkpoint_says_how_to_get_one() {
    let folder = tempfile::tempdir().unwrap();
    let refused = Folder::open(folder.path(), Device::Cpu, Kind::Float).unwrap_err();
    assert!(
        refused.to_string().contains("cargo xtask weights ssd-1b"),
        "{refused}"
    );
    assert!(UnetConfig::read(&folder.path().join("none")).is_err());
    assert!(SchedulerConfig::read(&super::folder().join("unet/config.json")).is_err());
}
