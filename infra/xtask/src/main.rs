//! `cargo xtask`: everything a person does with this repository besides editing it.
//!
//! It runs the product and knows nothing of its insides; all it shares with it is the environment
//! variables of [`run::environment`] and the folder that [`page`] fills.

mod bench;
mod bless;
mod cargo;
mod cli;
mod digest;
mod libtorch;
mod page;
mod places;
mod run;
mod setup;
mod steps;
mod target_lock;
mod test;
mod wasm;
mod weights;

use std::process::ExitCode;

use clap::Parser as _;

use cli::{Arguments, Bench, Task};
use page::{Profile, Warnings};
use places::Places;
use steps::Steps;

fn main() -> ExitCode {
    match perform(Arguments::parse().task) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\nerror: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn perform(task: Task) -> anyhow::Result<()> {
    let places = Places::find()?;
    let mut steps = Steps::new();
    match task {
        Task::Setup { browser, cuda } => {
            setup::everything(&mut steps, &places, browser)?;
            if cuda || libtorch::has_driver() {
                setup::cuda(&mut steps, &places)?;
            }
            Ok(())
        }
        Task::Run(options) => run::run(&mut steps, &places, &options),
        Task::Test { filter } => test::test(&mut steps, &places, filter.as_deref()),
        Task::Cargo { arguments } => cargo::pass_through(&places, &arguments),
        Task::Bundle { release } => {
            let _lock = target_lock::take(&places)?;
            page::build(&mut steps, &places, Profile::of(release), Warnings::Show).map(drop)
        }
        Task::Bless { filter } => bless::bless(&mut steps, &places, filter.as_deref()),
        Task::Bench(Bench::PageSize) => bench::page_size(&mut steps, &places),
        Task::Bench(Bench::Diffusion { options }) => {
            bench::diffusion(&mut steps, &places, &options)
        }
        Task::Bench(Bench::Replay { options }) => bench::replay(&mut steps, &places, &options),
        Task::Bench(Bench::Sketch) => bench::sketch(&mut steps, &places),
        Task::Bench(Bench::Learner { python }) => {
            bench::learner(&mut steps, &places, python.as_deref())
        }
        Task::Weights { engine, from, yes } => {
            weights::weights(&places, &engine, from.as_deref(), yes)
        }
    }
}
