//! What can be decided upon a registration.

use spotter_domain::domain_event::DomainEvent;
use spotter_domain::id::{AccountId, DecisionId, RegistrationId};
use spotter_domain::registration::{
    Attendance, CancelledBy, Changed, Decision, Outcome, PartySize, Reason, Registration, RegistrationStatus,
    RegistrationView,
};
use spotter_domain::waitlist::{Admission, Admitted, Flow, Newcomer, Placement};

use super::{Book, Moment};
use crate::Error;

/// Whether a cancellation is the first of its registration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cancelled {
    /// It is.
    Now,
    /// It was cancelled before.
    Before,
}

impl Book {
    /// Registers a person who was asked for (rules R1 to R3, R5, R6).
    pub(crate) fn register(
        &mut self,
        moment: Moment<'_>,
        account: AccountId,
        party_size: PartySize,
    ) -> Result<RegistrationView, Error> {
        if self.active.contains_key(&account) {
            let detail = "this person has an active registration of this event";
            return Err(Error::refused("already_registered", detail));
        }
        let id = RegistrationId::generate(moment.ids);
        let admitted = self.admit(moment, Newcomer { registration: id, account, party_size })?;
        let (status, outcome) = match admitted.placement {
            Placement::Confirmed => (RegistrationStatus::Confirmed, Outcome::Confirmed),
            Placement::Waitlisted => (RegistrationStatus::Waitlisted, Outcome::Waitlisted),
        };
        let registration = Registration {
            id,
            club: self.event().club,
            event: self.event().id,
            account,
            party_size,
            status,
            queue_number: admitted.number,
            passes: 0,
            registered_at: moment.now,
        };
        self.event_mut().roster = admitted.roster;
        self.note(moment, &admitted.settlement);
        let line = self.line(moment, id, outcome, admitted.reason);
        self.decisions.push(line.clone());
        self.facts.push(announcement(&registration));
        // Nobody arrives after the last one: who waits is last in the queue.
        let position = (status == RegistrationStatus::Waitlisted)
            .then(|| u64::from(self.event().roster.waiting_parties()));
        let view = view(&registration, position, vec![line]);
        if status == RegistrationStatus::Waitlisted {
            self.queue.insert(registration.queue_number, id);
        }
        self.active.insert(account, id);
        self.arrivals.push(id);
        self.registrations.insert(id, registration);
        Ok(view)
    }

    /// Asks the rules, showing them as much of the queue as they want to see.
    fn admit(&self, moment: Moment<'_>, newcomer: Newcomer) -> Result<Admitted, Error> {
        let mut admission = Admission::begin(self.event(), self.locked.pass_limit, newcomer, moment.now)?;
        if admission.wants_queue() {
            self.waiting().any(|entry| admission.consider(entry) == Flow::Done);
        }
        Ok(admission.decide()?)
    }

    /// Cancels a registration that was read, and lets its seats go (rule R7); whoever waits for them is seated by
    /// [`Book::settle`].
    pub(crate) fn cancel(
        &mut self,
        moment: Moment<'_>,
        id: RegistrationId,
        by: CancelledBy,
    ) -> Result<Cancelled, Error> {
        let registration = self.registrations.get_mut(&id).ok_or(Error::NotFound("registration"))?;
        let Some(before) = registration.cancel()? else { return Ok(Cancelled::Before) };
        let (account, party_size, number) =
            (registration.account, registration.party_size, registration.queue_number);
        self.event_mut().roster.release(before, party_size);
        if before == RegistrationStatus::Waitlisted {
            self.queue.remove(&number);
            self.left_queue.push(number);
        }
        if self.active.get(&account) == Some(&id) {
            self.active.remove(&account);
        }
        self.changed.insert(id);
        self.decide(moment, id, Outcome::Cancelled, Reason::GivenUp { by });
        self.facts.push(DomainEvent::RegistrationCancelled {
            club: self.event().club,
            event: self.event().id,
            registration: id,
            account,
            party_size: party_size.get(),
            by,
        });
        Ok(Cancelled::Now)
    }

    /// Records whether somebody came whose registration was read.
    pub(crate) fn attend(
        &mut self,
        moment: Moment<'_>,
        id: RegistrationId,
        attendance: Attendance,
    ) -> Result<(), Error> {
        let starts_at = self.event().schedule.starts_at();
        let registration = self.registrations.get_mut(&id).ok_or(Error::NotFound("registration"))?;
        if registration.record_attendance(attendance, starts_at, moment.now)? == Changed::No {
            return Ok(());
        }
        let account = registration.account;
        let (outcome, attended) = match attendance {
            Attendance::Attended => (Outcome::Attended, true),
            Attendance::NoShow => (Outcome::NoShow, false),
        };
        self.changed.insert(id);
        self.decide(moment, id, outcome, Reason::AttendanceRecorded);
        let (club, event) = (self.event().club, self.event().id);
        self.facts.push(DomainEvent::AttendanceRecorded { club, event, registration: id, account, attended });
        Ok(())
    }

    /// A registration that was read with its log, as its owner sees it. One that waits is not seen like this.
    pub(crate) fn view_of(&self, id: RegistrationId) -> Result<RegistrationView, Error> {
        let registration = self.registrations.get(&id).ok_or(Error::NotFound("registration"))?;
        Ok(view(registration, None, self.logs.get(&id).cloned().unwrap_or_default()))
    }

    /// Adds a line to the log of a registration.
    pub(super) fn decide(
        &mut self,
        moment: Moment<'_>,
        id: RegistrationId,
        outcome: Outcome,
        reason: Reason,
    ) {
        let line = self.line(moment, id, outcome, reason);
        if let Some(log) = self.logs.get_mut(&id) {
            log.push(line.clone());
        }
        self.decisions.push(line);
    }

    fn line(&self, moment: Moment<'_>, id: RegistrationId, outcome: Outcome, reason: Reason) -> Decision {
        Decision {
            id: DecisionId::generate(moment.ids),
            club: self.event().club,
            registration: id,
            at: moment.now,
            outcome,
            reason,
        }
    }
}

fn view(registration: &Registration, position: Option<u64>, decisions: Vec<Decision>) -> RegistrationView {
    RegistrationView {
        id: registration.id,
        event: registration.event,
        account: registration.account,
        party_size: registration.party_size.get(),
        status: registration.status,
        queue_number: registration.queue_number,
        position,
        passes: registration.passes,
        registered_at: registration.registered_at,
        decisions,
    }
}

fn announcement(registration: &Registration) -> DomainEvent {
    let Registration { club, event, id, account, queue_number, .. } = *registration;
    let party_size = registration.party_size.get();
    if registration.status == RegistrationStatus::Confirmed {
        DomainEvent::RegistrationConfirmed {
            club,
            event,
            registration: id,
            account,
            party_size,
            queue_number,
        }
    } else {
        DomainEvent::RegistrationWaitlisted {
            club,
            event,
            registration: id,
            account,
            party_size,
            queue_number,
        }
    }
}
