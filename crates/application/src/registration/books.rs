//! The books of several events, read together and written together.

use std::collections::BTreeMap;

use spotter_domain::domain_event::DomainEvent;
use spotter_domain::event::{LockedEvent, PeopleRequest};
use spotter_domain::id::{AccountId, EventId, RegistrationId};
use spotter_domain::registration::{QueueRequest, StandingRequest};
use spotter_domain::waitlist::QueueNumber;
use spotter_domain::{StoreError, Timestamp, UnitOfWork};

use super::book::{Book, Entries};

/// The most entries of queues that are read with everything else. Where more of a queue can be reached, which
/// takes as many parties that fit no free seat, the rest is read page by page.
const MOST_ENTRIES: u32 = 65_536;

/// How much of a queue is read at a time then.
const PAGE: u16 = 16_384;

/// Books by their events.
#[derive(Debug, Default)]
pub(crate) struct Books(BTreeMap<EventId, Book>);

/// What has to be known beside the events themselves.
#[derive(Debug, Default)]
pub(crate) struct Wanted {
    /// Who may hold an active registration of which event.
    pub(crate) people: Vec<(EventId, AccountId)>,
    /// Registrations by their names, with their logs.
    pub(crate) named: Vec<RegistrationId>,
    /// How many seats of an event may be let go, at most.
    pub(crate) released: BTreeMap<EventId, u32>,
}

impl Books {
    /// Opens the books of events that are locked already.
    pub(crate) fn of(locked: Vec<LockedEvent>) -> Self {
        Self(locked.into_iter().map(|locked| (locked.event.id, Book::new(locked, Vec::new()))).collect())
    }

    /// Locks events and opens their books.
    pub(super) async fn lock(
        unit: &mut dyn UnitOfWork,
        events: &[EventId],
        people: &PeopleRequest,
    ) -> Result<Self, StoreError> {
        let locked = unit.events().lock_with_people(events, people).await?;
        Ok(Self(
            locked.into_iter().map(|(locked, people)| (locked.event.id, Book::new(locked, people))).collect(),
        ))
    }

    /// The book of an event.
    pub(crate) fn get_mut(&mut self, event: EventId) -> Option<&mut Book> {
        self.0.get_mut(&event)
    }

    /// Every book.
    pub(crate) fn all_mut(&mut self) -> impl Iterator<Item = &mut Book> {
        self.0.values_mut()
    }

    /// Reads what decisions have to know: one statement.
    pub(crate) async fn read(
        &mut self,
        unit: &mut dyn UnitOfWork,
        wanted: Wanted,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let released = |book: &Book| wanted.released.get(&book.event().id).copied().unwrap_or(0);
        let queues: Vec<QueueRequest> =
            self.0.values().filter_map(|book| book.reach(now, released(book))).collect();
        let people = wanted.people.into_iter();
        let people = people
            .filter_map(|(event, person)| self.0.get(&event).map(|book| (book.event().club, event, person)));
        let request = StandingRequest {
            people: people.collect(),
            named: wanted.named,
            queues,
            most_entries: MOST_ENTRIES,
        };
        let standing = unit.registrations().standing(&request).await?;
        for (registration, log) in standing.named {
            if let Some(book) = self.0.get_mut(&registration.event) {
                book.read_with_log(registration, log);
            }
        }
        for registration in standing.active {
            if let Some(book) = self.0.get_mut(&registration.event) {
                book.read(registration);
            }
        }
        let last = standing.queues.last().map(|entry| (entry.event, entry.queue_number));
        for entry in standing.queues {
            if let Some(book) = self.0.get_mut(&entry.event) {
                book.read_queue(entry);
            }
        }
        if standing.cut_off
            && let Some(last) = last
        {
            self.read_on(unit, &request.queues, last).await?;
        }
        Ok(())
    }

    /// Reads the queues from where reading was cut off, to their ends.
    async fn read_on(
        &mut self,
        unit: &mut dyn UnitOfWork,
        queues: &[QueueRequest],
        last: (EventId, QueueNumber),
    ) -> Result<(), StoreError> {
        for queue in queues.iter().filter(|queue| queue.event >= last.0) {
            let mut after = (queue.event == last.0).then_some(last.1);
            loop {
                let page = unit.waitlist().head(queue.club, queue.event, after, PAGE).await?;
                after = page.last().map(|entry| entry.queue_number);
                let short = page.len() < usize::from(PAGE);
                for entry in page {
                    if let Some(book) = self.0.get_mut(&queue.event) {
                        book.read_queue(entry);
                    }
                }
                if short {
                    break;
                }
            }
        }
        Ok(())
    }

    /// Who left the queues.
    pub(crate) fn take_moves(&mut self) -> Vec<DomainEvent> {
        self.0.values_mut().filter_map(Book::take_moves).collect()
    }

    /// What has been decided since the last time caused this, but for the moves of queues.
    pub(crate) fn take_facts(&mut self) -> Vec<DomainEvent> {
        self.0.values_mut().flat_map(Book::take_facts).collect()
    }

    /// Writes what was decided upon registrations: two statements, whatever their number.
    pub(crate) async fn save(&mut self, unit: &mut dyn UnitOfWork) -> Result<(), StoreError> {
        let mut entries = Entries::default();
        for book in self.0.values_mut() {
            book.drain_into(&mut entries);
        }
        unit.registrations().save(&entries.arrivals, &entries.changed).await?;
        unit.registrations().append_decisions(&entries.decisions).await
    }

    /// Writes the counters that have changed: one statement.
    pub(crate) async fn save_rosters(&mut self, unit: &mut dyn UnitOfWork) -> Result<(), StoreError> {
        let changed = |book: &mut Book| book.take_changed_roster().map(|roster| (book.event().id, roster));
        let rosters: Vec<_> = self.0.values_mut().filter_map(changed).collect();
        unit.events().save_rosters(&rosters).await
    }
}
