//! Commands: use cases that change something, each in one unit of work.

use std::sync::Arc;

use async_trait::async_trait;
use serde::Serialize;
use serde::de::DeserializeOwned;
use spotter_domain::account::Athlete;
use spotter_domain::club::Role;
use spotter_domain::domain_event::DomainEvent;
use spotter_domain::event::LockedEvent;
use spotter_domain::id::{AccountId, ClubId, EventId};
use spotter_domain::vault::Vault;
use spotter_domain::{IdGenerator, Timestamp, UnitOfWork};

use crate::access::{account_gone, is_staff};
use crate::workout::{Making, NamesCache, PersonalNames};
use crate::{Caller, Error};

/// Something that a caller wants done.
#[async_trait]
pub trait Command: Send + Sync {
    /// What the caller is told. It is kept for requests that are sent again, hence the bounds.
    type Answer: Serialize + DeserializeOwned + Send;

    /// Does it, within `work`. May be called again from the start when another transaction was in the way.
    async fn apply(&self, work: &mut Work<'_>) -> Result<Self::Answer, Error>;
}

/// What a command works with: the unit of work, and what has to be the same all through it.
pub struct Work<'a> {
    /// The transaction.
    pub unit: &'a mut dyn UnitOfWork,
    /// Who is asking.
    pub caller: Caller,
    /// The instant at which all this happens.
    pub now: Timestamp,
    /// Where identifiers come from.
    pub ids: &'a dyn IdGenerator,
    /// Where secrets come from.
    pub vault: &'a dyn Vault,
    pub(crate) names: &'a NamesCache,
    pub(crate) caused: Vec<DomainEvent>,
}

impl Work<'_> {
    /// Announces a fact: it goes into the outbox of this unit of work.
    pub fn announce(&mut self, fact: DomainEvent) {
        self.caused.push(fact);
    }

    /// Announces several facts in their order.
    pub fn announce_all(&mut self, facts: impl IntoIterator<Item = DomainEvent>) {
        self.caused.extend(facts);
    }

    /// The caller as their workouts know them, locked: what follows is the only thing that is written of their
    /// workouts until this unit of work ends.
    pub(crate) async fn lock_athlete(&mut self) -> Result<Athlete, Error> {
        let account = self.caller.account()?;
        self.unit.accounts().lock_athlete(account).await?.ok_or_else(account_gone)
    }

    /// The exercises and names that a person has.
    pub(crate) async fn names_of(&mut self, athlete: &Athlete) -> Result<Arc<PersonalNames>, Error> {
        if let Some(names) = self.names.get(athlete) {
            return Ok(names);
        }
        let personal = self.unit.exercises().personal(&[athlete.account]).await?;
        Ok(self.names.keep(athlete, personal.into_iter().next().unwrap_or_default()))
    }

    /// What it takes to make exercises of a person.
    pub(crate) fn making(&self, athlete: &Athlete) -> Making<'_> {
        Making { account: athlete.account, now: self.now, ids: self.ids }
    }

    /// What the caller may do in a club.
    pub(crate) async fn role_in(&mut self, club: ClubId) -> Result<Option<Role>, Error> {
        match self.caller.known() {
            Some(account) => Ok(self.role_of(club, account).await?),
            None => Ok(None),
        }
    }

    async fn role_of(&mut self, club: ClubId, account: AccountId) -> Result<Option<Role>, Error> {
        let membership = self.unit.clubs().membership(club, account).await?;
        Ok(membership.map(|membership| membership.role))
    }

    /// Locks an event, if there is one of that id.
    pub(crate) async fn lock_event(&mut self, id: EventId) -> Result<Option<LockedEvent>, Error> {
        Ok(self.unit.events().lock(&[id]).await?.pop())
    }

    /// Locks an event that the caller may know of, with what they may do in its club.
    pub(crate) async fn lock_event_as_staff(
        &mut self,
        id: EventId,
    ) -> Result<(LockedEvent, Option<Role>), Error> {
        self.caller.account()?;
        let locked = self.lock_event(id).await?.ok_or(Error::NotFound("event"))?;
        let role = self.role_in(locked.event.club).await?;
        if !locked.event.is_public() && !is_staff(role) {
            return Err(Error::NotFound("event"));
        }
        Ok((locked, role))
    }
}
