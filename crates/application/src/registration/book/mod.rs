//! The book of one event: what is known of its registrations while a unit of work decides upon them.
//!
//! The event is locked. Decisions are made one after the other upon what is in the book, each seeing those before
//! it, and written together at the end ([`super::Books::save`]). A decision that is refused leaves the book as it
//! was.

mod decisions;
mod seats;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use spotter_domain::club::Role;
use spotter_domain::domain_event::DomainEvent;
use spotter_domain::event::{Event, KnownPerson, LockedEvent};
use spotter_domain::id::{AccountId, RegistrationId};
use spotter_domain::registration::{Decision, Registration, RegistrationStatus};
use spotter_domain::waitlist::{QueueEntry, QueueNumber, Roster};
use spotter_domain::{IdGenerator, Timestamp};

pub(crate) use decisions::Cancelled;

/// The instant of a unit of work, and where its identifiers come from.
#[derive(Clone, Copy)]
pub(crate) struct Moment<'a> {
    /// When everything in the unit happens.
    pub(crate) now: Timestamp,
    /// Where identifiers come from.
    pub(crate) ids: &'a dyn IdGenerator,
}

/// What is known of one event's registrations, and what has been decided.
#[derive(Debug)]
pub(crate) struct Book {
    locked: LockedEvent,
    people: Vec<KnownPerson>,
    roster_before: Roster,
    /// Everything that was read or made.
    registrations: HashMap<RegistrationId, Registration>,
    /// Who holds an active registration, of those who were asked for.
    active: HashMap<AccountId, RegistrationId>,
    /// Who waits, as far as seats can reach.
    queue: BTreeMap<QueueNumber, RegistrationId>,
    /// The logs of those who were named.
    logs: HashMap<RegistrationId, Vec<Decision>>,
    arrivals: Vec<RegistrationId>,
    changed: BTreeSet<RegistrationId>,
    decisions: Vec<Decision>,
    facts: Vec<DomainEvent>,
    left_queue: Vec<QueueNumber>,
}

/// What has to be written of a book.
#[derive(Debug, Default)]
pub(super) struct Entries {
    pub(super) arrivals: Vec<Registration>,
    pub(super) changed: Vec<Registration>,
    pub(super) decisions: Vec<Decision>,
}

impl Book {
    /// The empty book of a locked event.
    pub(crate) fn new(locked: LockedEvent, people: Vec<KnownPerson>) -> Self {
        Self {
            roster_before: locked.event.roster,
            locked,
            people,
            registrations: HashMap::new(),
            active: HashMap::new(),
            queue: BTreeMap::new(),
            logs: HashMap::new(),
            arrivals: Vec::new(),
            changed: BTreeSet::new(),
            decisions: Vec::new(),
            facts: Vec::new(),
            left_queue: Vec::new(),
        }
    }

    /// The event as it stands now.
    pub(crate) const fn event(&self) -> &Event {
        &self.locked.event
    }

    /// The event with what its club says, as it stands now.
    pub(crate) const fn locked(&self) -> &LockedEvent {
        &self.locked
    }

    /// The event, to be changed otherwise than by registrations; whoever does that writes it, too.
    pub(crate) const fn event_mut(&mut self) -> &mut Event {
        &mut self.locked.event
    }

    /// Whether there is such a person, of those who were asked for.
    pub(super) fn knows(&self, account: AccountId) -> bool {
        self.people.iter().any(|person| person.account == account)
    }

    /// What a person is in the club, of those who were asked for.
    pub(super) fn role_of(&self, account: AccountId) -> Option<Role> {
        self.people.iter().find(|person| person.account == account).and_then(|person| person.role)
    }

    /// Takes in a registration that was read.
    pub(crate) fn read(&mut self, registration: Registration) {
        if registration.status.is_active() {
            self.active.insert(registration.account, registration.id);
        }
        self.registrations.insert(registration.id, registration);
    }

    /// Takes in a registration that was read with its log.
    pub(super) fn read_with_log(&mut self, registration: Registration, log: Vec<Decision>) {
        self.logs.insert(registration.id, log);
        self.read(registration);
    }

    /// Takes in an entry of the queue.
    pub(super) fn read_queue(&mut self, entry: Registration) {
        if entry.status == RegistrationStatus::Waitlisted {
            self.queue.insert(entry.queue_number, entry.id);
        }
        self.registrations.insert(entry.id, entry);
    }

    /// The registration of that id, if it was read.
    pub(super) fn find(&self, id: RegistrationId) -> Option<&Registration> {
        self.registrations.get(&id)
    }

    /// Those who wait, in their order.
    fn waiting(&self) -> impl Iterator<Item = QueueEntry> {
        self.queue.values().filter_map(|id| self.registrations.get(id)).map(Registration::queue_entry)
    }

    /// What the decisions since the last time have caused.
    pub(super) fn take_facts(&mut self) -> Vec<DomainEvent> {
        std::mem::take(&mut self.facts)
    }

    /// Who left the queue, if anybody did: everybody behind can compute their own position.
    pub(super) fn take_moves(&mut self) -> Option<DomainEvent> {
        if self.left_queue.is_empty() {
            return None;
        }
        let mut left = std::mem::take(&mut self.left_queue);
        left.sort_unstable();
        Some(DomainEvent::WaitlistMoved { club: self.event().club, event: self.event().id, left })
    }

    /// The counters, if they have changed; they are taken as written.
    pub(super) fn take_changed_roster(&mut self) -> Option<Roster> {
        let roster = self.event().roster;
        let before = std::mem::replace(&mut self.roster_before, roster);
        (roster != before).then_some(roster)
    }

    /// Adds what has to be written to `entries`, and takes it as written.
    pub(super) fn drain_into(&mut self, entries: &mut Entries) {
        let find = |id: &RegistrationId| self.registrations.get(id).cloned();
        entries.arrivals.extend(self.arrivals.iter().filter_map(find));
        for id in &self.arrivals {
            self.changed.remove(id);
        }
        entries.changed.extend(self.changed.iter().filter_map(find));
        entries.decisions.append(&mut self.decisions);
        self.arrivals.clear();
        self.changed.clear();
    }
}
