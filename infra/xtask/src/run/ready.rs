//! Asking the server whether it is ready, in as much HTTP as that takes.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::time::{Duration, Instant};

use anyhow::{Result, bail};

use super::lifetime::Lifetime;

/// Waits until the server answers that it is ready.
pub(super) fn wait(
    server: SocketAddr,
    patience: Duration,
    mut is_alive: impl FnMut() -> Result<bool>,
    lifetime: &Lifetime,
) -> Result<()> {
    let started = Instant::now();
    while started.elapsed() < patience {
        if says_yes(server).unwrap_or(false) {
            return Ok(());
        }
        if !is_alive()? {
            bail!("it ended while starting");
        }
        if lifetime.is_over() {
            bail!("stopped while starting");
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    bail!("no yes from /api/v1/health/ready in {patience:?}")
}

fn says_yes(server: SocketAddr) -> std::io::Result<bool> {
    let timeout = Duration::from_secs(2);
    let mut stream = TcpStream::connect_timeout(&server, timeout)?;
    stream.set_read_timeout(Some(timeout))?;
    stream.write_all(
        format!("GET /api/v1/health/ready HTTP/1.1\r\nHost: {server}\r\nConnection: close\r\n\r\n")
            .as_bytes(),
    )?;
    let mut start = Vec::new();
    stream.take(64).read_to_end(&mut start)?;
    Ok(is_ok(&start))
}

fn is_ok(answer: &[u8]) -> bool {
    answer.starts_with(b"HTTP/1.1 200 ") || answer.starts_with(b"HTTP/1.0 200 ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::{Ipv4Addr, TcpListener};

    #[test]
    fn only_a_200_is_a_yes() {
        for (answer, yes) in [("200 OK", true), ("503 Service Unavailable", false)] {
            let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
            let server_address = listener.local_addr().unwrap();
            let server = std::thread::spawn(move || {
                let (mut stream, _) = listener.accept().unwrap();
                let mut asked = [0; 512];
                let length = stream.read(&mut asked).unwrap();
                write!(stream, "HTTP/1.1 {answer}\r\nContent-Length: 0\r\n\r\n").unwrap();
                String::from_utf8_lossy(&asked[..length]).into_owned()
            });
            assert_eq!(says_yes(server_address).unwrap(), yes);
            assert!(
                server
                    .join()
                    .unwrap()
                    .starts_with("GET /api/v1/health/ready HTTP/1.1\r\n")
            );
        }
    }

    #[test]
    fn a_server_that_ended_is_not_waited_for() {
        let nowhere = SocketAddr::from((Ipv4Addr::LOCALHOST, services::free_port()));
        let lifetime = Lifetime::begin().unwrap();
        let error = wait(nowhere, Duration::from_mins(10), || Ok(false), &lifetime).unwrap_err();
        assert_eq!(error.to_string(), "it ended while starting");
    }
}
