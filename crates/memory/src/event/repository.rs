//! Writing events.

use std::collections::BTreeSet;

use async_trait::async_trait;
use spotter_domain::event::{Event, EventRepository, EventStatus, KnownPerson, LockedEvent, PeopleRequest};
use spotter_domain::id::{ClubId, EventId};
use spotter_domain::waitlist::Roster;
use spotter_domain::{StoreError, Timestamp};

use crate::refusal::{conflict, dangling, missing};
use crate::state::State;
use crate::store::MemoryUnitOfWork;

impl State {
    fn locked(&self, ids: &[EventId]) -> Result<Vec<LockedEvent>, StoreError> {
        let ordered: BTreeSet<_> = ids.iter().collect();
        let events = ordered.into_iter().filter_map(|id| self.events.get(id));
        events
            .map(|event| {
                let club =
                    self.clubs.get(&event.club).ok_or_else(|| dangling("events", "club_id", event.id))?;
                Ok(LockedEvent {
                    event: event.clone(),
                    club_slug: club.slug.clone(),
                    time_zone: club.time_zone.clone(),
                    pass_limit: club.pass_limit,
                })
            })
            .collect()
    }

    /// Who of the people that are asked for exists, and what they are in the club of `event`.
    fn known(&self, event: &Event, people: &PeopleRequest) -> Vec<KnownPerson> {
        let mut asked: BTreeSet<_> = people.always.iter().copied().collect();
        if !event.is_public() {
            asked.extend(&people.if_hidden);
        }
        asked
            .into_iter()
            .filter(|account| self.accounts.contains_key(account))
            .map(|account| KnownPerson { account, role: self.role(event.club, Some(account)) })
            .collect()
    }
}

#[async_trait]
impl EventRepository for MemoryUnitOfWork {
    async fn lock_with_people(
        &mut self,
        ids: &[EventId],
        people: &PeopleRequest,
    ) -> Result<Vec<(LockedEvent, Vec<KnownPerson>)>, StoreError> {
        let locked = self.state.locked(ids)?;
        Ok(locked
            .into_iter()
            .map(|locked| {
                let known = self.state.known(&locked.event, people);
                (locked, known)
            })
            .collect())
    }

    async fn lock(&mut self, ids: &[EventId]) -> Result<Vec<LockedEvent>, StoreError> {
        self.state.locked(ids)
    }

    async fn with_held_seats(
        &mut self,
        club: ClubId,
        now: Timestamp,
        after: Option<EventId>,
        limit: u16,
    ) -> Result<Vec<EventId>, StoreError> {
        let held = |event: &&Event| {
            event.club == club
                && event.status == EventStatus::Published
                && event.schedule.starts_at() > now
                && event.roster.free() > 0
                && event.roster.waitlisted() > 0
                && Some(event.id) > after
        };
        let mut ids: Vec<_> = self.state.events.values().filter(held).map(|event| event.id).collect();
        ids.sort_unstable();
        ids.truncate(limit.into());
        Ok(ids)
    }

    async fn insert(&mut self, event: &Event) -> Result<(), StoreError> {
        self.write(|state| {
            if !state.clubs.contains_key(&event.club) {
                return Err(dangling("events", "club_id", event.id));
            }
            match state.events.insert(event.id, event.clone()) {
                None => Ok(()),
                Some(_) => Err(conflict("there is an event of that id")),
            }
        })
    }

    async fn update(&mut self, event: &Event) -> Result<(), StoreError> {
        self.write(|state| {
            let stored = state.events.get_mut(&event.id).ok_or_else(|| missing("events", event.id))?;
            stored.clone_from(event);
            Ok(())
        })
    }

    async fn save_rosters(&mut self, rosters: &[(EventId, Roster)]) -> Result<(), StoreError> {
        self.write(|state| {
            rosters.iter().try_for_each(|(id, roster)| {
                let stored = state.events.get_mut(id).ok_or_else(|| missing("events", id))?;
                stored.roster = *roster;
                Ok(())
            })
        })
    }
}
