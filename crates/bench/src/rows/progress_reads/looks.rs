//! What is looked at, and how long the server says that it took.

use anyhow::{Context, ensure};

use crate::client::Call;
use crate::measure::Latencies;
use crate::stage::{Person, Server};
use crate::timing::Timing;

/// A route with its parameters.
#[derive(Clone, Debug)]
pub(super) struct Look {
    pub(super) name: &'static str,
    path: String,
}

/// What the server said of a round.
#[derive(Debug)]
pub(super) struct Seen {
    /// From the request's first byte to its answer.
    pub(super) latencies: Latencies,
    /// How much of that went by in statements.
    pub(super) in_statements: Latencies,
    /// The most statements of a request.
    pub(super) statements: u64,
    /// How long the answers are.
    pub(super) bytes: usize,
}

/// Everything that is looked at; `exercise` is one that is done often.
pub(super) fn looks(exercise: &str) -> Vec<Look> {
    let trend = format!("/api/v1/progress/exercises/{exercise}/trend");
    let look = |name, path: &str| Look { name, path: path.to_owned() };
    vec![
        look("dashboard, 30 days", "/api/v1/progress/dashboard?days=30"),
        look("dashboard, ten years", "/api/v1/progress/dashboard?days=3660"),
        look("trend, a year", &trend),
        look("trend, ten years", &format!("{trend}?weeks=520")),
        look("records", "/api/v1/progress/records"),
        look("list, 50 workout sessions", "/api/v1/workout-sessions"),
        look("list by exercise", &format!("/api/v1/workout-sessions?exercise_id={exercise}")),
        look("summaries by month", "/api/v1/progress/summaries?period=month"),
        look("summaries by day", "/api/v1/progress/summaries?period=day"),
    ]
}

impl Look {
    /// Two look at once, so many times together: on a machine of two cores they also wait for each other.
    ///
    /// # Errors
    ///
    /// As [`Look::take`].
    pub(super) async fn take_two(
        &self,
        server: &Server,
        person: &Person,
        times: usize,
    ) -> anyhow::Result<Seen> {
        let both =
            tokio::try_join!(self.take(server, person, times / 2), self.take(server, person, times / 2))?;
        together(&[both.0, both.1])
    }

    /// Looks so many times, once after the other.
    ///
    /// # Errors
    ///
    /// When an answer is not 200, or does not say how long it took.
    pub(super) async fn take(&self, server: &Server, person: &Person, times: usize) -> anyhow::Result<Seen> {
        let mut client = server.connect().await?;
        let call = Call::get(&self.path).by(&person.token);
        let mut seen = Seen::new()?;
        for _ in 0..times {
            let answer = client.send(&call).await?;
            ensure!(answer.status.as_u16() == 200, "{}: {}", self.path, answer.status);
            let timing = Timing::of(&answer.headers).context("an answer has no Server-Timing")?;
            seen.latencies.note(timing.total);
            seen.in_statements.note(timing.in_statements);
            seen.statements = seen.statements.max(timing.statements);
            seen.bytes = answer.body.len();
        }
        Ok(seen)
    }
}

impl Seen {
    fn new() -> anyhow::Result<Self> {
        let (latencies, in_statements) = (Latencies::new()?, Latencies::new()?);
        Ok(Self { latencies, in_statements, statements: 0, bytes: 0 })
    }
}

/// Several rounds as one.
///
/// # Errors
///
/// When they can't be added up.
pub(super) fn together(rounds: &[Seen]) -> anyhow::Result<Seen> {
    let mut all = Seen::new()?;
    for round in rounds {
        all.latencies.add(&round.latencies)?;
        all.in_statements.add(&round.in_statements)?;
        all.statements = all.statements.max(round.statements);
        all.bytes = all.bytes.max(round.bytes);
    }
    Ok(all)
}
