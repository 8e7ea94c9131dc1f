//! The process that answers from memory.

use std::net::SocketAddr;

use anyhow::Context;
use spotter_testkit::services::process::{self, Ending};
use tempfile::NamedTempFile;

use super::listening::Listening;
use crate::bare::{ANNOUNCEMENT, COMMAND, Recorded};
use crate::client::Answer;

/// Headers that every server adds by itself.
const ITS_OWN: [&str; 4] = ["connection", "content-length", "date", "transfer-encoding"];

/// Bare actix-web. It ends when this is dropped.
#[derive(Debug)]
pub(crate) struct Bare(Listening);

impl Bare {
    /// Starts it with the answers that it gives.
    ///
    /// # Errors
    ///
    /// When it does not start.
    pub(crate) async fn start(answers: &[Recorded]) -> anyhow::Result<Self> {
        let file = NamedTempFile::with_prefix("spotter-bench-")?;
        serde_json::to_writer(file.as_file(), answers)?;
        let mut command = process::command(&std::env::current_exe()?, Ending::Terminate);
        command.arg(COMMAND).arg(file.path());
        Ok(Self(Listening::start(command, ANNOUNCEMENT).await.context("bare actix-web")?))
    }

    /// Where it listens.
    pub(crate) fn address(&self) -> SocketAddr {
        self.0.address()
    }
}

impl Recorded {
    /// What was answered to a request.
    ///
    /// # Errors
    ///
    /// When there is something in it that is no text.
    pub(crate) fn of(method: &str, path: &str, answer: &Answer) -> anyhow::Result<Self> {
        let mut headers = Vec::new();
        for (name, value) in &answer.headers {
            if !ITS_OWN.contains(&name.as_str()) {
                headers.push((name.as_str().to_owned(), value.to_str()?.to_owned()));
            }
        }
        let path = path.split_once('?').map_or(path, |(path, _)| path).to_owned();
        let body = String::from_utf8(answer.body.to_vec())?;
        Ok(Self { method: method.to_owned(), path, status: answer.status.as_u16(), headers, body })
    }
}
