//! Random histories: events of every kind, and rounds of orders.

use proptest::prelude::*;
use proptest::sample::Index;
use spotter_domain::event::EventStatus;
use spotter_domain::waitlist::WaitlistPolicy;

/// How many people there are. The first is a coach, the next three are members, the others are strangers.
pub(super) const PEOPLE: usize = 9;

#[derive(Clone, Debug)]
pub(super) struct History {
    pub(super) events: Vec<Class>,
    pub(super) pass_limit: u16,
    pub(super) largest_batch: usize,
    pub(super) shards: usize,
    pub(super) rounds: Vec<Round>,
}

#[derive(Clone, Debug)]
pub(super) struct Class {
    pub(super) capacity: u32,
    pub(super) waitlist: WaitlistPolicy,
    pub(super) status: EventStatus,
    /// Minutes from the beginning to its start.
    pub(super) starts_after: u32,
    /// Minutes from its cut-off to its start.
    pub(super) cutoff_before: u32,
}

/// Orders that come at the same time, so long after those before.
#[derive(Clone, Debug)]
pub(super) struct Round {
    pub(super) minutes: u64,
    pub(super) steps: Vec<Step>,
}

#[derive(Clone, Debug)]
pub(super) struct Step {
    pub(super) by: By,
    pub(super) want: Want,
    pub(super) key: Option<u8>,
}

#[derive(Clone, Copy, Debug)]
pub(super) enum By {
    /// One of the people.
    Person(usize),
    /// Whoever holds the registration that it is about.
    Holder,
}

#[derive(Clone, Debug)]
pub(super) enum Want {
    Register {
        event: Index,
        party: u16,
        /// One of the people, or, one further, somebody whom nobody knows.
        other: Option<usize>,
    },
    Cancel(Which),
    Attend(Which, bool),
}

/// A registration that an earlier round has left.
#[derive(Clone, Copy, Debug)]
pub(super) enum Which {
    Made(Index),
    Unknown,
}

fn class() -> impl Strategy<Value = Class> {
    let waitlist = prop_oneof![
        4 => Just(WaitlistPolicy::Open),
        1 => Just(WaitlistPolicy::Closed),
        2 => (0_u32..8).prop_map(WaitlistPolicy::UpTo),
    ];
    let status = prop_oneof![
        8 => Just(EventStatus::Published),
        1 => Just(EventStatus::Draft),
        1 => Just(EventStatus::Cancelled),
    ];
    (1_u32..=6, waitlist, status, 5_u32..120, prop_oneof![Just(0), 1_u32..60]).prop_map(
        |(capacity, waitlist, status, starts_after, cutoff_before)| Class {
            capacity,
            waitlist,
            status,
            starts_after,
            cutoff_before,
        },
    )
}

fn which() -> impl Strategy<Value = Which> {
    prop_oneof![12 => any::<Index>().prop_map(Which::Made), 1 => Just(Which::Unknown)]
}

fn step() -> impl Strategy<Value = Step> {
    let person = || (0..PEOPLE).prop_map(By::Person);
    let register = |other| {
        (any::<Index>(), prop_oneof![3 => Just(1_u16), 2 => 2_u16..=4], other)
            .prop_map(|(event, party, other)| Want::Register { event, party, other })
    };
    let by_about = || prop_oneof![4 => Just(By::Holder), 2 => Just(By::Person(0)), 1 => person()];
    let attend = (which(), any::<bool>()).prop_map(|(which, came)| Want::Attend(which, came));
    let wanted = prop_oneof![
        8 => (person(), register(Just(None).boxed())),
        // Mostly by the coach, who may.
        2 => (prop_oneof![2 => Just(By::Person(0)), 1 => person()], register((0..=PEOPLE).prop_map(Some).boxed())),
        6 => (by_about(), which().prop_map(Want::Cancel)),
        2 => (by_about(), attend),
    ];
    let key = prop_oneof![5 => Just(None), 1 => (0_u8..3).prop_map(Some)];
    (wanted, key).prop_map(|((by, want), key)| Step { by, want, key })
}

/// Histories with up to so many orders in a round.
pub(super) fn histories(steps: usize) -> impl Strategy<Value = History> {
    let minutes = prop_oneof![2 => Just(0), 1 => 0_u64..40];
    let round = (minutes, prop::collection::vec(step(), 1..=steps));
    let round = round.prop_map(|(minutes, steps)| Round { minutes, steps });
    let batches =
        (prop_oneof![3 => Just(64_usize), 1 => 2_usize..9], prop_oneof![2 => Just(1_usize), 1 => Just(3)]);
    (prop::collection::vec(class(), 1..=3), 0_u16..4, batches, prop::collection::vec(round.boxed(), 1..=4))
        .prop_map(|(events, pass_limit, (largest_batch, shards), rounds)| History {
            events,
            pass_limit,
            largest_batch,
            shards,
            rounds,
        })
}
