//! `spotter serve` as a process: one node of an installation.

use std::net::SocketAddr;
use std::time::Duration;

use rustix::process::Signal;

use super::process::Ended;
use super::{Answer, Api, Call, Program, Running, until};

/// How long a node may take until it listens; a demonstration is made in that time, too.
const PATIENCE: Duration = Duration::from_mins(1);

/// What its announcement begins with.
const ANNOUNCEMENT: &str = "Spotter listens on http://";

/// A node that can be started, and started again.
#[derive(Clone, Debug)]
pub(crate) struct Serve(Program);

impl Serve {
    /// On a database, without limits, with the key that the tests' access tokens are made with.
    pub(crate) fn on(database_url: &str) -> Self {
        Self::keyless(database_url).set("SPOTTER_AUTH__SIGNING_KEY", super::people::SIGNING_KEY)
    }

    /// The same, without a key of its own.
    pub(crate) fn keyless(database_url: &str) -> Self {
        let program = Program::new(&["serve"])
            .set("SPOTTER_DATABASE__URL", database_url)
            .set("SPOTTER_HTTP__ADDRESS", "127.0.0.1:0")
            .set("SPOTTER_LIMITS__ENABLED", "false")
            .set("RUST_LOG", "warn");
        Self(program)
    }

    /// With another setting.
    pub(crate) fn set(self, name: &str, value: impl Into<String>) -> Self {
        Self(self.0.set(name, value))
    }

    /// With more arguments.
    pub(crate) fn with(self, arguments: &[&str]) -> Self {
        Self(arguments.iter().fold(self.0, |program, argument| program.with(argument)))
    }

    /// With the demonstration.
    pub(crate) fn with_demo(self) -> Self {
        self.with(&["--demo"])
    }

    /// The program that it is.
    pub(crate) fn program(&self) -> &Program {
        &self.0
    }

    /// Starts it and waits until it listens.
    pub(crate) async fn start(&self) -> Node {
        let mut process = self.0.start();
        let address = until("the node listens", PATIENCE, || {
            let ended = process.status();
            assert!(ended.is_none(), "the node ended: {ended:?}\n{}", process.complained());
            std::future::ready(announced(&process.said()))
        })
        .await;
        Node { process, address, api: Api::new() }
    }
}

/// The address of an announcement, once its whole line is there.
fn announced(said: &str) -> Option<SocketAddr> {
    let (_, rest) = said.split_once(ANNOUNCEMENT)?;
    let (address, _) = rest.split_once('\n')?;
    Some(address.parse().unwrap())
}

/// A node that listens. It is killed when this is dropped.
pub(crate) struct Node {
    process: Running,
    address: SocketAddr,
    api: Api,
}

impl Node {
    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// What it has said on stdout.
    pub(crate) fn said(&self) -> String {
        self.process.said()
    }

    /// Whether it has ended by itself.
    pub(crate) fn has_ended(&mut self) -> bool {
        self.process.status().is_some()
    }

    /// Sends a request that has to be answered.
    pub(crate) async fn answer(&self, call: &Call) -> Answer {
        match self.api.send(self.address, call).await {
            Ok(answer) => answer,
            Err(error) => panic!("{call:?} got no answer: {error:?}\n{}", self.process.complained()),
        }
    }

    /// The same, with patience for a node that can't be served by its database yet.
    pub(crate) async fn answer_in_the_end(&self, call: &Call) -> Answer {
        until("the node is at work again", PATIENCE, async || {
            Some(self.answer(call).await).filter(|answer| answer.status != 503)
        })
        .await
    }

    /// Ends it without a word.
    pub(crate) fn kill9(self) {
        let ended = self.process.kill9();
        assert_eq!(ended.signal, Some(Signal::KILL.as_raw()), "it had ended before: {ended:?}");
    }

    /// Asks it to end.
    pub(crate) fn signal(&self, signal: Signal) {
        self.process.signal(signal);
    }

    /// Waits until it has ended.
    pub(crate) async fn ended(self, within: Duration) -> Ended {
        self.process.ended(within).await
    }

    /// Asks it to end, and waits until it has, in good order.
    pub(crate) async fn terminate(self) -> Ended {
        self.signal(Signal::TERM);
        self.ended(Duration::from_secs(20)).await.expect(0)
    }
}
