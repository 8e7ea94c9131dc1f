//! A child process that never outlives whoever started it.

use std::io;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};

use super::programs;

/// How often a child is asked whether it still lives.
const TICK: Duration = Duration::from_millis(20);

/// How long a child may take to end when asked, before it is killed.
const GRACE: Duration = Duration::from_secs(10);

/// How a child is asked to end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// `SIGTERM`: what most servers take as the wish to drain and stop.
    Terminate,
    /// `SIGQUIT`: PostgreSQL's immediate shutdown, which still gives its shared memory back.
    Quit,
}

impl Ending {
    fn signal(self) -> Signal {
        match self {
            Self::Terminate => Signal::TERM,
            Self::Quit => Signal::QUIT,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Terminate => "TERM",
            Self::Quit => "QUIT",
        }
    }
}

/// A running child. Dropped, it is asked to end, then killed; and if this process dies without dropping
/// anything, the kernel sends the same signal (where `setpriv` is there to arrange it).
#[derive(Debug)]
pub struct Supervised {
    stop: Option<Sender<()>>,
    supervisor: Option<JoinHandle<()>>,
    ended: Arc<AtomicBool>,
    id: u32,
}

impl Supervised {
    /// Starts a command made by [`command`] with the same `ending`, in a process group of its own: Ctrl-C on
    /// the terminal reaches only whoever will drop this, in the right order.
    ///
    /// # Errors
    ///
    /// When it can't be started.
    pub fn start(mut command: Command, ending: Ending) -> io::Result<Self> {
        command.process_group(0);
        let ended = Arc::new(AtomicBool::new(false));
        let (stop, stopped) = channel();
        let (report, started) = channel();
        let flag = Arc::clone(&ended);
        // The kernel's promise is about the *thread* that started the child, and a test's thread is gone before
        // the process is. So a thread of its own starts the child and stays.
        let supervisor = std::thread::Builder::new()
            .name("supervisor".to_owned())
            .spawn(move || supervise(command, ending, &report, &stopped, &flag))?;
        let id = started.recv().unwrap_or_else(|_| Err(io::Error::other("the supervisor ended")))?;
        Ok(Self { stop: Some(stop), supervisor: Some(supervisor), ended, id })
    }

    /// The process id.
    #[must_use]
    pub fn id(&self) -> u32 {
        self.id
    }

    /// Whether it has ended by itself.
    #[must_use]
    pub fn has_ended(&self) -> bool {
        self.ended.load(Ordering::Acquire)
    }
}

impl Drop for Supervised {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(supervisor) = self.supervisor.take() {
            // It holds nothing that a panic could have broken.
            let _ = supervisor.join();
        }
    }
}

fn supervise(
    mut command: Command,
    ending: Ending,
    report: &Sender<io::Result<u32>>,
    stopped: &Receiver<()>,
    ended: &AtomicBool,
) {
    let mut child = match command.spawn() {
        Ok(child) => child,
        Err(error) => {
            // Somebody waits for this report, or has given up and needs none.
            let _ = report.send(Err(error));
            return;
        }
    };
    let _ = report.send(Ok(child.id()));
    while stopped.recv_timeout(TICK) == Err(RecvTimeoutError::Timeout) {
        if !is_alive(&mut child) {
            ended.store(true, Ordering::Release);
            return;
        }
    }
    end(&mut child, ending);
    ended.store(true, Ordering::Release);
}

fn end(child: &mut Child, ending: Ending) {
    if let Some(id) = i32::try_from(child.id()).ok().and_then(Pid::from_raw) {
        // Refused only when it is gone, which the loop finds out.
        let _ = kill_process(id, ending.signal());
    }
    let deadline = Instant::now() + GRACE;
    while is_alive(child) && Instant::now() < deadline {
        pause();
    }
    if is_alive(child) {
        let _ = child.kill();
        let _ = child.wait();
    }
}

fn is_alive(child: &mut Child) -> bool {
    matches!(child.try_wait(), Ok(None))
}

#[expect(clippy::disallowed_methods, reason = "the standard library can't wait for a child with a limit")]
fn pause() {
    std::thread::sleep(TICK);
}

/// A command that gets the signal of its `ending` when the thread that started it dies.
#[must_use]
pub fn command(program: &Path, ending: Ending) -> Command {
    let Some(setpriv) = setpriv() else { return Command::new(program) };
    let mut command = Command::new(setpriv);
    command.args(["--pdeathsig", ending.name(), "--"]).arg(program);
    command
}

/// The same as [`command`], as another user; for root only. `None` without `setpriv`.
pub(super) fn command_as(user: &str, program: &Path, ending: Ending) -> Option<Command> {
    let mut command = Command::new(setpriv()?);
    command
        .arg(format!("--reuid={user}"))
        .arg(format!("--regid={user}"))
        .args(["--init-groups", "--pdeathsig", ending.name(), "--"])
        .arg(program);
    Some(command)
}

fn setpriv() -> Option<PathBuf> {
    programs::on_path("setpriv")
}
