//! Recording who came.

use spotter_domain::id::RegistrationId;
use spotter_domain::registration::{Attendance, AttendanceRefusal};

use crate::Error;

/// Records whether somebody came.
#[derive(Clone, Copy, Debug)]
pub struct RecordAttendance {
    /// Which registration.
    pub registration: RegistrationId,
    /// Whether they came.
    pub attendance: Attendance,
}

impl From<AttendanceRefusal> for Error {
    fn from(refusal: AttendanceRefusal) -> Self {
        let code = match refusal {
            AttendanceRefusal::NotStarted => "event_not_started",
            AttendanceRefusal::NotConfirmed => "not_confirmed",
        };
        Self::refused(code, refusal.to_string())
    }
}
