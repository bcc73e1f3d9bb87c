//! One of our programs as a real process: started, killed, frozen, started again.

use std::{
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::Duration,
};

use anyhow::{Context as _, Result, ensure};
use nix::{sys::signal, unistd::Pid};
use services::{Process, Signal};

/// A program that stays the same over its restarts: same environment, same log.
#[derive(Debug)]
pub struct Program {
    name: String,
    path: PathBuf,
    variables: Vec<(String, String)>,
    log: PathBuf,
    process: Option<Process>,
}

impl Program {
    /// A program that does not run yet. Nothing of the caller's `ATELIER_…` variables reaches it.
    pub fn new(name: &str, binary: &str, log: &Path) -> Result<Self> {
        Ok(Self {
            name: name.into(),
            path: binary_path(binary)?,
            variables: Vec::new(),
            log: log.into(),
            process: None,
        })
    }

    /// Sets a variable of its environment, from the next start on.
    pub fn set(&mut self, variable: &str, value: impl Into<String>) -> &mut Self {
        let value = value.into();
        match self.variables.iter_mut().find(|(name, _)| name == variable) {
            Some(known) => known.1 = value,
            None => self.variables.push((variable.into(), value)),
        }
        self
    }

    /// What the logs call it.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Where it writes what it has to say.
    pub fn log(&self) -> &Path {
        &self.log
    }

    /// Starts it, without waiting until it is ready.
    pub fn start(&mut self) -> Result<()> {
        let mut command = self.command()?;
        command.arg("serve");
        self.process = Some(Process::spawn(&self.name, &mut command, Signal::SIGTERM)?);
        Ok(())
    }

    /// Runs another of its subcommands to its end and returns what that printed.
    pub fn run(&self, arguments: &[&str]) -> Result<String> {
        let output = self
            .command()?
            .args(arguments)
            .stdout(Stdio::piped())
            .output()?;
        ensure!(
            output.status.success(),
            "`{} {}` failed",
            self.name,
            arguments.join(" ")
        );
        Ok(String::from_utf8(output.stdout)?.trim().to_owned())
    }

    /// Whether it runs.
    pub fn is_alive(&mut self) -> bool {
        self.process
            .as_mut()
            .is_some_and(|process| matches!(process.exited(), Ok(None)))
    }

    /// Ends it at once, as a crash would.
    pub fn kill(&mut self) -> Result<()> {
        match &mut self.process {
            Some(process) => process.kill(),
            None => Ok(()),
        }
    }

    /// Asks it to end, and does not wait.
    pub fn ask_to_stop(&self) -> Result<()> {
        self.signal(Signal::SIGTERM)
    }

    /// Asks it to end. True if it did so by itself within the time.
    pub fn stop(&mut self, timeout: Duration) -> Result<bool> {
        match &mut self.process {
            Some(process) => process.stop(timeout),
            None => Ok(true),
        }
    }

    /// Stops it in the middle of whatever it does, as a machine that hangs would.
    pub fn freeze(&self) -> Result<()> {
        self.signal(Signal::SIGSTOP)
    }

    /// Lets it go on.
    pub fn thaw(&self) -> Result<()> {
        self.signal(Signal::SIGCONT)
    }

    fn signal(&self, signal: Signal) -> Result<()> {
        let process = self
            .process
            .as_ref()
            .with_context(|| format!("{} never ran", self.name))?;
        Ok(signal::kill(
            Pid::from_raw(process.pid().cast_signed()),
            signal,
        )?)
    }

    fn command(&self) -> Result<Command> {
        let log = services::open_log(&self.log)?;
        let mut command = Command::new(&self.path);
        for (name, _) in std::env::vars_os() {
            if name.to_string_lossy().starts_with("ATELIER_") {
                command.env_remove(name);
            }
        }
        command.envs(self.variables.iter().map(|(name, value)| (name, value)));
        command
            .stdin(Stdio::null())
            .stdout(log.try_clone()?)
            .stderr(log);
        Ok(command)
    }
}

impl Drop for Program {
    /// A test that is over has no use for an orderly end.
    fn drop(&mut self) {
        if let Err(error) = self.kill() {
            eprintln!("{error:#}");
        }
    }
}

/// `$ATELIER_BIN_DIR`, else where cargo puts programs: beside the folder of this test's binary.
fn binary_path(binary: &str) -> Result<PathBuf> {
    let folder = if let Some(folder) = std::env::var_os("ATELIER_BIN_DIR") {
        PathBuf::from(folder)
    } else {
        let test = std::env::current_exe()?;
        let above = test.ancestors().nth(2);
        above.context("the test runs from no folder")?.to_path_buf()
    };
    let path = folder.join(binary);
    ensure!(
        path.is_file(),
        "{} is not there: run `cargo build --workspace --bins`",
        path.display()
    );
    Ok(path)
}
