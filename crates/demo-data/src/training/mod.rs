//! How somebody trains: on which days, by which plan, with which weights.

mod calendar;
mod exercises;
mod lifter;
mod remarks;
mod session;
mod splits;

pub(crate) use calendar::training_days;
pub(crate) use exercises::as_elsewhere;
pub(crate) use lifter::Lifter;
pub(crate) use session::{Habits, train};
