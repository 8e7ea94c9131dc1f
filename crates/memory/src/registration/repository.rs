//! Writing registrations and their decision logs.

use async_trait::async_trait;
use spotter_domain::StoreError;
use spotter_domain::id::{AccountId, ClubId, EventId, RegistrationId};
use spotter_domain::registration::{
    Decision, Registration, RegistrationRepository, RegistrationState, Standing, StandingRequest,
};
use spotter_domain::waitlist::QueueNumber;

use crate::refusal::{conflict, dangling, missing};
use crate::state::State;
use crate::store::MemoryUnitOfWork;

impl State {
    fn is_registered(&self, event: EventId, account: AccountId) -> bool {
        self.registrations
            .values()
            .any(|other| other.event == event && other.account == account && other.status.is_active())
    }

    fn check_new(&self, new: &Registration) -> Result<(), StoreError> {
        if self.events.get(&new.event).is_none_or(|event| event.club != new.club) {
            return Err(dangling("registrations", "event_id", new.id));
        }
        if !self.accounts.contains_key(&new.account) {
            return Err(dangling("registrations", "account_id", new.id));
        }
        if self.registrations.contains_key(&new.id) {
            return Err(conflict("there is a registration of that id"));
        }
        if self.arrivals.contains_key(&(new.event, new.queue_number)) {
            return Err(conflict("the queue number has been given"));
        }
        if new.status.is_active() && self.is_registered(new.event, new.account) {
            return Err(conflict("the person has an active registration of the event"));
        }
        Ok(())
    }

    fn add(&mut self, new: &Registration) -> Result<(), StoreError> {
        self.check_new(new)?;
        self.arrivals.insert((new.event, new.queue_number), new.id);
        self.registrations.insert(new.id, new.clone());
        Ok(())
    }

    fn put(&mut self, club: ClubId, event: EventId, new: RegistrationState) -> Result<(), StoreError> {
        let stored = self.registrations.get(&new.id);
        let (account, was_active) = stored
            .filter(|stored| stored.club == club && stored.event == event)
            .map(|stored| (stored.account, stored.status.is_active()))
            .ok_or_else(|| missing("registrations", new.id))?;
        if new.status.is_active() && !was_active && self.is_registered(event, account) {
            return Err(conflict("the person has an active registration of the event"));
        }
        if let Some(stored) = self.registrations.get_mut(&new.id) {
            stored.status = new.status;
            stored.passes = new.passes;
        }
        Ok(())
    }

    fn note(&mut self, line: &Decision) -> Result<(), StoreError> {
        if self.registrations.get(&line.registration).is_none_or(|owner| owner.club != line.club) {
            return Err(dangling("registration_decisions", "registration_id", line.id));
        }
        match self.decisions.insert((line.registration, line.id), line.clone()) {
            None => Ok(()),
            Some(_) => Err(conflict("there is a line of that id")),
        }
    }
}

#[async_trait]
impl RegistrationRepository for MemoryUnitOfWork {
    async fn by_id(&mut self, id: RegistrationId) -> Result<Option<Registration>, StoreError> {
        Ok(self.state.registrations.get(&id).cloned())
    }

    async fn standing(&mut self, request: &StandingRequest) -> Result<Standing, StoreError> {
        Ok(self.state.standing(request))
    }

    async fn active_after(
        &mut self,
        club: ClubId,
        event: EventId,
        after: Option<QueueNumber>,
        limit: u16,
    ) -> Result<Vec<Registration>, StoreError> {
        let active = self
            .state
            .arrivals_after(club, event, after)
            .filter(|registration| registration.status.is_active());
        Ok(active.take(usize::from(limit)).cloned().collect())
    }

    async fn save(&mut self, arrivals: &[Registration], changed: &[Registration]) -> Result<(), StoreError> {
        self.write(|state| {
            // In this order: whoever gives a place up may come back at once.
            for known in changed {
                let new = RegistrationState { id: known.id, status: known.status, passes: known.passes };
                state.put(known.club, known.event, new)?;
            }
            arrivals.iter().try_for_each(|new| state.add(new))
        })
    }

    async fn save_states(
        &mut self,
        club: ClubId,
        event: EventId,
        states: &[RegistrationState],
    ) -> Result<(), StoreError> {
        self.write(|state| states.iter().try_for_each(|new| state.put(club, event, *new)))
    }

    async fn append_decisions(&mut self, decisions: &[Decision]) -> Result<(), StoreError> {
        self.write(|state| decisions.iter().try_for_each(|line| state.note(line)))
    }
}
