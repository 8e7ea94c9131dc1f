//! Registering for an event.

use async_trait::async_trait;
use spotter_domain::Invalid;
use spotter_domain::club::Role;
use spotter_domain::domain_event::DomainEvent;
use spotter_domain::event::LockedEvent;
use spotter_domain::id::{AccountId, EventId, RegistrationId};
use spotter_domain::registration::{Outcome, PartySize, Registration, RegistrationStatus, RegistrationView};
use spotter_domain::waitlist::{Admission, AdmissionRefusal, Admitted, Newcomer, Placement};

use super::queue::show_queue;
use super::{Ledger, view};
use crate::access::{is_staff, require};
use crate::{Command, Error, Work};

/// Claims seats at an event, for the caller or, by staff, for somebody else.
#[derive(Clone, Copy, Debug)]
pub struct Register {
    /// Which event.
    pub event: EventId,
    /// How many seats.
    pub party_size: PartySize,
    /// For whom, if not for the caller.
    pub person: Option<AccountId>,
}

#[async_trait]
impl Command for Register {
    type Answer = RegistrationView;

    async fn apply(&self, work: &mut Work<'_>) -> Result<RegistrationView, Error> {
        let caller = work.caller.account()?;
        let mut locked = work.lock_event(self.event).await?.ok_or(Error::NotFound("event"))?;
        let person = self.person.unwrap_or(caller);
        self.authorise(work, &locked, caller, person).await?;
        let (club, event) = (locked.event.club, locked.event.id);
        if !work.unit.registrations().active_of(club, event, &[person]).await?.is_empty() {
            let detail = "this person has an active registration of this event";
            return Err(Error::refused("already_registered", detail));
        }
        let id = RegistrationId::generate(work.ids);
        let newcomer = Newcomer { registration: id, account: person, party_size: self.party_size };
        let admitted = admit(work, &locked, newcomer).await?;
        let registration = Registration {
            id,
            club,
            event,
            account: person,
            party_size: self.party_size,
            status: match admitted.placement {
                Placement::Confirmed => RegistrationStatus::Confirmed,
                Placement::Waitlisted => RegistrationStatus::Waitlisted,
            },
            queue_number: admitted.number,
            passes: 0,
            registered_at: work.now,
        };
        locked.event.roster = admitted.roster;
        let mut ledger = Ledger::default();
        let outcome = match admitted.placement {
            Placement::Confirmed => Outcome::Confirmed,
            Placement::Waitlisted => Outcome::Waitlisted,
        };
        ledger.note(work, &locked.event, &admitted.settlement);
        ledger.arrive(work, &registration, outcome, admitted.reason);
        work.announce(announcement(&registration));
        ledger.save(work, &locked.event).await?;
        work.unit.events().save_rosters(&[(event, locked.event.roster)]).await?;
        view(work, &registration).await
    }
}

impl Register {
    /// Everybody registers themselves for what is public; staff register others, and try drafts in vain.
    async fn authorise(
        &self,
        work: &mut Work<'_>,
        locked: &LockedEvent,
        caller: AccountId,
        person: AccountId,
    ) -> Result<(), Error> {
        if locked.event.is_public() && person == caller {
            return Ok(());
        }
        let role = work.role_in(locked.event.club).await?;
        if !locked.event.is_public() && !is_staff(role) {
            return Err(Error::NotFound("event"));
        }
        if person != caller {
            require(role, Role::Coach)?;
            if work.unit.accounts().by_id(person).await?.is_none() {
                return Err(Error::invalid("/user_id", Invalid::new("must be an existing account")));
            }
        }
        Ok(())
    }
}

/// Asks the rules, showing them as much of the queue as they want to see.
async fn admit(work: &mut Work<'_>, locked: &LockedEvent, newcomer: Newcomer) -> Result<Admitted, Error> {
    let event = &locked.event;
    let mut admission = Admission::begin(event, locked.pass_limit, newcomer, work.now)?;
    if admission.wants_queue() {
        show_queue(work, event, |entry| admission.consider(entry)).await?;
    }
    Ok(admission.decide()?)
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

impl From<AdmissionRefusal> for Error {
    fn from(refusal: AdmissionRefusal) -> Self {
        let code = match refusal {
            AdmissionRefusal::EventClosed => "event_closed",
            AdmissionRefusal::PartyTooLarge { .. } => "party_too_large",
            AdmissionRefusal::WaitlistClosed { .. } => "waitlist_closed",
            AdmissionRefusal::WaitlistFull { .. } => "waitlist_full",
        };
        Self::refused(code, refusal.to_string())
    }
}
