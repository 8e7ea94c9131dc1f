//! A desk seen from the application itself: one event and people who want to come, without a network between.

use std::time::Duration;

use futures_util::future::join_all;
use spotter_application::operations::DeskNumbers;
use spotter_application::registration::{Cancel, Register};
use spotter_application::{BatchSettings, Caller, Error, IdempotentRequest, Ports, RequestContext, Spotter};
use spotter_domain::club::Role;
use spotter_domain::event::Event;
use spotter_domain::id::{AccountId, RegistrationId};
use spotter_domain::idempotency::IdempotencyKey;
use spotter_domain::page::{Limit, PageRequest};
use spotter_domain::registration::{
    PartySize, RegistrationListItem, RegistrationQueries, RegistrationStatus, RegistrationView,
};
use spotter_testkit::fixtures::{self, Seed};

use super::TestApp;
use super::app::Over;
use super::faults::Faults;

/// One shard, so that everything at once is one batch.
pub(crate) const ONE_SHARD: BatchSettings =
    BatchSettings { shards: 1, largest_batch: 512, longest_queue: 4_096, patience: Duration::from_secs(30) };

/// Longer than anything takes here.
const TOO_LONG: Duration = Duration::from_secs(20);

/// What somebody is told at the desk.
pub(crate) type Told = Result<RegistrationView, Error>;

/// An application with a class, its coach and a crowd.
pub(crate) struct Counter {
    pub(crate) app: TestApp,
    pub(crate) faults: Faults,
    pub(crate) event: Event,
    pub(crate) coach: AccountId,
    pub(crate) people: Vec<AccountId>,
}

impl Counter {
    /// That many people, and a class with that many seats.
    pub(crate) async fn open(over: Over, settings: BatchSettings, people: u64, seats: u32) -> Self {
        let (app, faults) = TestApp::with_desks(over, settings).await;
        let club = fixtures::club(1);
        let event = fixtures::event(1, &club, seats);
        let accounts: Vec<_> = (1..=people + 1).map(fixtures::account).collect();
        let coach = accounts[0].id;
        let people = accounts[1..].iter().map(|account| account.id).collect();
        let memberships = vec![fixtures::membership(&club, &accounts[0], Role::Coach)];
        let seed =
            Seed { accounts, memberships, clubs: vec![club], events: vec![event.clone()], ..Seed::default() };
        seed.save(app.spotter.ports().store.as_ref()).await;
        Self { app, faults, event, coach, people }
    }

    pub(crate) fn spotter(&self) -> &Spotter {
        &self.app.spotter
    }

    /// A seat for the person who registers.
    pub(crate) fn seat(&self) -> Register {
        Register { event: self.event.id, party_size: PartySize::default(), person: None }
    }

    /// One of the crowd registers.
    pub(crate) async fn register(&self, who: usize) -> Told {
        self.spotter().register(&context(self.people[who]), self.seat()).await
    }

    /// The same, under a key.
    pub(crate) async fn register_keyed(&self, who: usize, key: &str, body: &str) -> Told {
        self.spotter().register(&keyed(self.people[who], key, body), self.seat()).await
    }

    /// Several of the crowd register at once, in this order.
    pub(crate) async fn register_all(&self, who: impl IntoIterator<Item = usize>) -> Vec<Told> {
        join_all(who.into_iter().map(|who| self.register(who))).await
    }

    /// Somebody gives a registration up.
    pub(crate) async fn cancel(&self, by: AccountId, registration: RegistrationId) -> Told {
        self.spotter().cancel(&context(by), Cancel { registration }).await
    }

    /// Who is registered, in the order of the queue numbers: who of the crowd, and where they stand.
    pub(crate) async fn books(&self) -> Vec<(usize, RegistrationStatus)> {
        let all = registrations(self.spotter().ports(), &self.event).await;
        assert!(
            all.iter().zip(1..).all(|(registration, number)| registration.queue_number.get() == number),
            "queue numbers have gaps: {all:#?}"
        );
        let who = |account| self.people.iter().position(|person| *person == account).unwrap();
        all.iter().map(|registration| (who(registration.account), registration.status)).collect()
    }

    /// The numbers of the desk.
    pub(crate) fn numbers(&self) -> DeskNumbers {
        numbers(self.spotter())
    }

    /// Waits until so many wait for the batch that is at work.
    pub(crate) async fn until_waiting(&self, number: u64) {
        until(|| self.numbers().waiting == number).await;
    }
}

/// The numbers of the desk.
pub(crate) fn numbers(spotter: &Spotter) -> DeskNumbers {
    spotter.desk_numbers().into_iter().find(|desk| desk.name == "registration").unwrap()
}

/// Lets everybody else go on until something is seen. Fails the test when that takes too long.
pub(crate) async fn until(mut seen: impl FnMut() -> bool) {
    let looking = async {
        while !seen() {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(TOO_LONG, looking).await.expect("what was waited for did not happen");
}

/// What somebody asks for themselves.
pub(crate) fn context(account: AccountId) -> RequestContext {
    RequestContext::internal(Caller::Account(account))
}

/// The same under a key.
pub(crate) fn keyed(account: AccountId, key: &str, body: &str) -> RequestContext {
    let key = IdempotencyKey::parse(key).unwrap();
    let idempotency = Some(IdempotentRequest { key, content: body.as_bytes().to_vec() });
    RequestContext { idempotency, ..context(account) }
}

/// Every registration of an event, in the order of arrival.
pub(crate) async fn registrations(ports: &Ports, event: &Event) -> Vec<RegistrationListItem> {
    let queries: &dyn RegistrationQueries = ports.registrations.as_ref();
    let (mut all, mut after) = (Vec::new(), None);
    loop {
        let page = PageRequest { limit: Limit::clamped(Limit::MAX.into()), after };
        let page = queries.of_event(event.club, event.id, None, page).await.unwrap();
        all.extend(page.items);
        after = page.next;
        if after.is_none() {
            return all;
        }
    }
}
