//! What a batch of decisions has to know.

use std::collections::{BTreeMap, BTreeSet};

use spotter_domain::registration::{PartySize, QueueRequest, Registration, Standing, StandingRequest};

use crate::state::State;

impl State {
    /// As much of a queue as matters.
    fn front(&self, queue: QueueRequest) -> impl Iterator<Item = &Registration> {
        let mut ones = 0;
        let mut ended = false;
        self.waiting_after(queue.club, queue.event, None).take_while(move |waiting| {
            let goes_on = !ended;
            ones += u32::from(waiting.party_size == PartySize::default());
            ended = ones >= queue.seats;
            goes_on
        })
    }

    pub(super) fn standing(&self, request: &StandingRequest) -> Standing {
        let people: BTreeSet<_> = request.people.iter().copied().collect();
        let active = people.into_iter().filter_map(|(club, event, account)| {
            let theirs = |held: &&Registration| held.account == account && held.status.is_active();
            self.arrivals_after(club, event, None).find(theirs).cloned()
        });
        let named: BTreeSet<_> = request.named.iter().copied().collect();
        let named = named
            .into_iter()
            .filter_map(|id| Some((self.registrations.get(&id)?.clone(), self.log(id).cloned().collect())));
        let asked: BTreeMap<_, _> = request.queues.iter().map(|queue| (queue.event, *queue)).collect();
        let most = usize::try_from(request.most_entries).unwrap_or(usize::MAX);
        let queues: Vec<Registration> =
            asked.into_values().flat_map(|queue| self.front(queue)).take(most).cloned().collect();
        Standing {
            active: active.collect(),
            named: named.collect(),
            cut_off: !request.queues.is_empty() && queues.len() >= most,
            queues,
        }
    }
}
