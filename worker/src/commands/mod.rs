//! What the executable can be told to do. One file per command.

mod bench_diffusion;
mod bench_learner;
mod bench_replay;
mod bench_sketch;
mod check_model;
mod compare;
mod conditions;
mod contact_sheet;
mod make_artists;
mod make_prior;
mod mix_text;
mod names;
mod paint;
mod replay;
mod serve;
mod simulate;
mod trust;

use clap::{Parser, Subcommand};

/// Learns from ratings and paints pictures.
#[derive(Debug, Parser)]
#[command(name = "atelier-worker", version)]
pub struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Take jobs from the queue until told to stop (the default).
    ///
    /// Settings come from the environment: `ATELIER_NATS_URL`, `ATELIER_BLOBS`, `ATELIER_ENGINE`,
    /// `ATELIER_MODEL`, `ATELIER_STEPS`, `ATELIER_DTYPE`, `ATELIER_DEVICE`, `ATELIER_WORKER_NAME`,
    /// `ATELIER_LOG`, `ATELIER_LOG_FORMAT`.
    Serve,
    /// Paint one picture into a file, without a server.
    Paint(Box<paint::Paint>),
    /// Compare what a checkpoint computes with what was recorded for it.
    CheckModel(check_model::CheckModel),
    /// Measure diffusion, beside the Python libraries if a Python is given.
    BenchDiffusion(bench_diffusion::BenchDiffusion),
    /// Measure what learning costs, beside stable-baselines3 if a Python is given.
    BenchLearner(bench_learner::BenchLearner),
    /// Make the version of a rating log again, and print its hash.
    Replay(replay::Replay),
    /// Measure replays of long logs, beside learning them rating by rating.
    BenchReplay(bench_replay::BenchReplay),
    /// Measure what a picture of the built-in painter costs.
    BenchSketch(bench_sketch::BenchSketch),
    /// Paint the sheets that show every attribute value.
    ContactSheet(contact_sheet::ContactSheet),
    /// Let a learner meet a simulated artist: one line of JSON per rating.
    Simulate(simulate::Simulate),
    /// Let several learners meet a folder of artists: a table, the numbers, the curves.
    Compare(compare::Compare),
    /// Ask the learner what it believes of simulated artists, and tell what is so.
    Trust(trust::Trust),
    /// Make new simulated artists.
    MakeArtists(make_artists::MakeArtists),
    /// Learn what styles have in common, for new styles to start from.
    MakePrior(make_prior::MakePrior),
}

impl Cli {
    /// Does what was asked.
    pub fn run(self) -> anyhow::Result<()> {
        match self.command.unwrap_or(Command::Serve) {
            Command::Serve => serve::run(),
            Command::Paint(paint) => paint.run(),
            Command::CheckModel(check) => check.run(),
            Command::BenchDiffusion(bench) => bench.run(),
            Command::BenchLearner(bench) => bench.run(),
            Command::Replay(replay) => replay.run(),
            Command::BenchReplay(bench) => bench.run(),
            Command::BenchSketch(bench) => bench.run(),
            Command::ContactSheet(sheet) => sheet.run(),
            Command::Simulate(simulate) => simulate.run(),
            Command::Compare(compare) => compare.run(),
            Command::Trust(trust) => trust.run(),
            Command::MakeArtists(make) => make.run(),
            Command::MakePrior(make) => make.run(),
        }
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;

    #[test]
    fn the_command_line_is_free_of_contradictions() {
        Cli::command().debug_assert();
    }

    #[test]
    fn without_a_command_the_worker_serves() {
        let cli = Cli::try_parse_from(["atelier-worker"]).unwrap();
        assert!(cli.command.is_none());
    }
}
