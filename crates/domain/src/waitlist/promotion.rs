//! Promotion: who of the waiting gets the free seats.
//!
//! Entries are considered in the order of their numbers. One that fits the free seats is promoted. One that
//! does not may be passed by those behind it, each promotion counting as one pass, until it has been passed
//! as often as the club allows: from then on nothing behind it is promoted and free seats are held for it.
//! A party larger than the whole event can't be seated at all; it is passed without end and holds nothing.

use super::{PassLimit, QueueEntry, QueueNumber, Roster};
use crate::id::RegistrationId;
use crate::registration::Reason;

/// Whether a further entry could still matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flow {
    /// It could: show the next one.
    Next,
    /// It could not: no seat is free, or what is free is held.
    Done,
}

/// A walk along one queue, from its head.
#[derive(Debug)]
pub struct Promotion {
    roster: Roster,
    limit: PassLimit,
    skipped: Vec<QueueEntry>,
    settlement: Settlement,
    flow: Flow,
}

/// What a walk decided. Nothing in it has happened until it is saved together with the roster.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settlement {
    /// Who got seats, in the order of their numbers.
    pub promoted: Vec<Promoted>,
    /// Who was passed, in the order in which it happened: one entry may stand here several times.
    pub passed: Vec<Pass>,
}

/// An entry that got its seats.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Promoted {
    /// The entry.
    pub entry: QueueEntry,
    /// The free seats before it took its own.
    pub free: u32,
}

/// One time that an entry was passed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pass {
    /// Who was passed.
    pub registration: RegistrationId,
    /// How often it has now been passed.
    pub passes: u16,
    /// Why.
    pub reason: Reason,
}

impl Promotion {
    /// Begins at the head of the queue of `roster`.
    #[must_use]
    pub fn new(roster: Roster, limit: PassLimit) -> Self {
        let flow = if roster.free() == 0 { Flow::Done } else { Flow::Next };
        Self { roster, limit, skipped: Vec::new(), settlement: Settlement::default(), flow }
    }

    /// Whether a further entry could still matter.
    #[must_use]
    pub const fn flow(&self) -> Flow {
        self.flow
    }

    /// The roster as it stands after what was considered so far.
    #[must_use]
    pub const fn roster(&self) -> &Roster {
        &self.roster
    }

    pub(super) const fn roster_mut(&mut self) -> &mut Roster {
        &mut self.roster
    }

    /// Considers the next entry of the queue.
    pub fn consider(&mut self, entry: QueueEntry) -> Flow {
        if self.flow == Flow::Next {
            self.flow = self.decide(entry);
        }
        self.flow
    }

    fn decide(&mut self, entry: QueueEntry) -> Flow {
        let free = self.roster.free();
        if entry.party_size.seats() > free {
            if self.is_held_for(&entry) {
                return Flow::Done;
            }
            self.skipped.push(entry);
            return Flow::Next;
        }
        if self.skipped.iter().any(|skipped| self.is_held_for(skipped)) {
            return Flow::Done;
        }
        self.roster.confirm_waiting(entry.party_size);
        self.settlement.promoted.push(Promoted { entry, free });
        self.count_passes(entry.number, free);
        if self.roster.free() == 0 { Flow::Done } else { Flow::Next }
    }

    /// Whether an entry that does not fit has been passed often enough that seats are held for it.
    fn is_held_for(&self, entry: &QueueEntry) -> bool {
        entry.passes >= self.limit.get() && self.can_ever_fit(entry)
    }

    fn can_ever_fit(&self, entry: &QueueEntry) -> bool {
        entry.party_size.seats() <= self.roster.capacity().seats()
    }

    fn count_passes(&mut self, passed_by: QueueNumber, free: u32) {
        let capacity = self.roster.capacity().seats();
        let limit = self.limit.get();
        for skipped in &mut self.skipped {
            let reason = if skipped.party_size.seats() > capacity {
                Reason::PartyLargerThanCapacity { capacity, passed_by }
            } else {
                skipped.passes += 1;
                Reason::PartyDidNotFit { free, passed_by, pass: skipped.passes, limit }
            };
            self.settlement.passed.push(Pass {
                registration: skipped.registration,
                passes: skipped.passes,
                reason,
            });
        }
    }

    /// Ends the walk: the roster after it, and what it decided.
    #[must_use]
    pub fn finish(self) -> (Roster, Settlement) {
        (self.roster, self.settlement)
    }
}

impl Settlement {
    /// Whether nothing was decided.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.promoted.is_empty() && self.passed.is_empty()
    }

    /// The numbers that left the queue.
    #[must_use]
    pub fn left(&self) -> Vec<QueueNumber> {
        self.promoted.iter().map(|promoted| promoted.entry.number).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::Capacity;
    use crate::registration::PartySize;
    use crate::waitlist::Waiting;
    use uuid::Uuid;

    fn roster(capacity: u32, confirmed: u32) -> Roster {
        Roster::restore(
            Capacity::new(capacity).unwrap(),
            confirmed,
            Waiting::default(),
            QueueNumber::new(100),
        )
        .unwrap()
    }

    fn entry(number: u64, party: u16, passes: u16) -> QueueEntry {
        QueueEntry {
            registration: Uuid::from_u128(number.into()).into(),
            account: Uuid::from_u128(number.into()).into(),
            party_size: PartySize::new(party).unwrap(),
            number: QueueNumber::new(number),
            passes,
        }
    }

    fn settle(roster: Roster, limit: u16, queue: &[QueueEntry]) -> (Vec<u64>, Vec<(u64, u16)>, Roster) {
        let mut promotion = Promotion::new(roster, PassLimit::new(limit).unwrap());
        for entry in queue {
            if promotion.consider(*entry) == Flow::Done {
                break;
            }
        }
        let (roster, settlement) = promotion.finish();
        let number_of =
            |id: RegistrationId| queue.iter().find(|e| e.registration == id).unwrap().number.get();
        (
            settlement.promoted.iter().map(|p| p.entry.number.get()).collect(),
            settlement.passed.iter().map(|p| (number_of(p.registration), p.passes)).collect(),
            roster,
        )
    }

    #[test]
    fn r5_the_queue_number_is_the_order() {
        let (promoted, passed, roster) =
            settle(roster(10, 8), 5, &[entry(1, 1, 0), entry(2, 1, 0), entry(3, 1, 0)]);
        assert_eq!(promoted, [1, 2]);
        assert_eq!(passed, []);
        assert_eq!(roster.free(), 0);
    }

    #[test]
    fn r5_a_party_that_does_not_fit_is_passed_and_the_pass_is_counted() {
        let (promoted, passed, _) =
            settle(roster(10, 8), 5, &[entry(1, 3, 0), entry(2, 1, 0), entry(3, 1, 0)]);
        assert_eq!(promoted, [2, 3]);
        assert_eq!(passed, [(1, 1), (1, 2)]);
    }

    #[test]
    fn r5_after_the_last_pass_the_seats_are_held() {
        let (promoted, _, after) = settle(roster(10, 8), 5, &[entry(1, 3, 5), entry(2, 1, 0)]);
        assert_eq!(promoted, []);
        assert_eq!(after.free(), 2);
        let (promoted, passed, _) =
            settle(roster(10, 8), 5, &[entry(1, 3, 4), entry(2, 1, 0), entry(3, 1, 0)]);
        assert_eq!((promoted, passed), (vec![2], vec![(1, 5)]));
    }

    #[test]
    fn r5_an_entry_before_the_held_one_still_gets_its_seat() {
        let (promoted, _, _) = settle(roster(10, 8), 5, &[entry(1, 1, 0), entry(2, 3, 5), entry(3, 1, 0)]);
        assert_eq!(promoted, [1]);
    }

    #[test]
    fn r5_without_passes_the_queue_is_strict() {
        let (promoted, _, _) = settle(roster(10, 8), 0, &[entry(1, 3, 0), entry(2, 1, 0)]);
        assert_eq!(promoted, []);
    }

    #[test]
    fn r5_seats_are_not_held_for_a_party_larger_than_the_event() {
        let (promoted, passed, _) = settle(roster(2, 1), 0, &[entry(1, 3, 9), entry(2, 1, 0)]);
        assert_eq!((promoted, passed), (vec![2], vec![(1, 9)]));
    }
}
