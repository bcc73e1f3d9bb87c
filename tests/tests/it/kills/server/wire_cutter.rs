//! A connection that is cut when the answer has begun: the server has said it, nobody has heard it.

use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
    sync::oneshot,
    task::JoinHandle,
};

/// Passes one connection's bytes on to a server, and holds its answer back.
pub struct WireCutter {
    /// Where to ask instead of at the server.
    pub url: String,
    begun: oneshot::Receiver<()>,
    passing: JoinHandle<()>,
}

impl WireCutter {
    /// Stands before the server.
    pub async fn before(server: &str) -> Self {
        let server = server.trim_start_matches("http://").to_owned();
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("an address");
        let (begins, begun) = oneshot::channel();
        let passing = tokio::spawn(async move {
            let (mut client, _) = listener.accept().await.expect("somebody asks");
            // Nobody else is let in.
            drop(listener);
            let mut server = TcpStream::connect(server)
                .await
                .expect("the server listens");
            let (mut question, mut answer) = ([0; 16 * 1024], [0; 1]);
            loop {
                tokio::select! {
                    read = client.read(&mut question) => {
                        let read = read.expect("the client asks");
                        server.write_all(&question[..read]).await.expect("the server listens");
                    }
                    read = server.read(&mut answer) => {
                        assert_eq!(read.expect("the server answers"), 1);
                        break;
                    }
                }
            }
            let _ = begins.send(());
            // Until it is cut: the client waits.
            let _client = client;
            std::future::pending::<()>().await;
        });
        Self {
            url: format!("http://{address}"),
            begun,
            passing,
        }
    }

    /// Waits for the first byte of the answer. The client does not get it.
    pub async fn answer_begins(&mut self) {
        (&mut self.begun).await.expect("an answer");
    }

    /// Hangs up on the client.
    pub fn cut(self) {
        self.passing.abort();
    }
}
