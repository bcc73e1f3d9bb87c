//! Starts every child from one thread that never ends.
//!
//! Linux sends the parent-death signal when the *thread* that started a child ends, not the
//! process. A test that starts a cluster on a short-lived thread would see it stop a moment later,
//! so no child is started anywhere else. This is also the only file with `unsafe` in it.

use std::io;
use std::process::{Child, Command};
use std::sync::OnceLock;
use std::sync::mpsc::{Sender, channel};

use nix::sys::signal::Signal;

/// Starts the command in a process group of its own and has the kernel send it `stop` when this
/// process ends, however it ends. `command` is used up.
///
/// The group of its own is so that Ctrl-C in a terminal reaches only us, and we stop the children
/// in the right order.
pub(crate) fn spawn(command: &mut Command, stop: Signal) -> io::Result<Child> {
    let (answer, child) = channel();
    let command = std::mem::replace(command, Command::new("already-started"));
    let gone = || io::Error::other("the thread that starts processes is gone");
    orders()
        .send(Order {
            command,
            stop,
            answer,
        })
        .map_err(|_| gone())?;
    child.recv().map_err(|_| gone())?
}

struct Order {
    command: Command,
    stop: Signal,
    answer: Sender<io::Result<Child>>,
}

fn orders() -> &'static Sender<Order> {
    static ORDERS: OnceLock<Sender<Order>> = OnceLock::new();
    ORDERS.get_or_init(|| {
        let (orders, received) = channel::<Order>();
        std::thread::spawn(move || {
            for mut order in received {
                let child = start(&mut order.command, order.stop);
                // Whoever asked may have given up; the child is then dropped, and ends with us.
                drop(order.answer.send(child));
            }
        });
        orders
    })
}

fn start(command: &mut Command, stop: Signal) -> io::Result<Child> {
    use std::os::unix::process::CommandExt as _;
    command.process_group(0);
    #[cfg(target_os = "linux")]
    {
        let parent = nix::unistd::getpid();
        let ask_for_the_signal = move || {
            nix::sys::prctl::set_pdeathsig(stop)?;
            // We may have ended between the fork and the line above: then no signal will come.
            if nix::unistd::getppid() == parent {
                Ok(())
            } else {
                Err(io::ErrorKind::NotConnected.into())
            }
        };
        #[expect(
            unsafe_code,
            reason = "the parent-death signal can only be asked for between fork and exec; the \
                      closure makes two system calls and neither allocates nor locks"
        )]
        // SAFETY: getpid and prctl are async-signal-safe, and building the error allocates nothing.
        unsafe {
            command.pre_exec(ask_for_the_signal);
        }
    }
    #[cfg(not(target_os = "linux"))]
    let _ = stop;
    command.spawn()
}
