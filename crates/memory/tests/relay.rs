//! The relay, over a store in memory: who is told what, in which order, and what becomes of failures.

#![expect(clippy::unwrap_used, reason = "a helper that meets something unexpected has failed its test")]

use std::future::pending;
use std::sync::{Arc, LazyLock};
use std::time::Duration;

use async_trait::async_trait;
use parking_lot::Mutex;
use spotter_application::outbox::{Handler, NotHandled, Relay, RelayNumbers, RelaySettings, Turn};
use spotter_domain::Store;
use spotter_domain::domain_event::DomainEvent;
use spotter_domain::id::MessageId;
use spotter_domain::outbox::{Backoff, OutboxMessage, OutboxNumbers, OutboxQueue};
use spotter_memory::MemoryStore;
use spotter_testkit::clock::{ManualClock, START};
use spotter_testkit::fixtures::{account, club, message_id};
use spotter_testkit::ids::SequentialIds;
use tokio::sync::Notify;

/// What a handler does when it is told.
#[derive(Clone, Copy)]
enum Manner {
    Handles,
    Fails,
    Panics,
    Hangs,
}

/// Writes down what it is told, and behaves as it is told to.
struct Listener {
    wants: fn(&DomainEvent) -> bool,
    manner: Mutex<fn(u64) -> Manner>,
    told: Mutex<Vec<u64>>,
    heard: Notify,
}

impl Listener {
    fn new(wants: fn(&DomainEvent) -> bool) -> Arc<Self> {
        let manner = Mutex::new((|_| Manner::Handles) as fn(u64) -> Manner);
        Arc::new(Self { wants, manner, told: Mutex::default(), heard: Notify::new() })
    }

    fn behaves(&self, manner: fn(u64) -> Manner) {
        *self.manner.lock() = manner;
    }

    /// The numbers of the messages that it was told since it was asked last.
    fn told(&self) -> Vec<u64> {
        std::mem::take(&mut self.told.lock())
    }
}

#[async_trait]
impl Handler for Listener {
    fn name(&self) -> &'static str {
        "listener"
    }

    fn wants(&self, event: &DomainEvent) -> bool {
        (self.wants)(event)
    }

    async fn handle(&self, message: &OutboxMessage) -> Result<(), NotHandled> {
        let number = (1..=1_000).find(|number| message_id(*number) == message.id).unwrap();
        self.told.lock().push(number);
        self.heard.notify_one();
        let manner = *self.manner.lock();
        match manner(number) {
            Manner::Handles => Ok(()),
            Manner::Fails => Err(NotHandled(String::from("nobody was at home"))),
            Manner::Panics => panic!("a handler that panics"),
            Manner::Hangs => pending().await,
        }
    }
}

/// A store, a clock, and what is wanted of relays.
#[derive(Clone, Default)]
struct Stage {
    store: MemoryStore,
    clock: ManualClock,
}

const SETTINGS: RelaySettings = RelaySettings {
    batch: 100,
    lanes: 16,
    lease: Duration::from_secs(30),
    handling: Duration::from_secs(10),
    // Nothing is to happen just because time passes.
    poll: Duration::from_hours(1),
    backoff: Backoff::new(Duration::from_mins(1), Duration::from_mins(1)),
};

impl Stage {
    /// Announces things: the number of a message, and of the account that it is about.
    async fn announce(&self, messages: &[(u64, u64)]) {
        let event = |about| DomainEvent::AccountCreated { account: account(about).id };
        self.write(messages.iter().map(|(number, about)| (*number, event(*about)))).await;
    }

    async fn write(&self, messages: impl Iterator<Item = (u64, DomainEvent)> + Send) {
        let message = |(number, event)| {
            let id: MessageId = message_id(number);
            OutboxMessage { id, event, created_at: START, trace_context: None }
        };
        let messages: Vec<_> = messages.map(message).collect();
        let mut work = self.store.begin().await.unwrap();
        work.outbox().append(&messages).await.unwrap();
        work.commit().await.unwrap();
    }

    fn relay(&self, handlers: &[&Arc<Listener>], settings: RelaySettings) -> Arc<Relay> {
        let handlers = handlers.iter().map(|handler| Arc::clone(*handler) as Arc<dyn Handler>).collect();
        let (queue, clock) = (Arc::new(self.store.clone()), Arc::new(self.clock.clone()));
        Arc::new(Relay::new(queue, clock, Arc::new(SequentialIds::default()), handlers, settings))
    }

    async fn numbers(&self) -> OutboxNumbers {
        self.store.numbers().await.unwrap()
    }
}

#[tokio::test]
async fn handlers_are_told_of_what_they_want() {
    let stage = Stage::default();
    let (accounts, everything) =
        (Listener::new(|event| matches!(event, DomainEvent::AccountCreated { .. })), Listener::new(|_| true));
    stage.announce(&[(1, 1), (3, 2)]).await;
    let changed = DomainEvent::ClubChanged { club: club(1).id, version: 2 };
    stage.write([(2, changed.clone()), (4, changed)].into_iter()).await;

    let turn = stage.relay(&[&accounts, &everything], SETTINGS).turn().await.unwrap();
    assert_eq!(turn, Turn { processed: 4, ..Turn::default() });
    assert_eq!((accounts.told(), everything.told()), (vec![1, 3], vec![1, 2, 3, 4]));
    assert_eq!(stage.numbers().await, OutboxNumbers::default());
}

#[tokio::test]
async fn what_nobody_wants_to_be_told_of_is_done_with() {
    let stage = Stage::default();
    stage.announce(&[(1, 1)]).await;
    let deaf = Listener::new(|_| false);
    let relay = stage.relay(&[&deaf], SETTINGS);
    assert_eq!(relay.turn().await.unwrap().processed, 1);
    assert_eq!((relay.turn().await.unwrap(), deaf.told()), (Turn::default(), vec![]));
}

#[tokio::test]
async fn a_failure_holds_back_its_aggregate_and_nothing_else() {
    let stage = Stage::default();
    let listener = Listener::new(|_| true);
    stage.announce(&[(1, 1), (2, 1), (3, 2), (4, 1), (5, 17)]).await;
    listener.behaves(|number| if number == 2 { Manner::Fails } else { Manner::Handles });
    let relay = stage.relay(&[&listener], SETTINGS);

    let turn = relay.turn().await.unwrap();
    assert_eq!(turn, Turn { processed: 3, failed: 1, died: 0, left: 1 });
    assert_eq!(listener.told(), [1, 2, 3, 5]);
    assert!(relay.turn().await.unwrap().is_idle());
    listener.behaves(|_| Manner::Handles);
    stage.clock.advance(Duration::from_mins(1));
    while !relay.turn().await.unwrap().is_idle() {}
    assert_eq!(listener.told(), [2, 4]);
    assert_eq!(stage.numbers().await, OutboxNumbers::default());
}

#[tokio::test]
async fn one_handler_that_fails_has_the_message_told_again_to_all() {
    let stage = Stage::default();
    let (first, second) = (Listener::new(|_| true), Listener::new(|_| true));
    second.behaves(|_| Manner::Fails);
    stage.announce(&[(1, 1)]).await;
    let relay = stage.relay(&[&first, &second], SETTINGS);
    relay.turn().await.unwrap();
    stage.clock.advance(Duration::from_mins(1));
    relay.turn().await.unwrap();
    assert_eq!((first.told(), second.told()), (vec![1, 1], vec![1, 1]));
}

#[tokio::test]
async fn a_handler_that_panics_or_takes_too_long_has_failed() {
    let stage = Stage::default();
    let listener = Listener::new(|_| true);
    listener.behaves(|number| match number {
        1 => Manner::Panics,
        2 => Manner::Hangs,
        _ => Manner::Handles,
    });
    stage.announce(&[(1, 1), (2, 2), (3, 3)]).await;
    let settings = RelaySettings { handling: Duration::from_millis(20), ..SETTINGS };
    let turn = stage.relay(&[&listener], settings).turn().await.unwrap();
    assert_eq!(turn, Turn { processed: 1, failed: 2, ..Turn::default() });
    assert_eq!(listener.told(), [1, 2, 3]);
}

#[tokio::test]
async fn what_fails_too_often_is_given_up_and_counted() {
    let stage = Stage::default();
    let listener = Listener::new(|_| true);
    listener.behaves(|_| Manner::Fails);
    stage.announce(&[(1, 1), (2, 1)]).await;
    let relay = stage.relay(&[&listener], SETTINGS);
    for _ in 0..20 {
        relay.turn().await.unwrap();
        stage.clock.advance(Duration::from_mins(1));
    }
    assert_eq!(listener.told(), [1; 20]);
    listener.behaves(|_| Manner::Handles);
    relay.turn().await.unwrap();
    assert_eq!(listener.told(), [2]);
    let RelayNumbers { turns, processed, failed, died, lag_max, .. } = relay.numbers();
    assert_eq!((turns, processed, failed, died), (21, 1, 20, 1));
    assert_eq!(lag_max, Duration::from_mins(20));
    assert_eq!(stage.numbers().await.dead, 1);
}

#[tokio::test]
async fn nothing_is_begun_that_could_outlast_the_lease() {
    static SLOW: LazyLock<ManualClock> = LazyLock::new(ManualClock::new);
    let stage = Stage { clock: SLOW.clone(), ..Stage::default() };
    let listener = Listener::new(|_| true);
    // Each takes eleven seconds of the thirty, and could take ten.
    listener.behaves(|_| {
        SLOW.advance(Duration::from_secs(11));
        Manner::Handles
    });
    stage.announce(&[(1, 1), (2, 2), (3, 3)]).await;
    let relay = stage.relay(&[&listener], SETTINGS);
    assert_eq!(relay.turn().await.unwrap(), Turn { processed: 2, left: 1, ..Turn::default() });
    assert_eq!(listener.told(), [1, 2]);
    let settings = RelaySettings { lease: Duration::ZERO, ..SETTINGS };
    assert!(stage.relay(&[&listener], settings).turn().await.unwrap().is_idle());
    assert_eq!((listener.told(), stage.numbers().await.pending), (vec![], 1));
}

#[tokio::test]
async fn a_hint_wakes_it_and_stopping_ends_it() {
    let stage = Stage::default();
    let listener = Listener::new(|_| true);
    let relay = stage.relay(&[&listener], SETTINGS);
    let stop = Arc::new(Notify::new());
    let running = tokio::spawn({
        let (relay, stop) = (Arc::clone(&relay), Arc::clone(&stop));
        async move { relay.run(stop.notified(), Duration::from_secs(5)).await }
    });
    for number in 1..=3 {
        stage.announce(&[(number, number)]).await;
        relay.hint().give();
        listener.heard.notified().await;
    }
    stop.notify_one();
    running.await.unwrap();
    assert_eq!(listener.told(), [1, 2, 3]);
    assert_eq!(stage.numbers().await.pending, 0, "what was handled was not settled before the end");
}

#[tokio::test]
async fn what_hangs_at_the_end_is_given_up_and_told_again() {
    let stage = Stage::default();
    let listener = Listener::new(|_| true);
    listener.behaves(|number| if number == 2 { Manner::Hangs } else { Manner::Handles });
    stage.announce(&[(1, 1), (2, 2), (3, 3)]).await;
    let relay = stage.relay(&[&listener], SETTINGS);
    let stop = async {
        while listener.told.lock().len() < 2 {
            listener.heard.notified().await;
        }
    };
    relay.run(stop, Duration::from_millis(20)).await;
    assert_eq!(listener.told(), [1, 2]);
    listener.behaves(|_| Manner::Handles);
    assert!(relay.turn().await.unwrap().is_idle(), "the lease had not run out");
    stage.clock.advance(Duration::from_secs(30));
    relay.turn().await.unwrap();
    assert_eq!(listener.told(), [1, 2, 3]);
}

#[tokio::test]
async fn two_at_once_tell_everything_once() {
    let stage = Stage::default();
    let listener = Listener::new(|_| true);
    let messages: Vec<_> = (1..=300).map(|number| (number, number % 19)).collect();
    stage.announce(&messages).await;
    let settings = RelaySettings { batch: 10, lanes: 4, ..SETTINGS };
    let (one, other) = (stage.relay(&[&listener], settings), stage.relay(&[&listener], settings));
    let drain = async |relay: Arc<Relay>| {
        while stage.numbers().await.pending > 0 {
            relay.turn().await.unwrap();
        }
    };
    tokio::join!(drain(one), drain(other));
    let told = listener.told();
    for about in 0..19 {
        assert!(told.iter().filter(|number| **number % 19 == about).is_sorted(), "{told:?}");
    }
    let mut sorted = told;
    sorted.sort_unstable();
    assert_eq!(sorted, (1..=300).collect::<Vec<_>>());
}

#[tokio::test]
async fn what_was_processed_long_ago_is_purged() {
    let stage = Stage::default();
    let listener = Listener::new(|_| true);
    let settings = RelaySettings { batch: 2, ..SETTINGS };
    let relay = stage.relay(&[&listener], settings);
    stage.announce(&[(1, 1), (2, 1), (3, 1), (4, 1), (5, 1)]).await;
    while !relay.turn().await.unwrap().is_idle() {}
    assert_eq!(relay.purge(Duration::from_hours(24)).await.unwrap(), 0);
    stage.clock.advance(Duration::from_hours(25));
    assert_eq!(relay.purge(Duration::from_hours(24)).await.unwrap(), 5);
}
