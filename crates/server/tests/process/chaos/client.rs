//! The clients: each takes the next step of the plan, sends it, and writes down what became of it.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use parking_lot::Mutex;
use tokio::sync::watch;
use uuid::Uuid;

use super::evidence::{Deed, Evidence, Wish};
use super::plan::{Act, Plan, Step};
use crate::storm::fleet::Addresses;
use crate::storm::journal::Fate;
use crate::support::club::{self, text};
use crate::support::{Answer, Api, Call, Class, Person, wait};

/// How long a client waits before it sends a request again.
const PAUSE: Duration = Duration::from_millis(25);

/// How often one request is sent at most: nothing that goes wrong keeps both nodes away for so long.
const PATIENCE: usize = 800;

/// What all clients share.
pub(crate) struct Crowd {
    pub(crate) plan: Plan,
    pub(crate) people: Arc<[Person]>,
    /// The plan's events.
    pub(crate) classes: Vec<Class>,
    addresses: Addresses,
    api: Api,
    /// How many steps have been taken.
    taken: watch::Sender<usize>,
    /// How many steps may be taken: what goes wrong before a step has to begin before it.
    allowed: watch::Sender<usize>,
    moments: AtomicU64,
    known: Mutex<HashMap<(usize, usize), Known>>,
}

/// What is known of a person's registration of an event.
#[derive(Clone, Copy, Debug, Default)]
struct Known {
    /// The last one that was acknowledged or seen.
    registration: Option<Uuid>,
    /// Whether there may be another one since.
    unsure: bool,
}

impl Crowd {
    pub(crate) fn new(plan: Plan, people: Arc<[Person]>, classes: Vec<Class>, addresses: Addresses) -> Self {
        Self {
            plan,
            people,
            classes,
            addresses,
            api: Api::new(),
            taken: watch::Sender::new(0),
            allowed: watch::Sender::new(0),
            moments: AtomicU64::new(0),
            known: Mutex::default(),
        }
    }

    /// Waits until the step of that number was taken.
    pub(crate) async fn has_come_to(&self, step: usize) {
        self.taken.subscribe().wait_for(|taken| *taken > step).await.unwrap();
    }

    /// Lets steps be taken up to that number.
    pub(crate) fn allow(&self, steps: usize) {
        self.allowed.send_replace(steps);
    }

    fn moment(&self) -> u64 {
        self.moments.fetch_add(1, Ordering::SeqCst)
    }

    /// Takes one step after the other until none is left.
    pub(crate) async fn serve(self: Arc<Self>) -> Evidence {
        let mut evidence = Evidence::default();
        let mut allowed = self.allowed.subscribe();
        loop {
            let mut number = 0;
            self.taken.send_modify(|taken| {
                number = *taken;
                *taken += 1;
            });
            let Some(step) = self.plan.steps.get(number) else { return evidence };
            allowed.wait_for(|allowed| *allowed > number).await.unwrap();
            if let Some((wish, call)) = self.wish(step, &mut evidence).await {
                evidence.deeds.push(self.act(number, step, wish, call).await);
            }
        }
    }

    /// What the step comes to, as things are known; nothing if there is nothing to give up.
    async fn wish(&self, step: &Step, evidence: &mut Evidence) -> Option<(Wish, Call)> {
        let (person, class) = (&self.people[step.person], &self.classes[step.event]);
        match step.act {
            Act::Register { party } => Some((Wish::Register { party }, class.register(person, party))),
            Act::Resize { capacity } => Some((Wish::Resize { capacity }, class.resize(capacity))),
            Act::Cancel => {
                let known = *self.known.lock().entry((step.person, step.event)).or_default();
                let mut registration = known.registration;
                if known.unsure
                    && let Some(seen) = self.look(step).await
                {
                    evidence.sightings.push(seen);
                    registration = Some(seen);
                }
                let registration = registration?;
                Some((Wish::Cancel { registration }, club::give_up(person, registration)))
            }
        }
    }

    /// The active registration of somebody who never learned whether they have one.
    async fn look(&self, step: &Step) -> Option<Uuid> {
        let call =
            Call::get("/api/v1/me/registrations?when=upcoming&limit=100").by(&self.people[step.person]);
        let mine = self.ask(step.node, &call).await.expect(200);
        let class = &self.classes[step.event].id;
        let here =
            |item: &&serde_json::Value| text(item, "event_id") == class && item["status"] != "cancelled";
        mine["items"].as_array().unwrap().iter().find(here).map(|item| text(item, "id").parse().unwrap())
    }

    async fn act(&self, number: usize, step: &Step, wish: Wish, call: Call) -> Deed {
        let call = match &step.key {
            Some(key) => call.keyed(key.as_str()),
            None => call,
        };
        let account = self.people[step.person].id;
        let (event, key) = (step.event, step.key.clone());
        let sent = self.moment();
        let (fate, times) = self.settle(step, &call).await;
        let settled = self.moment();
        let mut known = self.known.lock();
        let known = known.entry((step.person, step.event)).or_default();
        match (&fate, wish) {
            (Fate::Done(body), Wish::Register { .. }) => {
                *known = Known { registration: Some(text(body, "id").parse().unwrap()), unsure: false };
            }
            (Fate::Unknown, Wish::Register { .. }) => known.unsure = true,
            _ => {}
        }
        Deed { step: number, account, event, wish, key, call, sent, settled, times, fate }
    }

    /// Sends a request, with a key until it is answered, without one until it was sent. Says how often it was sent.
    async fn settle(&self, step: &Step, call: &Call) -> (Fate, usize) {
        let keyed = step.key.is_some();
        let mut pause = wait::ticks(PAUSE);
        let (mut times, mut told) = (0, None);
        for node in step.node..step.node + PATIENCE {
            pause.tick().await;
            let answer = match self.api.send(self.addresses.of(node), call).await {
                Ok(answer) => answer,
                // Nobody was there to hear it.
                Err(error) if error.is_connect() => continue,
                Err(_) if keyed => {
                    times += 1;
                    continue;
                }
                Err(_) => return (Fate::Unknown, times + 1),
            };
            times += 1;
            match (answer.status.as_u16(), answer.code()) {
                (200 | 201, _) => return (Fate::Done(answer.body), times),
                (409, "idempotency_key_in_flight") => assert!(keyed, "{call:?} has no key: {answer:?}"),
                (409, code) => return (Fate::Refused(code.to_owned()), times),
                (503, _) if keyed => {}
                (503, _) => return (Fate::Unknown, times),
                (status, _) => panic!("{call:?} got {status}: {:#}", answer.body),
            }
            told = Some(answer);
        }
        panic!("{call:?} is never answered, but told: {told:?}")
    }

    /// Asks the nodes in turn until one answers what may be asked again.
    pub(crate) async fn ask(&self, first: usize, call: &Call) -> Answer {
        ask(&self.api, &self.addresses, first, call).await
    }
}

/// Asks the nodes in turn until one answers what may be asked again.
pub(crate) async fn ask(api: &Api, addresses: &Addresses, first: usize, call: &Call) -> Answer {
    let mut pause = wait::ticks(PAUSE);
    for node in first.. {
        pause.tick().await;
        match api.send(addresses.of(node), call).await {
            Ok(answer) if answer.status != 503 && answer.code() != "idempotency_key_in_flight" => {
                return answer;
            }
            Ok(_) | Err(_) => {}
        }
    }
    unreachable!("there is always a next node")
}
