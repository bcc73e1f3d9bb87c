//! Every environment variable the server knows, read once at the start.
//!
//! Nothing else reads the environment: what a piece of code depends on stands in [`Config`].

use std::{net::SocketAddr, path::PathBuf, time::Duration};

use anyhow::{Context as _, bail};

/// What is logged if nobody says otherwise: Postgres's notices tell nothing.
const LOG: &str = "info,sqlx::postgres::notice=warn";

/// What an operator can choose.
#[derive(Clone, Debug)]
pub struct Config {
    /// `ATELIER_DATABASE_URL`: the Postgres database.
    pub database_url: String,
    /// `ATELIER_NATS_URL`: the NATS server, with JetStream.
    pub nats_url: String,
    /// `ATELIER_BLOBS`: the folder of pictures and snapshots, shared with the workers.
    pub blobs: PathBuf,
    /// `ATELIER_LISTEN`: where to serve, 127.0.0.1:3000 if not given.
    pub listen: SocketAddr,
    /// `ATELIER_SITE`: the folder of the page's bundle; without it pages render without script.
    pub site: Option<PathBuf>,
    /// `ATELIER_SECRET_FILE`: 32 or more random bytes in hexadecimal; every replica's is the same.
    pub secret_file: PathBuf,
    /// `ATELIER_PUBLIC_URL`: what people type; `http://<listen>` if not given. With `https` the
    /// cookies become `Secure`.
    pub public_url: String,
    /// `ATELIER_LIMITS`: `default`, or `off` for load tests.
    pub limits: bool,
    /// `ATELIER_TRUSTED_PROXY`: `1` if a proxy in front overwrites `X-Forwarded-For`.
    pub trusted_proxy: bool,
    /// `ATELIER_DRAIN_S`: for how many seconds after the signal to stop the server goes on serving and says
    /// that it is not ready: as long as whoever sends people here takes to notice; 0 if not given.
    pub drain_after: Duration,
    /// `ATELIER_LOG`: which log lines to write, in the syntax of `tracing`'s `EnvFilter`.
    pub log: String,
    /// `ATELIER_LOG_FORMAT`: `text` or `json`.
    pub log_json: bool,
}

impl Config {
    /// Reads the process's environment.
    pub fn from_env() -> anyhow::Result<Self> {
        Self::read(|name| std::env::var(name).ok().filter(|value| !value.is_empty()))
    }

    fn read(var: impl Fn(&str) -> Option<String>) -> anyhow::Result<Self> {
        let must = |name: &str, what: &str| {
            var(name).with_context(|| format!("{name} is not set; give it {what}"))
        };
        let listen: SocketAddr = var("ATELIER_LISTEN")
            .unwrap_or_else(|| "127.0.0.1:3000".into())
            .parse()
            .context("ATELIER_LISTEN must be an address and a port, like 127.0.0.1:3000")?;
        Ok(Self {
            database_url: must("ATELIER_DATABASE_URL", "a postgres:// url")?,
            nats_url: must("ATELIER_NATS_URL", "a nats:// url")?,
            blobs: must("ATELIER_BLOBS", "a folder that server and workers share")?.into(),
            listen,
            site: var("ATELIER_SITE").map(PathBuf::from),
            secret_file: must("ATELIER_SECRET_FILE", "a file with 64 random hex digits")?.into(),
            public_url: public_url(var("ATELIER_PUBLIC_URL"), listen)?,
            limits: choice("ATELIER_LIMITS", var("ATELIER_LIMITS"), ["default", "off"])? == 0,
            trusted_proxy: choice(
                "ATELIER_TRUSTED_PROXY",
                var("ATELIER_TRUSTED_PROXY"),
                ["0", "1"],
            )? == 1,
            drain_after: seconds("ATELIER_DRAIN_S", var("ATELIER_DRAIN_S"))?,
            log: var("ATELIER_LOG").unwrap_or_else(|| LOG.into()),
            log_json: choice(
                "ATELIER_LOG_FORMAT",
                var("ATELIER_LOG_FORMAT"),
                ["text", "json"],
            )? == 1,
        })
    }

    /// Whether people reach us over TLS, so that cookies may be kept off plain connections.
    pub fn is_https(&self) -> bool {
        self.public_url.starts_with("https://")
    }
}

#[cfg(test)]
impl Config {
    /// What `cargo xtask run` would choose, for tests that touch nothing of it.
    pub fn example() -> Self {
        Self {
            database_url: "postgres://localhost/atelier".into(),
            nats_url: "nats://localhost".into(),
            blobs: "blobs".into(),
            listen: SocketAddr::from(([127, 0, 0, 1], 3000)),
            site: None,
            secret_file: "secret".into(),
            public_url: "http://127.0.0.1:3000".into(),
            limits: true,
            trusted_proxy: false,
            drain_after: Duration::ZERO,
            log: "info".into(),
            log_json: false,
        }
    }
}

/// Scheme, host and port only: the same text a browser sends as `Origin`.
fn public_url(given: Option<String>, listen: SocketAddr) -> anyhow::Result<String> {
    let Some(given) = given else {
        return Ok(format!("http://{listen}"));
    };
    let uri: axum::http::Uri = given
        .parse()
        .context("ATELIER_PUBLIC_URL must be a url, like https://atelier.example.org")?;
    let (Some(scheme), Some(authority)) = (uri.scheme_str(), uri.authority()) else {
        bail!("ATELIER_PUBLIC_URL must begin with http:// or https://, not {given}");
    };
    if !matches!(uri.path(), "" | "/") || !matches!(scheme, "http" | "https") {
        bail!("ATELIER_PUBLIC_URL must be scheme, host and port alone, not {given}");
    }
    Ok(format!("{scheme}://{authority}").to_lowercase())
}

/// Whole seconds, none if none are given.
fn seconds(name: &str, given: Option<String>) -> anyhow::Result<Duration> {
    let Some(given) = given else {
        return Ok(Duration::ZERO);
    };
    let seconds = given.parse();
    let seconds = seconds.with_context(|| format!("{name} must be whole seconds, not {given}"))?;
    Ok(Duration::from_secs(seconds))
}

/// Position of the value among the two allowed ones; the first is the default.
fn choice(name: &str, given: Option<String>, allowed: [&str; 2]) -> anyhow::Result<usize> {
    let Some(given) = given else { return Ok(0) };
    allowed
        .iter()
        .position(|value| *value == given)
        .with_context(|| {
            format!(
                "{name} must be {} or {}, not {given}",
                allowed[0], allowed[1]
            )
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(extra: &[(&str, &str)]) -> anyhow::Result<Config> {
        let given = [
            ("ATELIER_DATABASE_URL", "postgres://localhost/atelier"),
            ("ATELIER_NATS_URL", "nats://localhost"),
            ("ATELIER_BLOBS", "blobs"),
            ("ATELIER_SECRET_FILE", "secret"),
        ];
        let last = |name: &str| {
            let pairs = given.iter().chain(extra);
            pairs
                .rev()
                .find(|(key, _)| *key == name)
                .map(|(_, value)| (*value).to_owned())
        };
        Config::read(|name| last(name).filter(|value| !value.is_empty()))
    }

    #[test]
    fn four_variables_are_enough() {
        let config = read(&[]).unwrap();
        assert_eq!(config.public_url, "http://127.0.0.1:3000");
        assert!(config.limits && !config.trusted_proxy && !config.is_https());
    }

    #[test]
    fn a_missing_variable_is_named() {
        let error = read(&[("ATELIER_NATS_URL", "")]).unwrap_err().to_string();
        assert_eq!(error, "ATELIER_NATS_URL is not set; give it a nats:// url");
    }

    #[test]
    fn the_public_url_becomes_an_origin() {
        let config = read(&[("ATELIER_PUBLIC_URL", "https://Atelier.example.org/")]).unwrap();
        assert_eq!(config.public_url, "https://atelier.example.org");
        assert!(config.is_https());
        assert!(read(&[("ATELIER_PUBLIC_URL", "https://example.org/atelier")]).is_err());
        assert!(read(&[("ATELIER_PUBLIC_URL", "example.org")]).is_err());
    }

    #[test]
    fn the_way_out_takes_whole_seconds() {
        assert_eq!(read(&[]).unwrap().drain_after, Duration::ZERO);
        let config = read(&[("ATELIER_DRAIN_S", "15")]).unwrap();
        assert_eq!(config.drain_after, Duration::from_secs(15));
        let error = read(&[("ATELIER_DRAIN_S", "15s")]).unwrap_err().to_string();
        assert_eq!(error, "ATELIER_DRAIN_S must be whole seconds, not 15s");
    }

    #[test]
    fn a_misspelt_choice_is_refused() {
        let error = read(&[("ATELIER_LIMITS", "of")]).unwrap_err().to_string();
        assert_eq!(error, "ATELIER_LIMITS must be default or off, not of");
    }
}
