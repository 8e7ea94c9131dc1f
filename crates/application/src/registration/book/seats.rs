//! Giving free seats to those who wait for them.

use spotter_domain::Timestamp;
use spotter_domain::domain_event::DomainEvent;
use spotter_domain::id::RegistrationId;
use spotter_domain::registration::{Outcome, QueueRequest, Reason, RegistrationStatus};
use spotter_domain::waitlist::{Flow, Promotion, Settlement, Window};

use super::{Book, Moment};

impl Book {
    /// How much of the queue has to be read if up to `released` seats are let go; nothing if none of it can be
    /// reached.
    pub(crate) fn reach(&self, now: Timestamp, released: u32) -> Option<QueueRequest> {
        let event = self.event();
        // More than there are, perhaps: whoever is given one may let it go again.
        let seats = event.roster.free().saturating_add(released);
        let reached = Window::of(event, now) == Window::Open && event.roster.waitlisted() > 0 && seats > 0;
        reached.then_some(QueueRequest { club: event.club, event: event.id, seats })
    }

    /// Gives the free seats to those who wait for them (rules R4 to R6).
    pub(crate) fn settle(&mut self, moment: Moment<'_>) {
        let event = self.event();
        if Window::of(event, moment.now) != Window::Open || event.roster.waitlisted() == 0 {
            return;
        }
        let mut promotion = Promotion::new(event.roster, self.locked.pass_limit);
        if promotion.flow() == Flow::Next {
            self.waiting().any(|entry| promotion.consider(entry) == Flow::Done);
        }
        let (roster, settlement) = promotion.finish();
        self.event_mut().roster = roster;
        self.note(moment, &settlement);
    }

    /// Notes what a walk along the queue decided.
    pub(super) fn note(&mut self, moment: Moment<'_>, settlement: &Settlement) {
        let (club, event) = (self.event().club, self.event().id);
        for promoted in &settlement.promoted {
            let id = promoted.entry.registration;
            self.decide(moment, id, Outcome::Promoted, Reason::SeatsFreed { free: promoted.free });
            self.stand(id, RegistrationStatus::Confirmed, promoted.entry.passes);
            self.queue.remove(&promoted.entry.number);
            self.left_queue.push(promoted.entry.number);
            self.facts.push(DomainEvent::RegistrationPromoted {
                club,
                event,
                registration: id,
                account: promoted.entry.account,
                party_size: promoted.entry.party_size.get(),
                queue_number: promoted.entry.number,
            });
        }
        for pass in &settlement.passed {
            self.decide(moment, pass.registration, Outcome::PassedOver, pass.reason);
            // Of several passes of one entry the last one says how many there are now.
            self.stand(pass.registration, RegistrationStatus::Waitlisted, pass.passes);
        }
    }

    /// Notes where a registration stands now.
    fn stand(&mut self, id: RegistrationId, status: RegistrationStatus, passes: u16) {
        if let Some(registration) = self.registrations.get_mut(&id) {
            registration.status = status;
            registration.passes = passes;
            self.changed.insert(id);
        }
    }
}
