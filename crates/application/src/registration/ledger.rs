//! What one transaction decides about the registrations of one event, gathered and then written at once.

use spotter_domain::domain_event::DomainEvent;
use spotter_domain::event::{Event, LockedEvent};
use spotter_domain::id::{DecisionId, RegistrationId};
use spotter_domain::registration::{
    CancelledBy, Decision, Outcome, Reason, Registration, RegistrationState, RegistrationStatus,
};
use spotter_domain::waitlist::{Flow, Promotion, QueueEntry, QueueNumber, Settlement, Window};

use super::queue::show_queue;
use crate::{Error, Work};

/// Gathered decisions. Nothing of it is written before [`Ledger::save`].
#[derive(Debug, Default)]
pub(crate) struct Ledger {
    arrivals: Vec<Registration>,
    states: Vec<RegistrationState>,
    decisions: Vec<Decision>,
    left_queue: Vec<QueueNumber>,
}

impl Ledger {
    /// Notes a registration that is new.
    pub(crate) fn arrive(
        &mut self,
        work: &Work<'_>,
        registration: &Registration,
        outcome: Outcome,
        reason: Reason,
    ) {
        self.arrivals.push(registration.clone());
        self.decide(work, registration, registration.id, outcome, reason);
    }

    /// Cancels a registration and lets its seats go. Answers whether it was active before (rule R7).
    pub(crate) fn cancel(
        &mut self,
        work: &mut Work<'_>,
        event: &mut Event,
        registration: &mut Registration,
        by: CancelledBy,
    ) -> Result<Cancelled, Error> {
        let Some(before) = registration
            .cancel()
            .map_err(|refusal| Error::refused("attendance_recorded", refusal.to_string()))?
        else {
            return Ok(Cancelled::Before);
        };
        event.roster.release(before, registration.party_size);
        if before == RegistrationStatus::Waitlisted {
            self.left_queue.push(registration.queue_number);
        }
        self.change(registration);
        self.decide(work, registration, registration.id, Outcome::Cancelled, Reason::GivenUp { by });
        work.announce(DomainEvent::RegistrationCancelled {
            club: registration.club,
            event: registration.event,
            registration: registration.id,
            account: registration.account,
            party_size: registration.party_size.get(),
            by,
        });
        Ok(Cancelled::Now)
    }

    /// Notes where a registration stands now.
    pub(crate) fn change(&mut self, registration: &Registration) {
        let (id, status, passes) = (registration.id, registration.status, registration.passes);
        self.states.push(RegistrationState { id, status, passes });
    }

    /// Adds a line to the log of a registration.
    pub(crate) fn decide(
        &mut self,
        work: &Work<'_>,
        registration: &Registration,
        id: RegistrationId,
        outcome: Outcome,
        reason: Reason,
    ) {
        self.decisions.push(Decision {
            id: DecisionId::generate(work.ids),
            club: registration.club,
            registration: id,
            at: work.now,
            outcome,
            reason,
        });
    }

    /// Gives the free seats of an event to those who wait for them (rules R4 to R6).
    pub(crate) async fn settle(
        &mut self,
        work: &mut Work<'_>,
        locked: &mut LockedEvent,
    ) -> Result<(), Error> {
        let event = &mut locked.event;
        if Window::of(event, work.now) != Window::Open || event.roster.waitlisted() == 0 {
            return Ok(());
        }
        let mut promotion = Promotion::new(event.roster, locked.pass_limit);
        if promotion.flow() == Flow::Next {
            // Who gives their place up in this very transaction still stands in what is stored.
            let left = &self.left_queue;
            let see = |entry: QueueEntry| {
                if left.contains(&entry.number) { promotion.flow() } else { promotion.consider(entry) }
            };
            show_queue(work, event, see).await?;
        }
        let (roster, settlement) = promotion.finish();
        event.roster = roster;
        self.note(work, event, &settlement);
        Ok(())
    }

    /// Notes what a walk along the queue decided.
    pub(crate) fn note(&mut self, work: &mut Work<'_>, event: &Event, settlement: &Settlement) {
        let line = |registration, outcome, reason| Decision {
            id: DecisionId::generate(work.ids),
            club: event.club,
            registration,
            at: work.now,
            outcome,
            reason,
        };
        for promoted in &settlement.promoted {
            let id = promoted.entry.registration;
            let reason = Reason::SeatsFreed { free: promoted.free };
            self.decisions.push(line(id, Outcome::Promoted, reason));
            let (status, passes) = (RegistrationStatus::Confirmed, promoted.entry.passes);
            self.states.push(RegistrationState { id, status, passes });
        }
        for pass in &settlement.passed {
            self.decisions.push(line(pass.registration, Outcome::PassedOver, pass.reason));
        }
        for (index, pass) in settlement.passed.iter().enumerate() {
            // Of several passes of one entry the last one says how many there are now.
            if settlement.passed[index + 1..].iter().all(|later| later.registration != pass.registration) {
                let (id, status, passes) = (pass.registration, RegistrationStatus::Waitlisted, pass.passes);
                self.states.push(RegistrationState { id, status, passes });
            }
        }
        self.left_queue.extend(settlement.left());
        work.announce_all(settlement.promoted.iter().map(|promoted| DomainEvent::RegistrationPromoted {
            club: event.club,
            event: event.id,
            registration: promoted.entry.registration,
            account: promoted.entry.account,
            party_size: promoted.entry.party_size.get(),
            queue_number: promoted.entry.number,
        }));
    }

    /// Writes everything but the event itself: one statement for each kind, whatever their number.
    pub(crate) async fn save(mut self, work: &mut Work<'_>, event: &Event) -> Result<(), Error> {
        work.unit.registrations().insert_many(&self.arrivals).await?;
        work.unit.registrations().save_states(event.club, event.id, &self.states).await?;
        work.unit.registrations().append_decisions(&self.decisions).await?;
        if !self.left_queue.is_empty() {
            self.left_queue.sort_unstable();
            work.announce(DomainEvent::WaitlistMoved {
                club: event.club,
                event: event.id,
                left: self.left_queue,
            });
        }
        Ok(())
    }
}

/// Whether a cancellation is the first of its registration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cancelled {
    /// It is.
    Now,
    /// It was cancelled before.
    Before,
}
