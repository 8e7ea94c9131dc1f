//! What is derived from workouts: keeping it, checking it, reading it.

mod books;
mod readiness;
mod verify;
mod view_progress;

pub use readiness::Readiness;
pub use verify::{Difference, Remedy, Verified};
pub use view_progress::{Dashboard, MOST_DAYS, MOST_WEEKS, MuscleShare};

pub(crate) use books::{Entries, derive_anew, rework};
