//! The queue of an event: order, admission, promotion, and the reason of each decision.

mod admission;
mod policy;
mod promotion;
mod queries;
mod queue;
mod repository;
mod roster;

pub use admission::{Admission, AdmissionRefusal, Admitted, Newcomer, Placement, Window};
pub use policy::{PassLimit, WaitlistPolicy, WaitlistState};
pub use promotion::{Flow, Pass, Promoted, Promotion, Settlement};
pub use queries::{WaitlistEntryView, WaitlistQueries};
pub use queue::{QueueEntry, QueueNumber};
pub use repository::WaitlistRepository;
pub use roster::{Roster, RosterError, Waiting};
