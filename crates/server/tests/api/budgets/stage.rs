//! Rows, as few or as many as a test wants, written without asking the interface for each

use spotter_application::workout::catalogue::catalogue;
use spotter_domain::account::ApiKey;
use spotter_domain::club::Role;
use spotter_domain::event::Event;
use spotter_domain::registration::{Decision, Outcome, Reason, Registration, RegistrationStatus};
use spotter_domain::waitlist::{QueueNumber, Roster, Waiting};
use spotter_testkit::clock::START;
use spotter_testkit::fixtures::{self, Seed, decision_id};

use super::history::{self, History};
use crate::support::steps::{account_id, membership};
use crate::support::{Person, TestApp};

/// How many API keys an account may have, less one.
pub(super) const MOST_KEYS: u64 = ApiKey::MAX_PER_ACCOUNT - 1;

/// A club whose owner, the caller, is registered for each of its events and waits for the first of them.
pub(super) struct Stage {
    pub(super) caller: Person,
    /// The first event. It is full, and as many wait as have seats.
    pub(super) event: String,
    /// The caller's registration for it. Its log has a line for each that waits.
    pub(super) registration: String,
    /// What the caller did.
    pub(super) history: History,
    /// Members of the club who let its coaches see what they do: one who did as much, and one who did nothing.
    pub(super) athlete: String,
    pub(super) idle_athlete: String,
}

impl Stage {
    /// So many clubs, events, seats taken and entries that wait for one.
    pub(super) async fn set(app: &TestApp, rows: u32) -> Self {
        let caller = app.person("Carla").await;
        let clubs: Vec<_> = (1..=u64::from(rows)).map(fixtures::club).collect();
        let accounts: Vec<_> = (1..=u64::from(rows) * 2).map(fixtures::account).collect();
        let mut memberships: Vec<_> =
            accounts.iter().map(|account| fixtures::membership(&clubs[0], account, Role::Member)).collect();
        memberships.push(membership(&clubs[0], &caller, Role::Owner));
        let mut events: Vec<_> =
            (1..=u64::from(rows)).map(|number| fixtures::event(number, &clubs[0], rows)).collect();
        let capacity = events[0].roster.capacity();
        // The caller alone has a seat in the others.
        for event in &mut events {
            event.roster = Roster::restore(capacity, 1, Waiting::default(), QueueNumber::new(2)).unwrap();
        }
        let last = QueueNumber::new(u64::from(rows) * 2 + 1);
        let waiting = Waiting { parties: rows + 1, seats: rows + 1 };
        events[0].roster = Roster::restore(capacity, rows, waiting, last.next()).unwrap();

        let mut registrations: Vec<_> = (1..)
            .zip(&accounts)
            .map(|(number, account)| {
                let waits = number > u64::from(rows);
                let status =
                    if waits { RegistrationStatus::Waitlisted } else { RegistrationStatus::Confirmed };
                Registration { status, ..fixtures::registration(number, &events[0], account) }
            })
            .collect();
        let mut own: Vec<_> = (1..).zip(&events).map(|(number, event)| own(&caller, number, event)).collect();
        own[0] =
            Registration { queue_number: last, status: RegistrationStatus::Waitlisted, ..own[0].clone() };
        let registration = own[0].clone();
        let decisions = (1..=rows).map(|line| passed(&registration, line)).collect();
        registrations.extend(own);
        let event = events[0].id.to_string();
        let consents = accounts.iter().map(|account| fixtures::consent(1, account.id)).collect();
        let (athlete, idle_athlete) = (accounts[0].id, accounts[1].id);
        let known = catalogue().exercises()[0].entry.id;
        let workout_sessions = (1..=u64::from(rows))
            .map(|number| history::session(10_000 + number, athlete, &[known, known]))
            .collect();
        let seed = Seed { accounts, clubs, memberships, events, registrations, decisions, ..Seed::default() };
        Seed { consents, workout_sessions, ..seed }.save(app.spotter.ports().store.as_ref()).await;
        let history = History::write(app, account_id(&caller), rows).await;
        keys(app, &caller, rows).await;
        Self {
            caller,
            event,
            registration: registration.id.to_string(),
            history,
            athlete: athlete.to_string(),
            idle_athlete: idle_athlete.to_string(),
        }
    }
}

/// The caller's.
fn own(caller: &Person, number: u64, event: &Event) -> Registration {
    let registration = fixtures::registration(10_000 + number, event, &fixtures::account(1));
    Registration { account: account_id(caller), queue_number: QueueNumber::FIRST, ..registration }
}

fn passed(registration: &Registration, line: u32) -> Decision {
    let (outcome, reason) = (Outcome::PassedOver, Reason::SeatsHeld { free: line });
    let id = decision_id(line.into());
    Decision { id, club: registration.club, registration: registration.id, at: START, outcome, reason }
}

/// As many keys as there may be, but for one that a test can make.
async fn keys(app: &TestApp, owner: &Person, rows: u32) {
    let mut unit = app.spotter.ports().store.begin().await.unwrap();
    for number in 1..=u64::from(rows).min(MOST_KEYS) {
        unit.api_keys().insert(&fixtures::api_key(number, account_id(owner))).await.unwrap();
    }
    unit.commit().await.unwrap();
}
