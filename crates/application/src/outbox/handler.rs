//! Handlers: who wants to be told of what, and does something about it.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::task::Poll;

use async_trait::async_trait;
use spotter_domain::StoreError;
use spotter_domain::domain_event::DomainEvent;
use spotter_domain::outbox::OutboxMessage;

/// Does something about domain events after they happened.
///
/// A message is told at least once: after a crash, or when another handler of the same message failed, again.
/// Its id tells so. Messages of one aggregate are told in their order; those of different ones in any.
#[async_trait]
pub trait Handler: Send + Sync {
    /// What it is called in logs and in the errors that are kept.
    fn name(&self) -> &'static str;

    /// Whether it wants to be told of events of this kind. It must not depend on anything else of the event.
    fn wants(&self, event: &DomainEvent) -> bool;

    /// Is told. When it fails the message is told again later, and so long no later one of its aggregate.
    ///
    /// It may be given up at any `.await`, when it takes too long.
    async fn handle(&self, message: &OutboxMessage) -> Result<(), NotHandled>;
}

/// Why a handler could not do its work. The text is kept for an operator, so it must name no person.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct NotHandled(pub String);

impl From<StoreError> for NotHandled {
    fn from(error: StoreError) -> Self {
        Self(error.to_string())
    }
}

/// Tells a handler. One that panics has failed, as any other: it must not take the rest down with it.
pub(super) async fn tell(handler: &dyn Handler, message: &OutboxMessage) -> Result<(), NotHandled> {
    let mut handling = pin!(handler.handle(message));
    let told = std::future::poll_fn(|context| {
        match catch_unwind(AssertUnwindSafe(|| handling.as_mut().poll(context))) {
            Ok(poll) => poll,
            Err(_) => Poll::Ready(Err(NotHandled(String::from("it panicked")))),
        }
    });
    told.await.map_err(|NotHandled(why)| NotHandled(format!("{}: {why}", handler.name())))
}
