//! The whole product, started for one test: `Stack::start().await`.

use std::{path::PathBuf, time::Duration};

use anyhow::Result;
use services::{
    free_port,
    nats::Nats,
    postgres::{Cluster, Durability},
};
use tempfile::TempDir;
use wire::{
    drawing::Strength,
    ids::{PolicyHash, StyleId},
    image::ImageCard,
    replay::RatingLog,
    style::StyleView,
    taxonomy::Dimension,
};

use crate::{database::Database, people::Person, program::Program, wait};

/// What to start.
#[derive(Clone, Copy, Debug)]
pub struct Plan {
    /// How many replicas of the server.
    pub servers: usize,
    /// How many workers.
    pub workers: usize,
    /// Whether Postgres is this test's own, to be killed.
    pub own_postgres: bool,
    /// Whether people are slowed down when they ask too often.
    pub limits: bool,
}

/// Everything a test needs of the product. Dropping it ends and removes all of it; if the test
/// failed, the logs are printed first.
#[derive(Debug)]
pub struct Stack {
    /// The replicas of the server, equal but for their ports.
    pub servers: Vec<Server>,
    /// The workers.
    pub workers: Vec<Program>,
    /// The bus.
    pub nats: Nats,
    /// The truth.
    pub database: Database,
    folder: TempDir,
}

/// One replica.
#[derive(Debug)]
pub struct Server {
    /// Where it listens, for example `http://127.0.0.1:4321`.
    pub url: String,
    /// The process.
    pub program: Program,
}

impl Default for Plan {
    fn default() -> Self {
        Self {
            servers: 1,
            workers: 1,
            own_postgres: false,
            limits: false,
        }
    }
}

impl Plan {
    /// Starts it and waits until every server is ready. Workers may come a moment later.
    pub async fn start(self) -> Stack {
        self.try_start()
            .await
            .unwrap_or_else(|error| panic!("the stack does not start: {error:#}"))
    }

    async fn try_start(self) -> Result<Stack> {
        // Others may pass through it, so that a root's Postgres can lie inside it.
        let folder = {
            use std::{fs::Permissions, os::unix::fs::PermissionsExt as _};
            let mut builder = tempfile::Builder::new();
            builder
                .prefix("atelier-test-")
                .permissions(Permissions::from_mode(0o711))
                .tempdir()?
        };
        let nats = Nats::start(&folder.path().join("nats"), None)?;
        let database = if self.own_postgres {
            Database::start_own(&folder.path().join("data")).await?
        } else {
            Database::start().await?
        };
        services::write_secret(&folder.path().join("secret"), &services::random_hex::<32>())?;
        let mut stack = Stack {
            servers: Vec::new(),
            workers: Vec::new(),
            nats,
            database,
            folder,
        };
        for _ in 0..self.servers {
            stack.add_server(self.limits).await?;
        }
        for _ in 0..self.workers {
            stack.add_worker()?;
        }
        Ok(stack)
    }
}

impl Stack {
    /// One server, one worker.
    pub async fn start() -> Self {
        Plan::default().start().await
    }

    /// One server, and nobody who works.
    pub async fn without_worker() -> Self {
        Plan {
            workers: 0,
            ..Plan::default()
        }
        .start()
        .await
    }

    /// Where people go: the first replica.
    pub fn url(&self) -> &str {
        &self.servers[0].url
    }

    /// The folder of pictures and snapshots.
    pub fn blobs(&self) -> PathBuf {
        self.folder.path().join("blobs")
    }

    /// Somebody who has signed up under that name.
    pub async fn artist(&self, name: &str) -> Person {
        let person = self.stranger(name);
        person.sign_up().await;
        person
    }

    /// Somebody who has not.
    pub fn stranger(&self, name: &str) -> Person {
        Person::new(name, self.url(), self.url())
    }

    /// The same person, cookies and all, talking to another replica.
    pub fn at(&self, replica: usize, person: &Person) -> Person {
        person.at(&self.servers[replica].url)
    }

    /// Starts a server that was killed again, on its port, and waits until it is ready.
    pub async fn restart_server(&mut self, replica: usize) {
        let server = &mut self.servers[replica];
        server.program.start().expect("the server starts again");
        ready(server).await;
    }

    /// One more worker.
    pub fn add_worker(&mut self) -> Result<&mut Program> {
        self.add_worker_with(&[])
    }

    /// One more worker, with settings of its own.
    pub fn add_worker_with(&mut self, settings: &[(&str, &str)]) -> Result<&mut Program> {
        let name = format!("worker-{}", self.workers.len() + 1);
        let log = self.folder.path().join(format!("{name}.log"));
        let mut program = Program::new(&name, "atelier-worker", &log)?;
        program
            .set("ATELIER_NATS_URL", self.nats.url())
            .set("ATELIER_BLOBS", self.blobs().to_string_lossy())
            .set("ATELIER_ENGINE", "sketch")
            .set("ATELIER_WORKER_NAME", name);
        for (variable, value) in settings {
            program.set(variable, *value);
        }
        program.start()?;
        self.workers.push(program);
        Ok(self.workers.last_mut().expect("one was just added"))
    }

    /// Waits until the server has heard of this many workers.
    pub async fn workers_are_heard(&self, count: i64) {
        wait::until(&format!("{count} workers beat"), async || {
            let sql = "select count(*) from workers where heard_at > now() - interval '2 seconds'";
            let heard: i64 = sqlx::query_scalar(sql)
                .fetch_one(&self.database.pool)
                .await
                .unwrap_or(0);
            if heard >= count {
                Ok(())
            } else {
                Err(format!("{heard} beat"))
            }
        })
        .await;
    }

    /// What another process makes of the log: the hash of its version. Needs a worker to have been
    /// started once.
    pub fn replay(&self, log: &RatingLog) -> PolicyHash {
        let path = self.folder.path().join("log.json");
        let text = serde_json::to_vec(log).expect("a log becomes JSON");
        std::fs::write(&path, text).expect("the log is written");
        let hash = self.workers[0].run(&["replay", "--log", &path.to_string_lossy()]);
        let hash = hash.expect("the log is replayed");
        hash.parse().expect("a hash is printed")
    }

    /// The picture as another process paints it from what is told of it, over a drawing or on nothing.
    /// Needs a worker to have been started once.
    pub fn paint(&self, card: &ImageCard, over: Option<(&[u8], Strength)>) -> Vec<u8> {
        let share = |dimension: Dimension| {
            let shares = card.mix.shares(dimension).iter();
            let named = dimension.values().into_iter().zip(shares);
            named.map(move |(value, share)| format!("{}.{value}={share}", dimension.name()))
        };
        let mix: Vec<String> = Dimension::ALL.into_iter().flat_map(share).collect();
        let (mix, seed) = (mix.join(","), card.provenance.seed.to_string());
        let [out, start] = ["painted.png", "start.png"].map(|name| self.folder.path().join(name));
        let (out_text, start_text) = (out.to_string_lossy(), start.to_string_lossy());
        let strength = over.map(|(_, strength)| strength.get().to_string());
        let mut arguments = vec!["paint", "--prompt", &card.prompt, "--mix", &mix];
        arguments.extend(["--seed", &seed, "--out", &out_text]);
        if let (Some((file, _)), Some(strength)) = (over, &strength) {
            std::fs::write(&start, file).expect("the drawing is written");
            arguments.extend(["--start", &start_text, "--strength", strength]);
        }
        self.workers[0].run(&arguments).expect("it is painted");
        std::fs::read(&out).expect("the picture is there")
    }

    /// Waits until the style has learned its log, and checks that its version is what another process
    /// makes of that, and that the log has these stars.
    pub async fn is_its_log(&self, artist: &Person, style: StyleId, stars: &[u8]) -> StyleView {
        let view = artist.learned(style).await;
        let log = artist.log(style).await;
        let told: Vec<u8> = log.samples.iter().map(|s| s.stars.get()).collect();
        assert_eq!(told, stars);
        assert_eq!(view.policy, Some(self.replay(&log)));
        view
    }

    /// The nats-server dies; if `wipe`, with its disk. Another one starts on the same port.
    pub fn crash_nats(&mut self, wipe: bool) -> Result<()> {
        let (store, port) = (self.nats.store().to_path_buf(), self.nats.port());
        self.nats.kill()?;
        if wipe {
            std::fs::remove_dir_all(&store)?;
        }
        self.nats = Nats::start(&store, Some(port))?;
        Ok(())
    }

    /// This test's own Postgres dies, and starts again on its port and its disk.
    pub fn crash_postgres(&mut self) -> Result<()> {
        let port = self.database.cluster().port();
        self.database.cluster().kill()?;
        self.start_postgres(port)
    }

    /// Starts this test's own Postgres, which was killed, again.
    pub fn start_postgres(&mut self, port: u16) -> Result<()> {
        let folder = self.folder.path().join("data");
        self.database
            .replace_cluster(Cluster::start(&folder, Durability::Safe, Some(port))?);
        Ok(())
    }

    async fn add_server(&mut self, limits: bool) -> Result<()> {
        let name = format!("server-{}", self.servers.len() + 1);
        let log = self.folder.path().join(format!("{name}.log"));
        let address = format!("127.0.0.1:{}", free_port());
        let url = format!("http://{address}");
        let public = self
            .servers
            .first()
            .map_or(&url, |first| &first.url)
            .clone();
        let mut program = Program::new(&name, "atelier-server", &log)?;
        program
            .set("ATELIER_DATABASE_URL", self.database.url())
            .set("ATELIER_NATS_URL", self.nats.url())
            .set("ATELIER_BLOBS", self.blobs().to_string_lossy())
            .set("ATELIER_LISTEN", address)
            .set("ATELIER_PUBLIC_URL", public)
            .set(
                "ATELIER_SECRET_FILE",
                self.folder.path().join("secret").to_string_lossy(),
            )
            .set("ATELIER_LIMITS", if limits { "default" } else { "off" });
        if let Ok(site) = std::env::var("ATELIER_SITE") {
            program.set("ATELIER_SITE", site);
        }
        program.start()?;
        let mut server = Server { url, program };
        ready(&mut server).await;
        self.servers.push(server);
        Ok(())
    }
}

impl Drop for Stack {
    fn drop(&mut self) {
        if std::thread::panicking() {
            let servers = self.servers.iter().map(|server| &server.program);
            for program in servers.chain(&self.workers) {
                eprintln!(
                    "--- {}:{}",
                    program.name(),
                    services::tail(program.log(), 60)
                );
            }
        }
        // All at once: whoever is left alone would write about it.
        for program in self
            .workers
            .iter_mut()
            .chain(self.servers.iter_mut().map(|s| &mut s.program))
        {
            if let Err(error) = program.kill() {
                eprintln!("{error:#}");
            }
        }
        self.nats
            .kill()
            .unwrap_or_else(|error| eprintln!("{error:#}"));
    }
}

/// Waits until the server answers that all it needs is there.
async fn ready(server: &mut Server) {
    let probe = format!("{}/api/v1/health/ready", server.url);
    let client = reqwest::Client::builder()
        .timeout(Duration::from_secs(5))
        .build();
    let client = client.expect("a client without options");
    wait::until("the server is ready", async || {
        assert!(
            server.program.is_alive(),
            "the server ended at once:{}",
            services::tail(server.program.log(), 30)
        );
        match client.get(&probe).send().await {
            Ok(answer) if answer.status().is_success() => Ok(()),
            Ok(answer) => Err(answer.status().to_string()),
            Err(error) => Err(format!("{error:#}")),
        }
    })
    .await;
}
