//! The parts of a document, and where in it they stand.

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, SeqAccess, Visitor};
use serde_json::value::RawValue;

/// No document has more parts of one kind: what is kept of each would be many times what it takes to write one.
pub(super) const MOST_PARTS: usize = 500_000;

/// The elements of an array, unread.
#[derive(Default)]
pub(super) struct Parts<'a>(pub(super) Vec<&'a RawValue>);

impl<'de: 'a, 'a> Deserialize<'de> for Parts<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_seq(PartsVisitor).map(Parts)
    }
}

struct PartsVisitor;

impl<'de> Visitor<'de> for PartsVisitor {
    type Value = Vec<&'de RawValue>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an array")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut array: A) -> Result<Self::Value, A::Error> {
        let mut parts = Vec::new();
        while let Some(part) = array.next_element()? {
            if parts.len() == MOST_PARTS {
                return Err(A::Error::custom(format_args!("an array has more than {MOST_PARTS} elements")));
            }
            parts.push(part);
        }
        Ok(parts)
    }
}

/// Finds the lines of parts of a text, each part after the one before or anywhere.
pub(super) struct Lines<'a> {
    text: &'a [u8],
    at: usize,
    line: u64,
}

impl<'a> Lines<'a> {
    pub(super) fn of(text: &'a [u8]) -> Self {
        Self { text, at: 0, line: 1 }
    }

    pub(super) fn of_part(&mut self, part: &str) -> u64 {
        let offset =
            (part.as_ptr() as usize).saturating_sub(self.text.as_ptr() as usize).min(self.text.len());
        if offset < self.at {
            (self.at, self.line) = (0, 1);
        }
        let breaks = memchr::memchr_iter(b'\n', &self.text[self.at..offset]).count();
        (self.at, self.line) = (offset, self.line + breaks as u64);
        self.line
    }
}
