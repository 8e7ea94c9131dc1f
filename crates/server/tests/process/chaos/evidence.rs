//! What was sent, what was answered, and in which order: all that the audit has beside the database.

use uuid::Uuid;

use crate::storm::journal::Fate;
use crate::support::Call;

/// One thing that was asked for.
#[derive(Clone, Debug)]
pub(crate) struct Deed {
    /// The number of its step in the plan.
    pub(crate) step: usize,
    /// Who asked.
    pub(crate) account: Uuid,
    /// Which of the plan's events it concerns.
    pub(crate) event: usize,
    pub(crate) wish: Wish,
    pub(crate) key: Option<String>,
    /// The request itself.
    pub(crate) call: Call,
    /// When it was first sent. Moments are counted, not measured: of two the smaller one was before the other.
    pub(crate) sent: u64,
    /// When its fate was known.
    pub(crate) settled: u64,
    /// How often it was sent.
    pub(crate) times: usize,
    pub(crate) fate: Fate,
}

/// What somebody asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wish {
    Register { party: u16 },
    Cancel { registration: Uuid },
    Resize { capacity: u32 },
}

/// Everything that the clients know at the end.
#[derive(Clone, Debug, Default)]
pub(crate) struct Evidence {
    /// In the order in which they were sent.
    pub(crate) deeds: Vec<Deed>,
    /// Registrations that somebody was shown in a list.
    pub(crate) sightings: Vec<Uuid>,
}

/// How much of everything there was.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Tally {
    pub(crate) done: usize,
    pub(crate) refused: usize,
    pub(crate) unknown: usize,
    /// Sent more than once.
    pub(crate) repeated: usize,
}

impl Deed {
    /// Until when it can have been done: it may be long after its sender went away without an answer.
    pub(crate) fn until(&self) -> u64 {
        if self.fate == Fate::Unknown { u64::MAX } else { self.settled }
    }

    pub(crate) fn is_unknown(&self) -> bool {
        self.fate == Fate::Unknown
    }

    /// The body of its acknowledgement.
    pub(crate) fn acknowledged(&self) -> Option<&serde_json::Value> {
        match &self.fate {
            Fate::Done(body) => Some(body),
            Fate::Refused(_) | Fate::Unknown => None,
        }
    }
}

impl Evidence {
    /// What concerns one event.
    pub(crate) fn of(&self, event: usize) -> impl Iterator<Item = &Deed> {
        self.deeds.iter().filter(move |deed| deed.event == event)
    }

    pub(crate) fn tally(&self) -> Tally {
        let count = |counted: fn(&Deed) -> bool| self.deeds.iter().filter(|deed| counted(deed)).count();
        Tally {
            done: count(|deed| deed.acknowledged().is_some()),
            refused: count(|deed| matches!(deed.fate, Fate::Refused(_))),
            unknown: count(Deed::is_unknown),
            repeated: count(|deed| deed.times > 1),
        }
    }
}

impl std::ops::AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.done += other.done;
        self.refused += other.refused;
        self.unknown += other.unknown;
        self.repeated += other.repeated;
    }
}
