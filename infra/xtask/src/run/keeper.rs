//! Keeps one program running: one that dies is started again, later each time it dies soon.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::Result;
use services::{Process, Signal};

use super::data::Data;
use crate::steps::Steps;

/// The pause before the first new start; it doubles with each that fails soon.
const FIRST_PAUSE: Duration = Duration::from_millis(500);
/// And it never grows beyond this.
const LONGEST_PAUSE: Duration = Duration::from_secs(30);
/// Who ran this long has not failed soon.
const LONG_ENOUGH: Duration = Duration::from_mins(1);
/// A worker may need this long to put down a picture it is painting.
const STOP_PATIENCE: Duration = Duration::from_secs(20);

/// A program that is meant to run.
#[derive(Debug)]
pub(super) struct Keeper {
    name: String,
    command: Command,
    log: PathBuf,
    state: State,
    early_deaths: u32,
}

#[derive(Debug)]
enum State {
    Running { process: Process, since: Instant },
    Waiting { until: Instant },
}

impl Keeper {
    /// Starts it; what it says goes to `<data>/logs/<name>.log`.
    pub(super) fn start(name: &str, command: Command, data: &Data) -> Result<Self> {
        let log = data.logs().join(format!("{name}.log"));
        let process = spawn(name, &command, &log)?;
        let state = State::Running {
            process,
            since: Instant::now(),
        };
        Ok(Self {
            name: name.to_owned(),
            command,
            log,
            state,
            early_deaths: 0,
        })
    }

    pub(super) fn log(&self) -> &Path {
        &self.log
    }

    pub(super) fn is_alive(&mut self) -> Result<bool> {
        match &mut self.state {
            State::Running { process, .. } => Ok(process.exited()?.is_none()),
            State::Waiting { .. } => Ok(false),
        }
    }

    /// Sees whether it died, or whether it is time to start it again.
    pub(super) fn look(&mut self) -> Result<()> {
        let next = match &mut self.state {
            State::Running { process, since } => {
                let Some(status) = process.exited()? else {
                    return Ok(());
                };
                let soon = since.elapsed() < LONG_ENOUGH;
                self.early_deaths = if soon { self.early_deaths + 1 } else { 1 };
                let pause = pause(self.early_deaths);
                eprintln!(
                    "           {} ended ({status}); starting it again in {:.1} s; see {}",
                    self.name,
                    pause.as_secs_f32(),
                    self.log.display()
                );
                State::Waiting {
                    until: Instant::now() + pause,
                }
            }
            State::Waiting { until } => {
                if Instant::now() < *until {
                    return Ok(());
                }
                match spawn(&self.name, &self.command, &self.log) {
                    Ok(process) => {
                        eprintln!("           {} runs again", self.name);
                        State::Running {
                            process,
                            since: Instant::now(),
                        }
                    }
                    // Its program is missing while it is being built anew.
                    Err(error) => {
                        self.early_deaths += 1;
                        eprintln!("           {error:#}");
                        State::Waiting {
                            until: Instant::now() + pause(self.early_deaths),
                        }
                    }
                }
            }
        };
        self.state = next;
        Ok(())
    }

    /// Asks it to end, and says how that went.
    pub(super) fn stop(self, steps: &Steps) -> Result<()> {
        let State::Running { mut process, .. } = self.state else {
            return Ok(());
        };
        stop(steps, &self.name, &mut process, STOP_PATIENCE)
    }
}

/// Stops a process and says so.
pub(super) fn stop(
    steps: &Steps,
    name: &str,
    process: &mut Process,
    patience: Duration,
) -> Result<()> {
    let asked = Instant::now();
    if process.stop(patience)? {
        steps.note(&format!(
            "{name} stopped in {:.2} s",
            asked.elapsed().as_secs_f32()
        ));
    } else {
        steps.note(&format!(
            "{name} did not stop in {} s and was killed",
            patience.as_secs()
        ));
    }
    Ok(())
}

/// Half a second, one, two, … half a minute.
fn pause(early_deaths: u32) -> Duration {
    let factor = 2_u32.saturating_pow(early_deaths.saturating_sub(1));
    FIRST_PAUSE.saturating_mul(factor).min(LONGEST_PAUSE)
}

/// A command can be started once, so each start gets a copy.
fn spawn(name: &str, command: &Command, log: &Path) -> Result<Process> {
    let file = services::open_log(log)?;
    let mut copy = Command::new(command.get_program());
    copy.args(command.get_args())
        .envs(
            command
                .get_envs()
                .filter_map(|(name, value)| Some((name, value?))),
        )
        .stdin(Stdio::null())
        .stdout(file.try_clone()?)
        .stderr(file);
    Process::spawn(name, &mut copy, Signal::SIGTERM)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_double_up_to_half_a_minute() {
        let seconds: Vec<f32> = (1..=8).map(|deaths| pause(deaths).as_secs_f32()).collect();
        assert_eq!(seconds, [0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 30.0, 30.0]);
        assert_eq!(pause(u32::MAX), LONGEST_PAUSE);
    }

    #[test]
    fn a_program_that_dies_runs_again_with_its_arguments_and_environment() {
        let folder = tempfile::tempdir().unwrap();
        let data = Data::open(folder.path()).unwrap();
        let mut command = Command::new("sh");
        command
            .args(["-c", "echo $WORD $1", "sh", "dawn"])
            .env("WORD", "lake");
        let mut keeper = Keeper::start("echo", command, &data).unwrap();
        let said = || std::fs::read_to_string(folder.path().join("logs/echo.log")).unwrap();
        while said().lines().count() < 2 {
            keeper.look().unwrap();
            std::thread::sleep(Duration::from_millis(10));
        }
        assert!(said().starts_with("lake dawn\nlake dawn\n"));
    }
    #[test]
    fn a_program_that_is_missing_for_a_while_is_waited_for() {
        let folder = tempfile::tempdir().unwrap();
        let data = Data::open(folder.path()).unwrap();
        let (program, away) = (folder.path().join("program"), folder.path().join("away"));
        std::os::unix::fs::symlink("/bin/true", &program).unwrap();
        let mut keeper = Keeper::start("program", Command::new(&program), &data).unwrap();
        std::fs::rename(&program, &away).unwrap();
        while keeper.early_deaths < 2 {
            keeper.look().unwrap();
            std::thread::sleep(Duration::from_millis(10));
        }
        std::fs::rename(&away, &program).unwrap();
        while matches!(keeper.state, State::Waiting { .. }) {
            keeper.look().unwrap();
        }
    }
}
