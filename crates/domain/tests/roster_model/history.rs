//! Random histories of one event.

use proptest::collection::vec;
use proptest::prelude::*;
use spotter_domain::waitlist::WaitlistPolicy;

/// How many people take part: few, so that they meet their own registrations again.
pub(crate) const PEOPLE: u8 = 14;

/// When the event starts, in minutes from the beginning of the history.
pub(crate) const START: u32 = 1_000;

/// The event before anything happens.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Begin {
    pub(crate) capacity: u32,
    pub(crate) policy: WaitlistPolicy,
    pub(crate) limit: u16,
}

/// What happens to it.
#[derive(Clone, Debug)]
pub(crate) enum Step {
    /// Somebody asks for seats.
    Register { person: u8, party: u16 },
    /// Somebody gives up what they have.
    Cancel { person: u8 },
    /// A manager sets the capacity.
    Resize { capacity: u32 },
    /// A manager says who may wait.
    Wait { policy: WaitlistPolicy },
    /// A manager says how often the waiting may be passed.
    Limit { limit: u16 },
    /// Time passes, in minutes.
    Pass { minutes: u32 },
    /// A manager puts the event off, to start so many minutes from now, with its cut-off some minutes before.
    Reschedule { start_in: u32, cutoff_before: u32 },
}

/// An event and what happens to it.
#[derive(Clone, Debug)]
pub(crate) struct History {
    pub(crate) begin: Begin,
    pub(crate) steps: Vec<Step>,
}

fn policies() -> impl Strategy<Value = WaitlistPolicy> {
    prop_oneof![
        1 => Just(WaitlistPolicy::Closed),
        4 => Just(WaitlistPolicy::Open),
        2 => (0..=12_u32).prop_map(WaitlistPolicy::UpTo),
    ]
}

fn steps() -> impl Strategy<Value = Step> {
    prop_oneof![
        45 => (0..PEOPLE, 1..=6_u16).prop_map(|(person, party)| Step::Register { person, party }),
        35 => (0..PEOPLE).prop_map(|person| Step::Cancel { person }),
        15 => prop_oneof![1..=12_u32, 1..=5_u32].prop_map(|capacity| Step::Resize { capacity }),
        2 => policies().prop_map(|policy| Step::Wait { policy }),
        2 => (0..=6_u16).prop_map(|limit| Step::Limit { limit }),
        2 => (1..=300_u32).prop_map(|minutes| Step::Pass { minutes }),
        2 => (1..=1_000_u32, 0..=300_u32)
            .prop_map(|(start_in, cutoff_before)| Step::Reschedule { start_in, cutoff_before }),
    ]
}

/// Histories of up to sixty steps.
pub(crate) fn histories() -> impl Strategy<Value = History> {
    let begins = (1..=12_u32, policies(), 0..=6_u16).prop_map(|(capacity, policy, limit)| Begin {
        capacity,
        policy,
        limit,
    });
    (begins, vec(steps(), 1..=60)).prop_map(|(begin, steps)| History { begin, steps })
}
