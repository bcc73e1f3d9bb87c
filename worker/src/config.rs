//! Every environment variable the worker knows, read once.

use std::{env::VarError, fmt, num::NonZeroUsize, path::PathBuf, str::FromStr};

use anyhow::{Context as _, anyhow};

use clap::ValueEnum as _;

use crate::{
    device::{DeviceChoice, Precision},
    engine::{EngineKind, EngineSettings},
    log::Format,
};

/// The settings of `serve`.
#[derive(Clone)]
pub struct Config {
    /// `ATELIER_NATS_URL`: where the queue is; may hold a password.
    pub nats_url: String,
    /// `ATELIER_BLOBS`: the folder that the server and all workers share.
    pub blobs: PathBuf,
    /// `ATELIER_ENGINE`: what paints; `sketch` if not set.
    pub engine: EngineKind,
    /// What the engine is made ready with: `ATELIER_MODEL`, the folder with its weights;
    /// `ATELIER_STEPS`, how many steps a picture takes; `ATELIER_DTYPE`, what it computes in:
    /// `float32`, `float16` or `bfloat16`.
    pub settings: EngineSettings,
    /// `ATELIER_DEVICE`: `auto`, `cpu`, `cuda` or `cuda:1`; `auto` if not set.
    pub device: DeviceChoice,
    /// `ATELIER_WORKER_NAME`: what people call this worker; `worker` if not set.
    pub name: String,
    /// `ATELIER_LOG`: which messages are logged, as for `tracing`'s filter; if not set, `info`, but
    /// of the NATS client, which tells every try to connect, only warnings.
    pub log: String,
    /// `ATELIER_LOG_FORMAT`: `text` for people or `json` for machines; `text` if not set.
    pub log_format: Format,
}

impl Config {
    /// Reads the environment of this process.
    pub fn from_env() -> anyhow::Result<Self> {
        Self::read(|name| match std::env::var(name) {
            Ok(value) => Ok(Some(value)),
            Err(VarError::NotPresent) => Ok(None),
            Err(VarError::NotUnicode(_)) => Err(anyhow!("{name} is no UTF-8 text")),
        })
    }

    /// Reads the variables that `lookup` finds. An empty one counts as not set.
    pub fn read(
        lookup: impl Fn(&'static str) -> anyhow::Result<Option<String>>,
    ) -> anyhow::Result<Self> {
        let given = |name| -> anyhow::Result<Option<String>> {
            Ok(lookup(name)?.filter(|value| !value.is_empty()))
        };
        let needed = |name, example: &str| {
            given(name)?.with_context(|| format!("set {name}, for example {name}={example}"))
        };
        let or = |name, default: &str| -> anyhow::Result<String> {
            Ok(given(name)?.unwrap_or_else(|| default.to_owned()))
        };
        Ok(Self {
            nats_url: needed("ATELIER_NATS_URL", "nats://127.0.0.1:4222")?,
            blobs: needed("ATELIER_BLOBS", "data/blobs")?.into(),
            engine: parse("ATELIER_ENGINE", &or("ATELIER_ENGINE", "sketch")?)?,
            settings: EngineSettings {
                model: given("ATELIER_MODEL")?.map(PathBuf::from),
                steps: given("ATELIER_STEPS")?
                    .map(|steps| parse::<NonZeroUsize>("ATELIER_STEPS", &steps))
                    .transpose()?,
                precision: given("ATELIER_DTYPE")?
                    .map(|name| {
                        Precision::from_str(&name, false).map_err(|_| {
                            anyhow!(
                                "ATELIER_DTYPE={name} does not do, use float32, float16 or bfloat16"
                            )
                        })
                    })
                    .transpose()?,
            },
            device: parse("ATELIER_DEVICE", &or("ATELIER_DEVICE", "auto")?)?,
            name: or("ATELIER_WORKER_NAME", "worker")?,
            log: or("ATELIER_LOG", "info,async_nats=warn")?,
            log_format: parse("ATELIER_LOG_FORMAT", &or("ATELIER_LOG_FORMAT", "text")?)?,
        })
    }
}

/// Without the address, which may hold a password.
impl fmt::Debug for Config {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            nats_url: _,
            blobs,
            engine,
            settings,
            device,
            name,
            log,
            log_format,
        } = self;
        f.debug_struct("Config")
            .field("blobs", blobs)
            .field("engine", engine)
            .field("settings", settings)
            .field("device", device)
            .field("name", name)
            .field("log", log)
            .field("log_format", log_format)
            .finish_non_exhaustive()
    }
}

fn parse<T>(name: &'static str, value: &str) -> anyhow::Result<T>
where
    T: FromStr<Err: Into<anyhow::Error>>,
{
    value
        .parse()
        .map_err(Into::into)
        .with_context(|| format!("{name}={value} does not do"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(variables: &[(&str, &str)]) -> Result<Config, String> {
        let found = |name: &str| variables.iter().find(|(known, _)| *known == name);
        Config::read(|name| Ok(found(name).map(|(_, value)| (*value).to_owned())))
            .map_err(|error| format!("{error:#}"))
    }

    #[test]
    fn two_variables_are_enough() {
        let enough = [
            ("ATELIER_NATS_URL", "nats://a:b@127.0.0.1:1"),
            ("ATELIER_BLOBS", "/b"),
        ];
        let config = read(&enough).unwrap();
        assert_eq!(config.engine, EngineKind::Sketch);
        assert_eq!(config.device, DeviceChoice::Auto);
        assert!(!format!("{config:?}").contains("127.0.0.1"));
    }

    #[test]
    fn a_wrong_variable_is_named_with_what_to_do() {
        let missing = read(&[("ATELIER_BLOBS", "")]).unwrap_err();
        assert_eq!(
            missing,
            "set ATELIER_NATS_URL, for example ATELIER_NATS_URL=nats://127.0.0.1:4222"
        );
        let unknown = |name, value| {
            let enough = [
                ("ATELIER_NATS_URL", "nats://127.0.0.1"),
                ("ATELIER_BLOBS", "/b"),
            ];
            read(&[enough[0], enough[1], (name, value)]).unwrap_err()
        };
        assert_eq!(
            unknown("ATELIER_ENGINE", "oil"),
            "ATELIER_ENGINE=oil does not do: there is no engine \"oil\", use \"sketch\" or \
             \"ssd-1b\""
        );
        assert!(unknown("ATELIER_STEPS", "0").starts_with("ATELIER_STEPS=0 does not do"));
        assert_eq!(
            unknown("ATELIER_DTYPE", "int8"),
            "ATELIER_DTYPE=int8 does not do, use float32, float16 or bfloat16"
        );
    }
}
