//! A client: one request at a time, for several people.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use super::fleet::Addresses;
use super::journal::{Claim, Fate, History};
use super::script::{Script, Step, Temper};
use crate::support::{Api, Call, Class, Person, club, wait};

/// How long a client waits before it sends a request again.
const PAUSE: Duration = Duration::from_millis(25);

/// Sends what its people want to the nodes in turn.
pub(crate) struct Client {
    api: Api,
    addresses: Addresses,
    class: Class,
    chance: fastrand::Rng,
    /// How many steps have been done, by all clients.
    progress: Arc<AtomicUsize>,
}

impl Client {
    pub(crate) fn new(
        api: Api,
        addresses: Addresses,
        class: Class,
        chance: fastrand::Rng,
        progress: Arc<AtomicUsize>,
    ) -> Self {
        Self { api, addresses, class, chance, progress }
    }

    /// Lets everybody of `crowd` do what their scripts say, in any order among each other.
    pub(crate) async fn serve(mut self, mut crowd: Vec<Script>) -> Vec<History> {
        let mut histories: Vec<History> = crowd
            .iter()
            .map(|script| History { person: script.person.clone(), claims: Vec::new() })
            .collect();
        loop {
            let busy: Vec<usize> = (0..crowd.len()).filter(|of| !crowd[*of].steps.is_empty()).collect();
            let Some(of) = self.chance.choice(&busy) else { return histories };
            let script = &mut crowd[*of];
            if let Some(step) = script.steps.pop_front() {
                self.act(step, script.temper, &mut histories[*of]).await;
                self.progress.fetch_add(1, Ordering::Relaxed);
            }
            if histories[*of].lost() {
                self.progress.fetch_add(script.steps.len(), Ordering::Relaxed);
                script.steps.clear();
            }
        }
    }

    async fn act(&mut self, step: Step, temper: Temper, history: &mut History) {
        let person = history.person.clone();
        match step {
            Step::Register { party } => {
                let call = self.claim(&person, party);
                let fate = self.settle(&call, temper).await;
                assert!(!matches!(fate, Fate::Refused(_)), "{call:?} was refused: {fate:?}");
                self.sometimes_repeat(&call, &fate).await;
                history.claims.push(Claim::new(call, party, fate));
            }
            Step::RegisterTwiceAtOnce { party } => {
                let (one, other) = (self.claim(&person, party), self.claim(&person, party));
                let (first, second) = tokio::join!(
                    self.settle_at(0, &one, Temper::Patient),
                    self.settle_at(1, &other, Temper::Patient)
                );
                let refused = Fate::Refused(String::from("already_registered"));
                let both = [&first, &second];
                let done = both.iter().filter(|fate| matches!(fate, Fate::Done(_))).count();
                assert!(done == 1 && both.contains(&&refused), "rule R2: {both:?}");
                history.claims.extend([Claim::new(one, party, first), Claim::new(other, party, second)]);
            }
            Step::RegisterInVain => {
                let call = self.claim(&person, 1);
                let fate = self.settle(&call, Temper::Patient).await;
                assert_eq!(fate, Fate::Refused(String::from("already_registered")), "rule R2");
            }
            Step::Cancel | Step::CancelAgain => {
                let Some(claim) = history.latest() else { return };
                let Some(registration) = claim.acknowledged() else { return };
                let call = club::cancel(&person, registration).keyed(self.key());
                let fate = self.settle(&call, temper).await;
                if let Fate::Done(body) = &fate {
                    assert_eq!(body["status"], "cancelled");
                }
                assert!(!matches!(fate, Fate::Refused(_)), "{call:?} was refused: {fate:?}");
                // What was acknowledged once stays so, whatever becomes of doing it again.
                if !matches!(claim.cancelled, Some(Fate::Done(_))) {
                    claim.cancelled = Some(fate);
                }
            }
        }
    }

    fn claim(&mut self, person: &Person, party: u16) -> Call {
        self.class.register(person, party).keyed(self.key())
    }

    fn key(&mut self) -> String {
        format!("{:032x}", self.chance.u128(..))
    }

    /// Sends an acknowledged request once more, now and then, to any node, for the same answer (rule R10).
    async fn sometimes_repeat(&mut self, call: &Call, fate: &Fate) {
        if matches!(fate, Fate::Done(_)) && self.chance.u8(0..10) == 0 {
            assert_eq!(&self.settle(call, Temper::Patient).await, fate, "rule R10");
        }
    }

    async fn settle(&mut self, call: &Call, temper: Temper) -> Fate {
        let first = self.chance.usize(0..self.addresses.count());
        self.settle_at(first, call, temper).await
    }

    /// Sends a request to one node after the other until it is answered.
    async fn settle_at(&self, first: usize, call: &Call, temper: Temper) -> Fate {
        let mut pause = wait::ticks(PAUSE);
        for number in first.. {
            pause.tick().await;
            let Ok(answer) = self.api.send(self.addresses.of(number), call).await else {
                if temper == Temper::GivesUp {
                    return Fate::Unknown;
                }
                continue;
            };
            match (answer.status.as_u16(), answer.code()) {
                (200 | 201, _) => return Fate::Done(answer.body),
                (409, "idempotency_key_in_flight") | (503, _) => {}
                (409, code) => return Fate::Refused(code.to_owned()),
                (status, _) => panic!("{call:?} got {status}: {:#}", answer.body),
            }
        }
        unreachable!("there is always a next number")
    }
}
