//! One child process: started, watched, stopped in an orderly way, and never left behind.

use std::process::{Child, Command, ExitStatus};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};
use nix::sys::signal::{Signal, kill, killpg};
use nix::unistd::Pid;

/// How long a dropped process may take to stop before it is killed.
const PATIENCE: Duration = Duration::from_secs(10);

/// A child process in a process group of its own. It is stopped when this value is dropped, and
/// told to stop by the kernel if this whole process dies.
#[derive(Debug)]
pub struct Process {
    name: String,
    child: Child,
    stop_signal: Signal,
}

impl Process {
    /// Starts `command`, which is used up; `stop_signal` is what asks this program to end well.
    pub fn spawn(name: &str, command: &mut Command, stop_signal: Signal) -> Result<Self> {
        let program = command.get_program().to_owned();
        let child = crate::spawner::spawn(command, stop_signal).with_context(|| {
            format!(
                "cannot start {name} ({}): is it there and executable?",
                program.display()
            )
        })?;
        Ok(Self {
            name: name.to_owned(),
            child,
            stop_signal,
        })
    }

    /// What people call it.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its process id.
    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// How it ended, if it has.
    pub fn exited(&mut self) -> Result<Option<ExitStatus>> {
        self.child
            .try_wait()
            .with_context(|| format!("cannot look after {}", self.name))
    }

    /// Ends it and its own children at once, as a power cut would, and waits until it is gone.
    pub fn kill(&mut self) -> Result<()> {
        if self.exited()?.is_none() {
            killpg(self.group(), Signal::SIGKILL)
                .with_context(|| format!("cannot kill {}", self.name))?;
            self.child
                .wait()
                .with_context(|| format!("cannot wait for {}", self.name))?;
        }
        Ok(())
    }

    /// Asks it to end and waits; past `timeout` it is killed. True if it ended by itself.
    pub fn stop(&mut self, timeout: Duration) -> Result<bool> {
        if self.exited()?.is_some() {
            return Ok(true);
        }
        kill(self.group(), self.stop_signal)
            .with_context(|| format!("cannot stop {}", self.name))?;
        let asked = Instant::now();
        while asked.elapsed() < timeout {
            if self.exited()?.is_some() {
                return Ok(true);
            }
            std::thread::sleep(Duration::from_millis(5));
        }
        self.kill()?;
        Ok(false)
    }

    /// The leader's process id is also its group's.
    fn group(&self) -> Pid {
        Pid::from_raw(self.child.id().cast_signed())
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        if let Err(error) = self.stop(PATIENCE) {
            eprintln!("{error:#}");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sleeper() -> Process {
        Process::spawn("sleep", Command::new("sleep").arg("600"), Signal::SIGTERM).unwrap()
    }

    fn is_alive(pid: u32) -> bool {
        kill(Pid::from_raw(pid.cast_signed()), None).is_ok()
    }

    #[test]
    fn a_child_outlives_the_thread_that_started_it() {
        let mut child = std::thread::spawn(sleeper).join().unwrap();
        std::thread::sleep(Duration::from_millis(50));
        assert!(child.exited().unwrap().is_none());
        assert!(child.stop(PATIENCE).unwrap());
    }

    #[test]
    fn a_dropped_child_is_gone() {
        let child = sleeper();
        let pid = child.pid();
        assert!(is_alive(pid));
        drop(child);
        assert!(!is_alive(pid));
    }

    #[test]
    fn a_child_that_will_not_stop_is_killed_with_its_own_children() {
        // The shell ignores the polite signal, and says so, before anybody sends it.
        let folder = tempfile::tempdir().unwrap();
        let deaf = folder.path().join("deaf");
        let script = r#"trap "" TERM; sleep 600 & echo $! > "$0.new"; mv "$0.new" "$0"; wait"#;
        let mut child = Process::spawn(
            "deaf shell",
            Command::new("sh").args(["-c", script]).arg(&deaf),
            Signal::SIGTERM,
        )
        .unwrap();
        while !deaf.exists() {
            std::thread::sleep(Duration::from_millis(5));
        }
        let grandchild: u32 = std::fs::read_to_string(&deaf)
            .unwrap()
            .trim()
            .parse()
            .unwrap();
        assert!(is_alive(grandchild));
        assert!(!child.stop(Duration::from_millis(100)).unwrap());
        // The kernel takes it away when it next looks at it; until then it is alive, or a zombie.
        let stat = || std::fs::read_to_string(format!("/proc/{grandchild}/stat"));
        while stat().is_ok_and(|stat| !stat.contains(") Z ")) {
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    #[test]
    fn a_missing_program_is_named() {
        let error = Process::spawn("ghost", &mut Command::new("/no/such"), Signal::SIGTERM);
        assert!(error.unwrap_err().to_string().contains("/no/such"));
    }
}
