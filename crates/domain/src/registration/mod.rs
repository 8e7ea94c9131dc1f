//! One person's (or party's) place at an event, and why they have it or not.

mod aggregate;
mod decision;
mod party_size;
mod queries;
mod repository;
mod standing;

pub use aggregate::{
    Attendance, AttendanceRefusal, CancelRefusal, Changed, Registration, RegistrationStatus,
};
pub use decision::{CancelledBy, Decision, Outcome, Reason};
pub use party_size::PartySize;
pub use queries::{
    MyRegistrationView, MyRegistrationsCursor, RegistrationListItem, RegistrationQueries, RegistrationView,
    ViewedRegistration, When,
};
pub use repository::{MOST_DECISIONS, RegistrationRepository, RegistrationState};
pub use standing::{QueueRequest, Standing, StandingRequest, Whereabouts};
