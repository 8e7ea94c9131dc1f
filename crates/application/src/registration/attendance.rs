//! Recording who came.

use async_trait::async_trait;
use spotter_domain::club::Role;
use spotter_domain::domain_event::DomainEvent;
use spotter_domain::id::RegistrationId;
use spotter_domain::registration::{
    Attendance, AttendanceRefusal, Changed, Outcome, Reason, RegistrationView,
};

use super::{Ledger, view};
use crate::access::{is_staff, require};
use crate::{Command, Error, Work};

/// Records whether somebody came: for coaches, from the start of the event on. A mistake can be put right.
#[derive(Clone, Copy, Debug)]
pub struct RecordAttendance {
    /// Which registration.
    pub registration: RegistrationId,
    /// Whether they came.
    pub attendance: Attendance,
}

#[async_trait]
impl Command for RecordAttendance {
    type Answer = RegistrationView;

    async fn apply(&self, work: &mut Work<'_>) -> Result<RegistrationView, Error> {
        let caller = work.caller.account()?;
        let missing = || Error::NotFound("registration");
        let unlocked = work.unit.registrations().by_id(self.registration).await?.ok_or_else(missing)?;
        let role = work.role_in(unlocked.club).await?;
        if unlocked.account != caller && !is_staff(role) {
            return Err(missing());
        }
        require(role, Role::Coach)?;
        let locked = work.lock_event(unlocked.event).await?.ok_or(Error::NotFound("event"))?;
        let mut registration =
            work.unit.registrations().by_id(self.registration).await?.ok_or_else(missing)?;
        let starts_at = locked.event.schedule.starts_at();
        if registration.record_attendance(self.attendance, starts_at, work.now)? == Changed::Yes {
            let (outcome, attended) = match self.attendance {
                Attendance::Attended => (Outcome::Attended, true),
                Attendance::NoShow => (Outcome::NoShow, false),
            };
            let mut ledger = Ledger::default();
            ledger.change(&registration);
            ledger.decide(work, &registration, registration.id, outcome, Reason::AttendanceRecorded);
            ledger.save(work, &locked.event).await?;
            work.announce(DomainEvent::AttendanceRecorded {
                club: registration.club,
                event: registration.event,
                registration: registration.id,
                account: registration.account,
                attended,
            });
        }
        view(work, &registration).await
    }
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
