//! The command line.

use std::net::{IpAddr, Ipv4Addr};
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

/// Sets up, builds, runs and checks Atelier.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) task: Task,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Task {
    /// Find or fetch what the build and the product need: wasm compiler, libtorch, nats-server, Postgres
    Setup {
        /// Chromium and its driver too, for the browser tests
        #[arg(long)]
        browser: bool,
        /// What a GPU of NVIDIA's needs too, 4 GB; fetched without asking where there is a driver
        #[arg(long)]
        cuda: bool,
    },
    /// Build everything and start it, with a Postgres and a nats-server of its own
    Run(Run),
    /// Run everything that CI runs
    Test {
        /// Only the tests whose name contains this
        filter: Option<String>,
    },
    /// Run cargo with the environment that the other commands give it, as in `cargo xtask cargo clippy`
    Cargo {
        /// Handed to cargo as they are
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<String>,
    },
    /// Build the page: wasm, script and styles, named by their content and compressed
    Bundle {
        /// Small instead of quick to build
        #[arg(long)]
        release: bool,
    },
    /// Rewrite the generated files that tests compare with
    Bless {
        /// Only the tests whose name contains this
        filter: Option<String>,
    },
    /// Fetch the weights of an engine, for example `ssd-1b`, or take them from a folder
    Weights {
        /// Which engine's
        engine: String,
        /// A folder that is already here, instead of the hub
        #[arg(long)]
        from: Option<PathBuf>,
        /// Answer the question about licence and training data with yes
        #[arg(long)]
        yes: bool,
    },
    /// Measure something
    #[command(subcommand)]
    Bench(Bench),
}

#[derive(Debug, Subcommand)]
pub(crate) enum Bench {
    /// How many bytes a first visit loads
    PageSize,
    /// How fast diffusion is; with `--python`, beside the Python libraries
    Diffusion {
        /// As for `atelier-worker bench-diffusion`; the tiny checkpoint if none is named
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        options: Vec<String>,
    },
    /// How long replays of long rating logs take, beside learning them rating by rating
    Replay {
        /// As for `atelier-worker bench-replay`
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        options: Vec<String>,
    },
    /// What a picture of the built-in painter costs, for each scene under each attribute value
    Sketch,
    /// What learning costs; beside stable-baselines3 if a Python that has it is given
    Learner {
        /// That Python
        #[arg(long)]
        python: Option<PathBuf>,
    },
}

/// What `cargo xtask run` is told.
#[derive(Debug, Clone, Args)]
pub(crate) struct Run {
    /// Where the product keeps everything
    #[arg(long, default_value = "data")]
    pub(crate) data: PathBuf,
    /// The port to listen at; 3000 or the next free one if not given
    #[arg(long)]
    pub(crate) port: Option<u16>,
    /// The address to listen at: 0.0.0.0 lets phones and others in your network in
    #[arg(long, default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    pub(crate) listen: IpAddr,
    /// What people type to come here, if it is not the address that it listens at
    #[arg(long)]
    pub(crate) public_url: Option<String>,
    /// How many workers to start
    #[arg(long, default_value_t = 1)]
    pub(crate) workers: usize,
    /// What paints
    #[arg(long, value_enum, default_value_t = Engine::Sketch)]
    pub(crate) engine: Engine,
    /// The folder with the weights of the engine `ssd-1b`
    #[arg(long)]
    pub(crate) model: Option<PathBuf>,
    /// What it computes on: `auto`, `cpu`, `cuda` or `cuda:1`
    #[arg(long, value_parser = parse_device)]
    pub(crate) device: Option<String>,
    /// A Postgres database to use instead of an own one
    #[arg(long)]
    pub(crate) database_url: Option<String>,
    /// A NATS server with JetStream to use instead of an own one
    #[arg(long)]
    pub(crate) nats_url: Option<String>,
    /// Quick to build instead of quick to run
    #[arg(long)]
    pub(crate) dev: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Engine {
    /// Procedural, needs no weights
    Sketch,
    /// Diffusion, needs weights and wants a GPU
    #[value(name = "ssd-1b")]
    Ssd1b,
}

impl Engine {
    /// As the worker spells it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Sketch => "sketch",
            Self::Ssd1b => "ssd-1b",
        }
    }
}

impl Run {
    /// Whether CUDA is worth fetching: for diffusion, unless a processor is asked for.
    pub(crate) fn wants_cuda(&self, has_driver: bool) -> bool {
        match self.device.as_deref() {
            Some("cpu") => false,
            Some(device) if device.starts_with("cuda") => true,
            _ => self.engine == Engine::Ssd1b && has_driver,
        }
    }
}

/// Checked before minutes of building; the worker reads it in earnest.
fn parse_device(text: &str) -> Result<String, String> {
    let index = text.strip_prefix("cuda:").unwrap_or("0");
    let known = ["auto", "cpu", "cuda"].contains(&text) || text.starts_with("cuda:");
    if known && index.parse::<u16>().is_ok() {
        return Ok(text.to_owned());
    }
    Err("use auto, cpu, cuda or cuda:1".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory as _;

    #[test]
    fn the_command_line_is_sound() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn a_plain_run_sketches_with_one_worker_in_the_folder_data() {
        let Task::Run(run) = parse(&["run"]) else {
            panic!("not a run")
        };
        assert_eq!(run.data, PathBuf::from("data"));
        assert_eq!((run.port, run.workers, run.dev), (None, 1, false));
        assert!(run.listen.is_loopback() && run.public_url.is_none());
        assert_eq!(run.engine.name(), "sketch");
        assert!(run.database_url.is_none() && run.nats_url.is_none() && run.model.is_none());
    }

    #[test]
    fn engines_are_named_as_the_worker_names_them() {
        for engine in Engine::value_variants() {
            let Task::Run(run) = parse(&["run", "--engine", engine.name()]) else {
                panic!()
            };
            assert_eq!(run.engine, *engine);
        }
    }

    #[test]
    fn cuda_is_fetched_for_those_who_can_use_it() {
        let run = |arguments: &[&str]| {
            let Task::Run(run) = parse(&[&["run"], arguments].concat()) else {
                panic!("not a run")
            };
            [false, true].map(|has_driver| run.wants_cuda(has_driver))
        };
        assert_eq!(run(&[]), [false, false]);
        assert_eq!(run(&["--engine", "ssd-1b"]), [false, true]);
        assert_eq!(
            run(&["--engine", "ssd-1b", "--device", "auto"]),
            [false, true]
        );
        assert_eq!(
            run(&["--engine", "ssd-1b", "--device", "cpu"]),
            [false, false]
        );
        assert_eq!(
            run(&["--engine", "ssd-1b", "--device", "cuda:1"]),
            [true, true]
        );
    }

    #[test]
    fn a_device_is_named_as_the_worker_names_it() {
        for good in ["auto", "cpu", "cuda", "cuda:0", "cuda:12"] {
            assert_eq!(parse_device(good), Ok(good.to_owned()));
        }
        for bad in ["", "gpu", "cuda:", "cuda:x", "cuda:-1", "cuda1"] {
            assert!(parse_device(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn cargo_gets_its_arguments_untouched() {
        let Task::Cargo { arguments } = parse(&["cargo", "clippy", "-p", "wire", "--", "-D", "x"])
        else {
            panic!("not cargo")
        };
        assert_eq!(arguments, ["clippy", "-p", "wire", "--", "-D", "x"]);
    }

    #[test]
    fn the_worker_gets_the_options_of_its_bench_untouched() {
        let Task::Bench(Bench::Diffusion { options }) =
            parse(&["bench", "diffusion", "--python", "py", "--device", "cuda"])
        else {
            panic!("not the bench of diffusion")
        };
        assert_eq!(options, ["--python", "py", "--device", "cuda"]);
    }

    #[test]
    fn the_bench_of_the_learner_takes_a_python_or_none() {
        let python = |arguments: &[&str]| {
            let Task::Bench(Bench::Learner { python }) = parse(arguments) else {
                panic!("not the bench of the learner")
            };
            python
        };
        assert_eq!(python(&["bench", "learner"]), None);
        let given = python(&["bench", "learner", "--python", "py"]);
        assert_eq!(given, Some(PathBuf::from("py")));
    }

    #[test]
    fn weights_are_asked_for_by_engine() {
        let Task::Weights { engine, from, yes } = parse(&["weights", "ssd-1b", "--from", "here"])
        else {
            panic!("not weights")
        };
        assert_eq!((engine.as_str(), yes), ("ssd-1b", false));
        assert_eq!(from, Some(PathBuf::from("here")));
    }

    fn parse(arguments: &[&str]) -> Task {
        Arguments::try_parse_from([&["xtask"], arguments].concat())
            .unwrap()
            .task
    }
}
