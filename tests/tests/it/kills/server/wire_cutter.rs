//! A connection that is cut in the middle of the question, of which the server then knows too little,
//! or when the answer has begun: the server has said it, nobody has heard it.

use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
    sync::oneshot,
    task::JoinHandle,
};

/// Where one connection's bytes go no further.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cut {
    /// The server gets the question's head, and waits for its body.
    Question,
    /// The client gets nothing of the answer.
    Answer,
}

/// Passes one connection's bytes on to a server, up to the cut.
pub struct WireCutter {
    /// Where to ask instead of at the server.
    pub url: String,
    begun: oneshot::Receiver<()>,
    passing: JoinHandle<()>,
}

impl WireCutter {
    /// Stands before the server.
    pub async fn before(server: &str, cut: Cut) -> Self {
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
            match cut {
                Cut::Question => pass_head(&mut client, &mut server).await,
                Cut::Answer => pass_until_answered(&mut client, &mut server).await,
            }
            let _ = begins.send(());
            // Until it is cut: both of them wait.
            let _ends = (client, server);
            std::future::pending::<()>().await;
        });
        Self {
            url: format!("http://{address}"),
            begun,
            passing,
        }
    }

    /// Waits until the bytes have come to the cut.
    pub async fn is_reached(&mut self) {
        (&mut self.begun).await.expect("bytes");
    }

    /// Hangs up on the client.
    pub fn cut(self) {
        self.passing.abort();
    }
}

async fn pass_head(client: &mut TcpStream, server: &mut TcpStream) {
    const END: &[u8] = b"\r\n\r\n";
    let mut question = Vec::new();
    let head = loop {
        let read = client.read_buf(&mut question).await;
        assert!(read.expect("the client asks") > 0, "it hung up");
        let end = question.windows(END.len()).position(|bytes| bytes == END);
        if let Some(end) = end {
            break &question[..end + END.len()];
        }
    };
    server.write_all(head).await.expect("the server listens");
}

async fn pass_until_answered(client: &mut TcpStream, server: &mut TcpStream) {
    let (mut question, mut answer) = (vec![0; 16 * 1024], [0; 1]);
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
}
