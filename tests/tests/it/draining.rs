//! A server that is about to stop says so while it still serves.

use reqwest::{Method, StatusCode};
use tests::{Stack, wait};

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_is_about_to_stop_is_not_ready_and_serves_whoever_comes_all_the_same() {
    let mut stack = Stack::without_worker().await;
    let server = &mut stack.servers[0].program;
    server.set("ATELIER_DRAIN_S", "600");
    server.kill().expect("the server is killed");
    stack.restart_server(0).await;
    let ana = stack.artist("ana").await;

    stack.servers[0].program.ask_to_stop().expect("a signal");
    wait::until("it says that it is not ready", async || {
        // Each looks over a connection of its own, as whoever decides where to send people does.
        let probe = stack.stranger("probe");
        let answer = probe.request(Method::GET, "/health/ready").send().await;
        match answer.map(|answer| answer.status()) {
            Ok(StatusCode::SERVICE_UNAVAILABLE) => Ok(()),
            other => Err(format!("{other:?}")),
        }
    })
    .await;
    let phone = ana.other_device();
    phone.log_in().await.expect("people are still let in");
    phone.me().await.expect("and answered");

    // A second signal is not made to wait.
    let server = &mut stack.servers[0].program;
    assert!(
        server.stop(wait::PATIENCE).expect("a signal"),
        "it was killed"
    );
}
