//! What the rules say, written down as plainly as can be and without a line of the domain's own deciding.
//!
//! The domain walks the queue once. The model does not walk: as long as somebody may be seated it looks, from
//! the head, for the first one who may, and seats them.

use spotter_domain::registration::{Reason, RegistrationStatus};
use spotter_domain::waitlist::{QueueNumber, WaitlistPolicy};

use crate::history::{START, Step};
use crate::world::{Answer, World};

/// Where a claim stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum State {
    Seated,
    Waiting,
    Gone,
}

/// One claim; its number is one more than its index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Claim {
    pub(crate) person: u8,
    pub(crate) party: u16,
    pub(crate) state: State,
    pub(crate) passes: u16,
}

/// An event as a list of claims and a few numbers.
#[derive(Clone, Debug)]
pub(crate) struct Model {
    pub(crate) claims: Vec<Claim>,
    capacity: u32,
    policy: WaitlistPolicy,
    limit: u16,
    now: u32,
    start: u32,
    cutoff: u32,
}

/// Numbers that were seated, with the free seats before each.
pub(crate) type Promoted = Vec<(u64, u32)>;
/// Numbers that were passed, with the reason of each pass.
pub(crate) type Passed = Vec<(u64, Reason)>;

impl Model {
    pub(crate) fn new(capacity: u32, policy: WaitlistPolicy, limit: u16) -> Self {
        Self { claims: Vec::new(), capacity, policy, limit, now: 0, start: START, cutoff: START }
    }

    /// The claims of a world, to ask the model about them.
    pub(crate) fn of(world: &World) -> Self {
        let mut model =
            Self::new(world.event.roster.capacity().seats(), world.event.waitlist, world.limit.get());
        model.claims = world.claims().to_vec();
        model
    }

    /// The seats of the claims that stand so.
    pub(crate) fn seats(&self, state: State) -> u32 {
        self.claims.iter().filter(|claim| claim.state == state).map(|claim| u32::from(claim.party)).sum()
    }

    pub(crate) fn parties(&self, state: State) -> u32 {
        self.claims.iter().filter(|claim| claim.state == state).map(|_| 1).sum()
    }

    fn free(&self) -> u32 {
        self.capacity - self.seats(State::Seated)
    }

    fn fits(&self, claim: &Claim) -> bool {
        u32::from(claim.party) <= self.free()
    }

    /// Whether whoever stands behind this one has to stay there.
    fn blocks(&self, claim: &Claim) -> bool {
        !self.fits(claim) && u32::from(claim.party) <= self.capacity && claim.passes >= self.limit
    }

    /// Who is seated next.
    fn next(&self) -> Option<usize> {
        for (index, claim) in self.claims.iter().enumerate() {
            if claim.state == State::Waiting {
                if self.fits(claim) {
                    return Some(index);
                }
                if self.blocks(claim) {
                    return None;
                }
            }
        }
        None
    }

    /// Seats whoever may be seated: who, with the free seats before, and who was passed, with the reason.
    pub(crate) fn settle(&mut self) -> (Promoted, Passed) {
        let (mut promoted, mut passed) = (Vec::new(), Vec::new());
        while let Some(next) = self.next() {
            let (free, capacity, limit) = (self.free(), self.capacity, self.limit);
            let passed_by = QueueNumber::new(next as u64 + 1);
            for (index, claim) in self.claims[..next].iter_mut().enumerate() {
                if claim.state == State::Waiting {
                    let reason = if u32::from(claim.party) > capacity {
                        Reason::PartyLargerThanCapacity { capacity, passed_by }
                    } else {
                        claim.passes += 1;
                        Reason::PartyDidNotFit { free, passed_by, pass: claim.passes, limit }
                    };
                    passed.push((index as u64 + 1, reason));
                }
            }
            self.claims[next].state = State::Seated;
            promoted.push((passed_by.get(), free));
        }
        (promoted, passed)
    }

    fn settle_if_open(&mut self) -> Answer {
        let (promoted, passed) = if self.now < self.cutoff { self.settle() } else { Default::default() };
        Answer { changed: true, promoted, passed, ..Answer::default() }
    }

    fn register(&mut self, person: u8, party: u16) -> Answer {
        let before = self.clone();
        if self.claims.iter().any(|claim| claim.person == person && claim.state != State::Gone) {
            return Answer::refused("already registered");
        }
        if self.now >= self.start {
            return Answer::refused("event closed");
        }
        if u32::from(party) > self.capacity {
            return Answer::refused("party too large");
        }
        let others = self.claims.len();
        self.claims.push(Claim { person, party, state: State::Waiting, passes: 0 });
        if self.now >= self.cutoff {
            let free = self.free();
            if self.claims[..others].iter().any(|claim| claim.state == State::Waiting)
                || u32::from(party) > free
            {
                *self = before;
                return Answer::refused("waitlist closed");
            }
            self.claims[others].state = State::Seated;
            let reason = Reason::SeatsAvailable { free };
            return Answer { changed: true, arrived: Some((others as u64 + 1, reason)), ..Answer::default() };
        }
        let (mut promoted, passed) = self.settle();
        let number = others as u64 + 1;
        let reason = if let Some((_, free)) = promoted.pop_if(|last| last.0 == number) {
            Reason::SeatsAvailable { free }
        } else {
            let refusal = match self.policy {
                WaitlistPolicy::Closed => Some("waitlist closed"),
                WaitlistPolicy::UpTo(cap) if self.seats(State::Waiting) > cap => Some("waitlist full"),
                WaitlistPolicy::UpTo(_) | WaitlistPolicy::Open => None,
            };
            if let Some(refusal) = refusal {
                *self = before;
                return Answer::refused(refusal);
            }
            let free = self.free();
            if self.fits(&self.claims[others]) {
                Reason::SeatsHeld { free }
            } else {
                Reason::NotEnoughSeats { free }
            }
        };
        Answer { changed: true, arrived: Some((number, reason)), promoted, passed, refusal: None }
    }

    /// Takes one step.
    pub(crate) fn take(&mut self, step: &Step) -> Answer {
        match *step {
            Step::Register { person, party } => self.register(person, party),
            Step::Cancel { person } => {
                let held = |claim: &&mut Claim| claim.person == person && claim.state != State::Gone;
                match self.claims.iter_mut().find(held) {
                    None => Answer::default(),
                    Some(claim) => {
                        claim.state = State::Gone;
                        self.settle_if_open()
                    }
                }
            }
            Step::Resize { capacity } if capacity < self.seats(State::Seated) => {
                Answer::refused("capacity below confirmed")
            }
            Step::Resize { capacity } => {
                self.capacity = capacity;
                self.settle_if_open()
            }
            Step::Wait { policy } => {
                self.policy = policy;
                self.settle_if_open()
            }
            Step::Limit { limit } => {
                self.limit = limit;
                Answer { changed: true, ..Answer::default() }
            }
            Step::Pass { minutes } => {
                self.now += minutes;
                Answer { changed: true, ..Answer::default() }
            }
            Step::Reschedule { start_in, cutoff_before } => {
                self.start = self.now + start_in;
                self.cutoff = self.start.saturating_sub(cutoff_before);
                self.settle_if_open()
            }
        }
    }
}

/// Where a registration of the domain stands, in the model's words.
pub(crate) fn state_of(status: RegistrationStatus) -> State {
    match status {
        RegistrationStatus::Confirmed | RegistrationStatus::Attended | RegistrationStatus::NoShow => {
            State::Seated
        }
        RegistrationStatus::Waitlisted => State::Waiting,
        RegistrationStatus::Cancelled => State::Gone,
    }
}
