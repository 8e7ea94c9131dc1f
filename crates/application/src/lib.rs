//! What happens: use cases, one file each.
//!
//! A use case that changes something is a [`Command`]: a value that says what is wanted, with an `apply` that
//! does it in one unit of work. [`Spotter::run`] begins the unit, keeps idempotent answers, appends the
//! announcements to the outbox, commits, and tries again when another transaction was in the way. A use case
//! that reads is a function over the query ports. Only here is asked *who may do this*.
//!
//! What many callers want of the same thing at the same time is no command of its own: it is decided in batches
//! (`batching`), by the same rules for keys, announcements and attempts.

pub mod access;
pub mod account;
pub(crate) mod batching;
pub mod club;
pub mod command;
mod desks;
pub mod error;
pub mod event;
pub mod housekeeping;
pub mod idempotency;
pub mod operations;
pub mod outbox;
pub mod progress;
pub mod registration;
pub mod sign_in_limits;
pub mod spotter;
pub mod statements;
pub mod version;
pub mod wearable;
pub mod workout;

pub use access::Caller;
pub use batching::BatchSettings;
pub use command::{Command, Work};
pub use error::{Error, FieldError, Refusal};
pub use idempotency::IdempotentRequest;
pub use spotter::{Ports, RequestContext, Spotter};
pub use version::ExpectedVersion;
