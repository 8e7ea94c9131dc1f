//! What the clients sent and what they were told.

use serde_json::Value;

use crate::support::{Call, Person};

/// What became of a request, as far as its sender knows.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Fate {
    /// It was acknowledged, with this body.
    Done(Value),
    /// It was refused, with this code.
    Refused(String),
    /// No answer came, and the sender went away.
    Unknown,
}

/// A claim that was sent, and what happened to it afterwards.
#[derive(Clone, Debug)]
pub(crate) struct Claim {
    /// The request itself.
    pub(crate) call: Call,
    pub(crate) party: u16,
    pub(crate) fate: Fate,
    /// The fate of its cancellation, if that was sent.
    pub(crate) cancelled: Option<Fate>,
}

/// All that one person did.
#[derive(Clone, Debug)]
pub(crate) struct History {
    pub(crate) person: Person,
    pub(crate) claims: Vec<Claim>,
}

impl Claim {
    pub(crate) fn new(call: Call, party: u16, fate: Fate) -> Self {
        Self { call, party, fate, cancelled: None }
    }

    /// The registration as it was acknowledged.
    pub(crate) fn acknowledged(&self) -> Option<&Value> {
        match &self.fate {
            Fate::Done(body) => Some(body),
            Fate::Refused(_) | Fate::Unknown => None,
        }
    }
}

impl History {
    /// The last claim that was acknowledged.
    pub(crate) fn latest(&mut self) -> Option<&mut Claim> {
        self.claims.iter_mut().rev().find(|claim| claim.acknowledged().is_some())
    }

    /// How many claims may or may not have been done.
    pub(crate) fn unknown(&self) -> usize {
        self.claims.iter().filter(|claim| claim.fate == Fate::Unknown).count()
    }

    /// Whether the person went away without knowing how they stand.
    pub(crate) fn lost(&self) -> bool {
        self.unknown() > 0 || self.claims.iter().any(|claim| claim.cancelled == Some(Fate::Unknown))
    }
}
