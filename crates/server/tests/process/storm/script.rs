//! What each person is going to do.

use std::collections::VecDeque;

use super::Parties;
use crate::support::Person;

/// One thing that somebody does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// Registers.
    Register { party: u16 },
    /// Registers twice at the same moment, with different keys: only one of them can be.
    RegisterTwiceAtOnce { party: u16 },
    /// Registers while the registration before is active.
    RegisterInVain,
    /// Gives the registration up.
    Cancel,
    /// Gives up what was given up before (rule R7).
    CancelAgain,
}

/// What somebody does upon an answer that does not come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Temper {
    /// Sends it again under the same key until there is an answer.
    Patient,
    /// Goes away, and never learns whether it was done.
    GivesUp,
}

/// What somebody is going to do, in order.
#[derive(Clone, Debug)]
pub(crate) struct Script {
    pub(crate) person: Person,
    pub(crate) temper: Temper,
    pub(crate) steps: VecDeque<Step>,
}

impl Script {
    pub(crate) fn write(person: &Person, parties: Parties, chance: &mut fastrand::Rng) -> Self {
        let party = match parties {
            Parties::OfOne => 1,
            Parties::Mixed => *chance.choice(&[1, 1, 1, 1, 1, 2, 2, 3]).unwrap(),
        };
        let register = Step::Register { party };
        let steps: &[Step] = match chance.u8(0..100) {
            0..50 => &[register],
            50..72 => &[register, Step::Cancel],
            72..80 => &[register, Step::Cancel, Step::CancelAgain],
            80..88 => &[register, Step::Cancel, Step::Register { party: 1 }],
            88..94 => &[Step::RegisterTwiceAtOnce { party }],
            _ => &[register, Step::RegisterInVain],
        };
        let temper = if chance.u8(0..8) == 0 { Temper::GivesUp } else { Temper::Patient };
        Self { person: person.clone(), temper, steps: steps.iter().copied().collect() }
    }

    pub(crate) fn len(&self) -> usize {
        self.steps.len()
    }
}
