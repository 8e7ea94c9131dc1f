//! What the rules say about one event before its start, as plainly as can be and without a line of the program's own.
//!
//! The program walks the queue once. The model does not walk: as long as somebody may be seated it looks, from the
//! head, for the first one who may, and seats them. (The domain's own tests hold a model of the same kind against the
//! domain's values; this one speaks of what is stored.)

use serde_json::{Value, json};
use uuid::Uuid;

use super::plan::Waitlist;

/// Where a claim stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Seated,
    Waiting,
    Gone,
}

/// One claim; its number is one more than its index.
#[derive(Clone, Debug)]
struct Claim {
    account: Uuid,
    party: i32,
    state: State,
    passes: i32,
}

/// An event as a list of claims and a few numbers.
#[derive(Clone, Debug)]
pub(crate) struct Model {
    claims: Vec<Claim>,
    pub(crate) capacity: i32,
    waitlist: Waitlist,
    limit: i32,
}

/// A line that has to be in the log of the claim of that number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Line {
    pub(crate) number: i64,
    pub(crate) outcome: String,
    pub(crate) reason: Value,
}

/// The lines of a step, or why it is refused.
pub(crate) type Verdict = Result<Vec<Line>, &'static str>;

impl Model {
    pub(crate) fn new(capacity: i32, waitlist: Waitlist, limit: u16) -> Self {
        Self { claims: Vec::new(), capacity, waitlist, limit: limit.into() }
    }

    pub(crate) fn confirmed(&self) -> i32 {
        self.seats(State::Seated)
    }

    pub(crate) fn waitlisted(&self) -> i32 {
        self.seats(State::Waiting)
    }

    pub(crate) fn next_number(&self) -> i64 {
        number_of(self.claims.len())
    }

    fn seats(&self, state: State) -> i32 {
        self.claims.iter().filter(|claim| claim.state == state).map(|claim| claim.party).sum()
    }

    fn free(&self) -> i32 {
        self.capacity - self.confirmed()
    }

    /// Who is seated next: the first in the queue who fits, unless seats are held for somebody before.
    fn next(&self) -> Option<usize> {
        for (index, claim) in
            self.claims.iter().enumerate().filter(|(_, claim)| claim.state == State::Waiting)
        {
            if claim.party <= self.free() {
                return Some(index);
            }
            if claim.party <= self.capacity && claim.passes >= self.limit {
                return None;
            }
        }
        None
    }

    /// Seats whoever may be seated (rules R4 and R5).
    fn settle(&mut self) -> Vec<Line> {
        let mut lines = Vec::new();
        while let Some(next) = self.next() {
            let (free, capacity, limit, passed_by) =
                (self.free(), self.capacity, self.limit, number_of(next));
            for (index, claim) in self.claims[..next].iter_mut().enumerate() {
                if claim.state == State::Waiting {
                    let reason = if claim.party > capacity {
                        json!({"code": "party_larger_than_capacity", "capacity": capacity,
                            "passed_by": passed_by})
                    } else {
                        claim.passes += 1;
                        json!({"code": "party_did_not_fit", "free": free, "passed_by": passed_by,
                            "pass": claim.passes, "limit": limit})
                    };
                    lines.push(line(index, "passed_over", reason));
                }
            }
            self.claims[next].state = State::Seated;
            lines.push(line(next, "promoted", json!({"code": "seats_freed", "free": free})));
        }
        lines
    }

    /// Somebody asks for seats (rules R2, R3 and R5).
    pub(crate) fn register(&mut self, account: Uuid, party: i32) -> Verdict {
        if self.claims.iter().any(|claim| claim.account == account && claim.state != State::Gone) {
            return Err("already_registered");
        }
        if party > self.capacity {
            return Err("party_too_large");
        }
        let mut after = self.clone();
        let newcomer = after.claims.len();
        after.claims.push(Claim { account, party, state: State::Waiting, passes: 0 });
        let mut lines = after.settle();
        let free = after.free();
        let arrival = if after.claims[newcomer].state == State::Seated {
            // Who is seated at once was not promoted: they never waited.
            let mut seated = lines.pop().unwrap();
            seated.outcome = String::from("confirmed");
            seated.reason["code"] = json!("seats_available");
            seated
        } else {
            match after.waitlist {
                Waitlist::Closed => return Err("waitlist_closed"),
                Waitlist::UpTo(seats) if i64::from(after.waitlisted()) > i64::from(seats) => {
                    return Err("waitlist_full");
                }
                Waitlist::UpTo(_) | Waitlist::Open => {}
            }
            let code = if party <= free { "seats_held" } else { "not_enough_seats" };
            line(newcomer, "waitlisted", json!({"code": code, "free": free}))
        };
        lines.push(arrival);
        *self = after;
        Ok(lines)
    }

    /// Somebody gives their place up.
    pub(crate) fn cancel(&mut self, number: i64) -> Vec<Line> {
        let index = usize::try_from(number - 1).unwrap();
        assert_ne!(self.claims[index].state, State::Gone, "number {number} is cancelled twice (rule R7)");
        self.claims[index].state = State::Gone;
        let mut lines = vec![line(index, "cancelled", json!({"code": "given_up", "by": "person"}))];
        lines.extend(self.settle());
        lines
    }

    /// The owner sets the capacity (rule R8).
    pub(crate) fn resize(&mut self, capacity: i32) -> Verdict {
        if capacity < self.confirmed() {
            return Err("capacity_below_confirmed");
        }
        self.capacity = capacity;
        Ok(self.settle())
    }
}

fn number_of(index: usize) -> i64 {
    i64::try_from(index).unwrap() + 1
}

fn line(index: usize, outcome: &str, reason: Value) -> Line {
    Line { number: number_of(index), outcome: outcome.to_owned(), reason }
}
