//! The built `spotter` as a process, which ends with the test whatever becomes of that.

use std::io::{BufRead, BufReader, Read};
use std::os::unix::process::ExitStatusExt;
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Duration;

use parking_lot::Mutex;
use rustix::process::{Pid, Signal, kill_process};
use tempfile::TempDir;

use super::until;

/// What is to be run: arguments, and settings in the environment. Nothing of our own environment reaches it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Program {
    arguments: Vec<String>,
    settings: Vec<(String, String)>,
    folder: Option<PathBuf>,
}

impl Program {
    pub(crate) fn new(arguments: &[&str]) -> Self {
        Self { arguments: arguments.iter().map(ToString::to_string).collect(), ..Self::default() }
    }

    /// Adds an argument.
    pub(crate) fn with(mut self, argument: &str) -> Self {
        self.arguments.push(argument.to_owned());
        self
    }

    /// Sets an environment variable.
    pub(crate) fn set(mut self, name: &str, value: impl Into<String>) -> Self {
        self.settings.push((name.to_owned(), value.into()));
        self
    }

    /// Runs it in that folder; in an empty one of its own without this.
    pub(crate) fn within(mut self, folder: impl Into<PathBuf>) -> Self {
        self.folder = Some(folder.into());
        self
    }

    /// Starts it.
    pub(crate) fn start(&self) -> Running {
        let scratch = tempfile::Builder::new().prefix("spotter-process-").tempdir().unwrap();
        let folder = self.folder.clone().unwrap_or_else(|| scratch.path().to_owned());
        let mut command = Command::new(env!("CARGO_BIN_EXE_spotter"));
        for (name, _) in std::env::vars() {
            if name.starts_with("SPOTTER_") || name.starts_with("OTEL_") || name == "RUST_LOG" {
                command.env_remove(name);
            }
        }
        command
            .args(&self.arguments)
            .envs(self.settings.iter().map(|(name, value)| (name, value)))
            .current_dir(folder)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let stdout = Output::follow(child.stdout.take().unwrap());
        let stderr = Output::follow(child.stderr.take().unwrap());
        Running { child, stdout, stderr, _scratch: scratch }
    }

    /// Runs it to its end, which has to come soon.
    pub(crate) async fn run(&self) -> Ended {
        self.start().ended(Duration::from_secs(30)).await
    }
}

/// A running process. It is killed when this is dropped.
pub(crate) struct Running {
    child: Child,
    stdout: Output,
    stderr: Output,
    _scratch: TempDir,
}

/// How a process ended, and all that it said.
#[derive(Debug)]
pub(crate) struct Ended {
    pub(crate) code: Option<i32>,
    pub(crate) signal: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Running {
    /// What it has said on stdout so far.
    pub(crate) fn said(&self) -> String {
        self.stdout.text.lock().clone()
    }

    /// What it has said on stderr so far.
    pub(crate) fn complained(&self) -> String {
        self.stderr.text.lock().clone()
    }

    /// How it ended, if it has.
    pub(crate) fn status(&mut self) -> Option<ExitStatus> {
        self.child.try_wait().unwrap()
    }

    /// Sends it a signal.
    pub(crate) fn signal(&self, signal: Signal) {
        let id = Pid::from_raw(i32::try_from(self.child.id()).unwrap()).unwrap();
        kill_process(id, signal).unwrap();
    }

    /// Waits until it has ended by itself.
    pub(crate) async fn ended(mut self, within: Duration) -> Ended {
        let status = until("the process ends", within, || std::future::ready(self.status())).await;
        self.outcome(status)
    }

    /// Kills it as a power cut would: it gets to know nothing of it.
    pub(crate) fn kill9(mut self) -> Ended {
        self.child.kill().unwrap();
        let status = self.child.wait().unwrap();
        self.outcome(status)
    }

    fn outcome(&mut self, status: ExitStatus) -> Ended {
        let (stdout, stderr) = (self.stdout.finish(), self.stderr.finish());
        Ended { code: status.code(), signal: status.signal(), stdout, stderr }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // Refused only when it has ended, which is what is wanted.
        let _ended = self.child.kill();
        let _reaped = self.child.wait();
        if std::thread::panicking() {
            eprintln!("--- stderr of a process of the failed test:\n{}", self.complained());
        }
    }
}

impl Ended {
    /// The only line on stderr.
    #[track_caller]
    pub(crate) fn only_complaint(&self) -> &str {
        let lines: Vec<&str> = self.stderr.lines().collect();
        let [line] = lines.as_slice() else { panic!("not one line on stderr: {:?}", self.stderr) };
        line
    }

    /// The same, if it ended with that code.
    #[track_caller]
    pub(crate) fn expect(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "{self:?}");
        self
    }
}

/// One of the outputs of a process, read as it comes: a pipe that nobody empties stops who writes to it.
struct Output {
    text: Arc<Mutex<String>>,
    reader: Option<JoinHandle<()>>,
}

impl Output {
    fn follow(pipe: impl Read + Send + 'static) -> Self {
        let text = Arc::new(Mutex::new(String::new()));
        let into = Arc::clone(&text);
        let reader = std::thread::spawn(move || {
            for line in BufReader::new(pipe).lines().map_while(Result::ok) {
                let mut text = into.lock();
                text.push_str(&line);
                text.push('\n');
            }
        });
        Self { text, reader: Some(reader) }
    }

    /// All of it, after the process has ended.
    fn finish(&mut self) -> String {
        if let Some(reader) = self.reader.take() {
            reader.join().unwrap();
        }
        self.text.lock().clone()
    }
}
