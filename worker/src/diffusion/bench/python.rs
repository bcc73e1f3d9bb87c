//! The other side: a Python process that measures when it is told to.

use std::{
    io::{BufRead as _, BufReader, Write as _},
    path::Path,
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
};

use anyhow::{Context as _, bail};
use tch::{Device, Kind};

use super::{Bench, Shape, model_argument};

/// A running process, ended with its handle.
pub(super) struct Python {
    child: Child,
    orders: ChildStdin,
    answers: BufReader<ChildStdout>,
}

impl Python {
    pub(super) fn start(python: &Path, bench: &Bench) -> anyhow::Result<Self> {
        let device = match bench.device {
            Device::Cuda(index) => format!("cuda:{index}"),
            _ => "cpu".to_owned(),
        };
        let dtype = match bench.kind {
            Kind::Half => "float16",
            Kind::BFloat16 => "bfloat16",
            _ => "float32",
        };
        let mut child = Command::new(python)
            .args(["-c", include_str!("reference_side.py")])
            .arg(model_argument(bench.model.as_deref()))
            .args([&device, dtype, &tch::get_num_threads().to_string()])
            .arg(include_str!("ssd-1b-unet.json"))
            .arg(include_str!("ssd-1b-vae.json"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .with_context(|| format!("cannot start {}", python.display()))?;
        let (orders, answers) = child
            .stdin
            .take()
            .zip(child.stdout.take())
            .context("no pipes")?;
        let mut started = Self {
            child,
            orders,
            answers: BufReader::new(answers),
        };
        match started.answer()?.as_str() {
            "ready" => Ok(started),
            other => bail!("the Python side said {other:?}"),
        }
    }

    /// Seconds of each repeat; nothing if its memory was too small.
    pub(super) fn time(&mut self, shape: Shape) -> anyhow::Result<Option<Vec<f64>>> {
        let Shape {
            width,
            height,
            pictures,
            steps,
            repeats,
            ..
        } = shape;
        writeln!(self.orders, "{width} {height} {pictures} {steps} {repeats}")?;
        let answer = self.answer()?;
        if answer == "full" {
            return Ok(None);
        }
        let times = answer.split(' ').map(str::parse).collect::<Result<_, _>>();
        times
            .map(Some)
            .with_context(|| format!("the Python side said {answer:?}"))
    }

    fn answer(&mut self) -> anyhow::Result<String> {
        let mut line = String::new();
        self.answers.read_line(&mut line)?;
        if line.is_empty() {
            let status = self.child.wait()?;
            bail!("the Python side ended ({status}); does it have torch and diffusers?");
        }
        Ok(line.trim().to_owned())
    }
}

impl Drop for Python {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
