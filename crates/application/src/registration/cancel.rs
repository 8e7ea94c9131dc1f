//! Giving a place up.

use spotter_domain::id::RegistrationId;
use spotter_domain::registration::CancelRefusal;

use crate::Error;

/// Gives a registration up.
#[derive(Clone, Copy, Debug)]
pub struct Cancel {
    /// Which registration.
    pub registration: RegistrationId,
}

impl From<CancelRefusal> for Error {
    fn from(refusal: CancelRefusal) -> Self {
        match refusal {
            CancelRefusal::AttendanceRecorded => Self::refused("attendance_recorded", refusal.to_string()),
        }
    }
}
