//! One of two worlds in which the same happens.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use futures_util::future::join_all;
use spotter_application::registration::{Cancel, RecordAttendance, Register};
use spotter_application::{BatchSettings, Ports, RequestContext, Spotter};
use spotter_domain::club::{Club, Role};
use spotter_domain::domain_event::DomainEvent;
use spotter_domain::event::{Event, Schedule};
use spotter_domain::id::{AccountId, RegistrationId};
use spotter_domain::registration::{Attendance, PartySize, RegistrationStatus, Whereabouts};
use spotter_domain::waitlist::PassLimit;
use spotter_testkit::clock::ManualClock;
use spotter_testkit::fixtures::{self, Seed, after};
use spotter_testkit::ids::numbered;

use super::history::{By, Class, History, PEOPLE, Round, Step, Want, Which};
use super::known::Known;
use crate::support::counter::{Told, context, keyed, registrations};

/// Worlds over the same store are told apart by their numbers.
static WORLDS: AtomicU64 = AtomicU64::new(1);

/// How many of a kind one world may have.
const SPAN: u64 = 100;

/// A kind of identifiers that nothing else has.
const NOBODY: u8 = 200;

/// An order, with everybody and everything that it names.
#[derive(Clone)]
enum Order {
    Register(RequestContext, Register),
    Cancel(RequestContext, Cancel),
    Attend(RequestContext, RecordAttendance),
}

pub(super) struct World {
    spotter: Spotter,
    known: Arc<Known>,
    clock: ManualClock,
    events: Vec<Event>,
    people: Vec<AccountId>,
    /// What was made before this round, by event and queue number.
    made: Vec<(RegistrationId, Whereabouts)>,
    /// What identifiers stand for.
    names: HashMap<String, String>,
}

impl World {
    pub(super) async fn begin(mut ports: Ports, desks: BatchSettings, history: &History) -> Self {
        let first = WORLDS.fetch_add(1, Ordering::Relaxed) * SPAN;
        let clock = ManualClock::new();
        ports.clock = Arc::new(clock.clone());
        let known = Arc::new(Known::new(Arc::clone(&ports.registrations)));
        ports.registrations = known.clone();
        let club = Club { pass_limit: PassLimit::new(history.pass_limit).unwrap(), ..fixtures::club(first) };
        let accounts: Vec<_> = (first..first + PEOPLE as u64).map(fixtures::account).collect();
        let role = |place: usize| if place == 0 { Role::Coach } else { Role::Member };
        let memberships = accounts.iter().take(4).enumerate();
        let memberships =
            memberships.map(|(place, account)| fixtures::membership(&club, account, role(place))).collect();
        let events = history.events.iter().zip(first..);
        let events: Vec<_> = events.map(|(class, number)| event(class, number, &club)).collect();
        let people: Vec<_> = accounts.iter().map(|account| account.id).collect();
        let mut names = HashMap::from([(club.id.to_string(), String::from("club"))]);
        names
            .extend(people.iter().enumerate().map(|(n, person)| (person.to_string(), format!("person {n}"))));
        names
            .extend(events.iter().enumerate().map(|(n, event)| (event.id.to_string(), format!("event {n}"))));
        let seed =
            Seed { accounts, memberships, clubs: vec![club], events: events.clone(), ..Seed::default() };
        seed.save(ports.store.as_ref()).await;
        let spotter = Spotter::with_desks(ports, desks);
        Self { spotter, known, clock, events, people, made: Vec::new(), names }
    }

    /// Everybody comes at once, in this order.
    pub(super) async fn all_at_once(&mut self, round: &Round) -> Vec<String> {
        let orders = self.orders(round);
        let told = join_all(orders.iter().map(|order| self.submit(order))).await;
        self.told(told).await
    }

    /// The next one comes when the one before has been answered.
    pub(super) async fn one_by_one(&mut self, round: &Round) -> Vec<String> {
        let mut told = Vec::new();
        for order in self.orders(round) {
            told.push(self.submit(&order).await);
        }
        self.told(told).await
    }

    async fn submit(&self, order: &Order) -> Told {
        match order {
            Order::Register(context, register) => self.spotter.register(context, *register).await,
            Order::Cancel(context, cancel) => self.spotter.cancel(context, *cancel).await,
            Order::Attend(context, record) => self.spotter.record_attendance(context, *record).await,
        }
    }

    fn orders(&self, round: &Round) -> Vec<Order> {
        self.clock.advance(Duration::from_mins(round.minutes));
        let mut keys = HashSet::new();
        round.steps.iter().map(|step| self.order(step, &mut keys)).collect()
    }

    fn order(&self, step: &Step, keys: &mut HashSet<(AccountId, u8)>) -> Order {
        let about = match step.want {
            Want::Register { .. } => None,
            Want::Cancel(which) | Want::Attend(which, _) => Some(self.find(which)),
        };
        let by = match (step.by, &about) {
            (By::Person(number), _) => self.people[number],
            (By::Holder, Some((_, Some(place)))) => place.account,
            (By::Holder, _) => self.people[0],
        };
        // The same key twice at once is another matter than one after the other.
        let context = match step.key.filter(|key| keys.insert((by, *key))) {
            None => context(by),
            Some(key) => {
                let about = about.as_ref().map(|(id, _)| self.named(&id.to_string()));
                keyed(by, &format!("key {key}"), &format!("{:?} {about:?}", step.want))
            }
        };
        match step.want {
            Want::Register { event, party, other } => {
                let person = other.map(|number| {
                    self.people.get(number).copied().unwrap_or_else(|| numbered(NOBODY, 0).into())
                });
                let event = event.get(&self.events).id;
                Order::Register(
                    context,
                    Register { event, party_size: PartySize::new(party).unwrap(), person },
                )
            }
            Want::Cancel(_) => Order::Cancel(context, Cancel { registration: about.unwrap().0 }),
            Want::Attend(_, came) => {
                let attendance = if came { Attendance::Attended } else { Attendance::NoShow };
                Order::Attend(context, RecordAttendance { registration: about.unwrap().0, attendance })
            }
        }
    }

    fn find(&self, which: Which) -> (RegistrationId, Option<Whereabouts>) {
        match which {
            Which::Made(index) if !self.made.is_empty() => {
                let (id, place) = *index.get(&self.made);
                (id, Some(place))
            }
            _ => (numbered(NOBODY, 1).into(), None),
        }
    }

    /// What everybody was told, as it would be told in every world. Takes note of what was made.
    async fn told(&mut self, told: Vec<Told>) -> Vec<String> {
        self.made.clear();
        for (place, event) in self.events.iter().enumerate() {
            for registration in registrations(self.spotter.ports(), event).await {
                let whereabouts = Whereabouts {
                    club: event.club,
                    event: event.id,
                    account: registration.account,
                    party_size: PartySize::new(registration.party_size).unwrap(),
                };
                self.known.note(registration.id, whereabouts);
                self.made.push((registration.id, whereabouts));
                let name = format!("registration {} of event {place}", registration.queue_number);
                self.names.insert(registration.id.to_string(), name);
            }
        }
        let told = told.into_iter().map(|told| match told {
            Ok(view) => self.named(&serde_json::to_string(&view).unwrap()),
            Err(error) => self.named(&format!("{error:?}")),
        });
        told.collect()
    }

    /// What is written: counters, registrations and their logs.
    pub(super) async fn books(&self) -> Vec<String> {
        let ports = self.spotter.ports();
        let mut lines = Vec::new();
        let ids: Vec<_> = self.events.iter().map(|event| event.id).collect();
        let mut unit = ports.store.begin().await.unwrap();
        let locked = unit.events().lock(&ids).await.unwrap();
        unit.rollback().await.unwrap();
        for locked in locked {
            let (mut seated, mut waiting, mut parties) = (0, 0, 0);
            for registration in registrations(ports, &locked.event).await {
                let seen = ports.registrations.by_id(registration.id, self.people[0]).await.unwrap().unwrap();
                lines.push(self.named(&serde_json::to_string(&seen.registration).unwrap()));
                seated += u32::from(registration.party_size) * u32::from(registration.status.holds_seats());
                let waits = u32::from(registration.status == RegistrationStatus::Waitlisted);
                waiting += u32::from(registration.party_size) * waits;
                parties += waits;
            }
            let roster = locked.event.roster;
            assert_eq!(
                (roster.confirmed(), roster.waitlisted(), roster.waiting_parties()),
                (seated, waiting, parties)
            );
            lines.push(format!("{roster:?}"));
        }
        lines
    }

    /// What was announced of each event, in its order; and who left its queue, however that was told.
    pub(super) async fn announced(&self) -> BTreeMap<String, (Vec<String>, Vec<u64>)> {
        let ports = self.spotter.ports();
        let mut unit = ports.store.begin().await.unwrap();
        let messages = unit.outbox().pending(ports.clock.now(), u16::MAX).await.unwrap();
        unit.rollback().await.unwrap();
        let mut announced: BTreeMap<String, (Vec<String>, Vec<u64>)> = BTreeMap::new();
        for message in messages {
            let told = serde_json::to_value(&message.event).unwrap();
            let event = self.named(told["event"].as_str().unwrap_or_default());
            if !event.starts_with("event") {
                continue;
            }
            let (facts, left) = announced.entry(event).or_default();
            if let DomainEvent::WaitlistMoved { left: numbers, .. } = message.event {
                left.extend(numbers.into_iter().map(spotter_domain::waitlist::QueueNumber::get));
            } else {
                facts.push(self.named(&told.to_string()));
            }
        }
        for (_, left) in announced.values_mut() {
            left.sort_unstable();
        }
        announced
    }

    /// A text with everything called by what it is in every world. What has no name, as lines of logs, has none
    /// in any.
    fn named(&self, text: &str) -> String {
        let is_identifier = |text: &str| uuid::Uuid::try_parse(text).is_ok();
        let (mut named, mut rest) = (String::new(), text);
        while let Some(next) = rest.chars().next() {
            if let Some(identifier) = rest.get(..36).filter(|head| is_identifier(head)) {
                named.push_str(self.names.get(identifier).map_or("something", String::as_str));
                rest = &rest[36..];
            } else {
                named.push(next);
                rest = &rest[next.len_utf8()..];
            }
        }
        named
    }
}

fn event(class: &Class, number: u64, club: &Club) -> Event {
    let starts = i64::from(class.starts_after) * 60;
    let cutoff = (class.cutoff_before > 0).then(|| after(starts - i64::from(class.cutoff_before) * 60));
    Event {
        schedule: Schedule::new(after(starts), after(starts + 3_600), cutoff).unwrap(),
        status: class.status,
        waitlist: class.waitlist,
        ..fixtures::event(number, club, class.capacity)
    }
}
