//! The workout desk: workout sessions of many people, logged in batches.
//!
//! What one person logs is in one shard, so that it is decided in the order in which it came. A batch locks its
//! people, reads what it has to know, decides in memory, and writes: at most ten statements.
//! Names of exercises that are not in memory cost one more, and so many as lead nowhere two.

mod clerk;
mod people;

pub(crate) use self::clerk::WorkoutClerk;
use super::log_session::LogSession;
use super::session_view::LoggedSession;
use crate::{Error, RequestContext, Spotter};

impl Spotter {
    /// Logs a workout session of the caller.
    ///
    /// # Errors
    ///
    /// [`Error::Unauthenticated`]; [`Error::Invalid`]; [`Error::Refused`] when the rules say no; [`Error::Busy`]
    /// when too many are waiting; and what the idempotency key and the store cause.
    pub async fn log_session(
        &self,
        context: &RequestContext,
        command: LogSession,
    ) -> Result<LoggedSession, Error> {
        // Of an identifier, the last half is the random one.
        let (_, person) = context.caller.account()?.uuid().as_u64_pair();
        self.desks.workout.submit(person, context, command).await
    }
}
