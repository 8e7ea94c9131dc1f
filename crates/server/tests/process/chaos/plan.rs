//! What is done in which order, and what happens meanwhile: all of it follows from the seed.

use std::collections::{HashSet, VecDeque};
use std::fmt;

/// How many people take part. The first of them owns the club.
pub(crate) const PEOPLE: usize = 151;

/// How many steps there are.
const STEPS: usize = 350;

/// How many things go wrong.
const TROUBLES: usize = 4;

/// How many steps lie between a registration and giving it up, so that it has usually been answered.
const PATIENCE: usize = 20;

/// How often a waiting party may be passed.
const PASS_LIMITS: [u16; 4] = [0, 1, 2, 5];

/// Everything that is going to be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Plan {
    pub(crate) seed: u64,
    pub(crate) pass_limit: u16,
    pub(crate) events: Vec<EventPlan>,
    pub(crate) steps: Vec<Step>,
    /// In the order of the steps that they come before.
    pub(crate) troubles: Vec<(usize, Trouble)>,
}

/// An event before anything happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct EventPlan {
    pub(crate) capacity: u32,
    pub(crate) waitlist: Waitlist,
}

/// Who may wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Waitlist {
    Open,
    UpTo(u32),
    Closed,
}

/// One thing that somebody does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Step {
    /// Which of the people.
    pub(crate) person: usize,
    /// Which of the events.
    pub(crate) event: usize,
    pub(crate) act: Act,
    /// The key under which it is sent again until it is answered; without one it is sent once.
    pub(crate) key: Option<String>,
    /// To which node it is sent first.
    pub(crate) node: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Act {
    Register { party: u16 },
    Cancel,
    Resize { capacity: u32 },
}

/// One thing that goes wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Trouble {
    /// One node is killed, and started again.
    KillNode(usize),
    /// Every node is killed, then all are started again.
    KillAllNodes,
    /// Of the nodes' connections to the database about so many in a hundred are ended.
    EndConnections { percent: u8, choice: u64 },
    /// Transactions are committed, and the connections are ended over which that would have been said.
    LoseAnswers,
    /// The database crashes, and recovers.
    CrashDatabase,
}

impl Plan {
    pub(crate) fn of(seed: u64) -> Self {
        let mut chance = fastrand::Rng::with_seed(seed);
        let events: Vec<EventPlan> =
            (0..chance.usize(2..=4)).map(|_| EventPlan::write(&mut chance)).collect();
        let mut writer = Writer::new(&mut chance, &events);
        let steps = (0..STEPS).map(|number| writer.step(number)).collect();
        let troubles = troubles(&mut chance);
        let pass_limit = *chance.choice(&PASS_LIMITS).unwrap();
        Self { seed, pass_limit, events, steps, troubles }
    }

    /// The same without anything going wrong.
    pub(crate) fn undisturbed(self) -> Self {
        Self { troubles: Vec::new(), ..self }
    }

    /// All steps, a line for each.
    pub(crate) fn in_full(&self) -> String {
        let mut lines = vec![self.to_string()];
        let mut troubles = self.troubles.iter().peekable();
        for (number, step) in self.steps.iter().enumerate() {
            while let Some((_, trouble)) = troubles.next_if(|(at, _)| *at == number) {
                lines.push(format!("  -- {trouble}"));
            }
            lines.push(format!("  {number:>3} {step}"));
        }
        lines.join("\n")
    }
}

impl EventPlan {
    fn write(chance: &mut fastrand::Rng) -> Self {
        let waitlist = match chance.u8(0..10) {
            0..6 => Waitlist::Open,
            6..8 => Waitlist::UpTo(chance.u32(2..=15)),
            _ => Waitlist::Closed,
        };
        Self { capacity: chance.u32(3..=30), waitlist }
    }
}

/// Things that go wrong at different steps.
fn troubles(chance: &mut fastrand::Rng) -> Vec<(usize, Trouble)> {
    let stretch = STEPS / TROUBLES;
    let trouble = |number| {
        // Not before there is something to lose, nor so late that nobody meets it.
        let at = number * stretch + chance.usize(stretch / 4..stretch);
        let what = match chance.u8(0..100) {
            0..25 => Trouble::KillNode(chance.usize(0..2)),
            25..40 => Trouble::KillAllNodes,
            40..60 => Trouble::LoseAnswers,
            60..75 => Trouble::EndConnections { percent: chance.u8(20..=100), choice: chance.u64(..) },
            _ => Trouble::CrashDatabase,
        };
        (at, what)
    };
    (0..TROUBLES).map(trouble).collect()
}

/// Writes steps that make sense one after another, as far as one can tell without the answers.
struct Writer<'a> {
    chance: &'a mut fastrand::Rng,
    capacities: Vec<u32>,
    /// Who probably holds a registration of which event, the oldest first, with the step that made it.
    holders: VecDeque<(usize, usize, usize)>,
    /// Who holds one, to know who would ask in vain.
    held: HashSet<(usize, usize)>,
}

impl<'a> Writer<'a> {
    fn new(chance: &'a mut fastrand::Rng, events: &[EventPlan]) -> Self {
        let capacities = events.iter().map(|event| event.capacity).collect();
        Self { chance, capacities, holders: VecDeque::new(), held: HashSet::new() }
    }

    fn step(&mut self, number: usize) -> Step {
        let event = self.chance.usize(0..self.capacities.len());
        let (person, event, act) = match self.chance.u8(0..100) {
            0..12 => (0, event, self.resize(event)),
            12..42 => self.cancel(number).unwrap_or_else(|| self.register(number, event)),
            _ => self.register(number, event),
        };
        // An edit of an event takes no key.
        let keyed = !matches!(act, Act::Resize { .. }) && self.chance.u8(0..3) > 0;
        let key = keyed.then(|| format!("{:032x}", self.chance.u128(..)));
        Step { person, event, act, key, node: self.chance.usize(0..2) }
    }

    fn resize(&mut self, event: usize) -> Act {
        let capacity = &mut self.capacities[event];
        *capacity = if self.chance.bool() {
            *capacity + self.chance.u32(1..=4)
        } else {
            capacity.saturating_sub(self.chance.u32(1..=6)).max(1)
        };
        Act::Resize { capacity: *capacity }
    }

    fn register(&mut self, number: usize, event: usize) -> (usize, usize, Act) {
        let mut person = self.chance.usize(1..PEOPLE);
        // Few ask again for what they have.
        while self.held.contains(&(person, event)) && self.chance.u8(0..8) > 0 {
            person = self.chance.usize(1..PEOPLE);
        }
        if self.held.insert((person, event)) {
            self.holders.push_back((number, person, event));
        }
        let party = *self.chance.choice(&[1, 1, 1, 1, 2, 2, 3, 4]).unwrap();
        (person, event, Act::Register { party })
    }

    fn cancel(&mut self, number: usize) -> Option<(usize, usize, Act)> {
        let ripe = self.holders.iter().take_while(|(since, ..)| since + PATIENCE <= number).count();
        let chosen = self.chance.usize(0..ripe.max(1));
        let (_, person, event) = *self.holders.get(chosen).filter(|_| chosen < ripe)?;
        // Some give up a second time what they have given up (rule R7).
        if self.chance.u8(0..8) > 0 {
            self.holders.remove(chosen);
            self.held.remove(&(person, event));
        }
        Some((person, event, Act::Cancel))
    }
}

impl fmt::Display for Plan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "seed {}, at most {} passes", self.seed, self.pass_limit)?;
        for (number, event) in self.events.iter().enumerate() {
            writeln!(f, "  event {number}: {} seats, waitlist {:?}", event.capacity, event.waitlist)?;
        }
        for (at, trouble) in &self.troubles {
            writeln!(f, "  before step {at} of {}: {trouble}", self.steps.len())?;
        }
        Ok(())
    }
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { person, event, act, key, node } = self;
        let again = if key.is_some() { "until answered" } else { "once" };
        match act {
            Act::Register { party } => write!(f, "person {person} registers {party} for event {event}")?,
            Act::Cancel => write!(f, "person {person} gives up their place at event {event}")?,
            Act::Resize { capacity } => write!(f, "event {event} is to have {capacity} seats")?,
        }
        write!(f, ", node {node} first, {again}")
    }
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::KillNode(node) => write!(f, "node {node} is killed"),
            Self::KillAllNodes => f.write_str("all nodes are killed"),
            Self::EndConnections { percent, .. } => write!(f, "{percent}% of the connections are ended"),
            Self::LoseAnswers => f.write_str("connections are ended in the midst of their commits"),
            Self::CrashDatabase => f.write_str("the database crashes"),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;

    #[test]
    fn a_plan_follows_from_its_seed() {
        assert_eq!(Plan::of(7), Plan::of(7));
        assert_eq!(Plan::of(7).in_full(), Plan::of(7).in_full());
        assert_ne!(Plan::of(7), Plan::of(8));
    }

    /// The plans are worth nothing if they never get to the interesting places.
    #[test]
    fn twenty_plans_have_everything_in_them() {
        let mut seen: HashMap<&'static str, usize> = HashMap::new();
        for plan in (1..=20).map(Plan::of) {
            assert!(plan.troubles.is_sorted_by_key(|(at, _)| *at) && plan.troubles.len() == TROUBLES);
            let events = plan.events.iter().map(|event| match event.waitlist {
                Waitlist::Open => "open",
                Waitlist::UpTo(_) => "capped",
                Waitlist::Closed => "closed",
            });
            let troubles = plan.troubles.iter().map(|(_, trouble)| match trouble {
                Trouble::KillNode(0) => "first node",
                Trouble::KillNode(_) => "second node",
                Trouble::KillAllNodes => "all nodes",
                Trouble::EndConnections { .. } => "connections",
                Trouble::LoseAnswers => "answers",
                Trouble::CrashDatabase => "database",
            });
            let steps = plan.steps.iter().flat_map(|step| match (step.act, &step.key) {
                (Act::Register { party: 1 }, None) => ["register", "alone"],
                (Act::Register { .. }, None) => ["register", "together"],
                (Act::Register { .. }, Some(_)) => ["register", "register, keyed"],
                (Act::Cancel, None) => ["cancel", "cancel, once"],
                (Act::Cancel, Some(_)) => ["cancel", "cancel, keyed"],
                (Act::Resize { .. }, _) => ["resize", "resize, once"],
            });
            for what in events.chain(troubles).chain(steps) {
                *seen.entry(what).or_default() += 1;
            }
        }
        assert!(seen.len() == 18 && seen.values().all(|times| *times >= 5), "{seen:#?}");
    }
}
