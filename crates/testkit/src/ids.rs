//! Identifiers for tests: the same in every run, or fresh ones.

use std::sync::atomic::{AtomicU64, Ordering};

use spotter_domain::IdGenerator;
use uuid::{Builder, Uuid};

use crate::clock::START;

/// The `number`th identifier of a row of them: of UUID version 7 and growing with the number. Rows of
/// different `kind` never meet.
#[must_use]
pub fn numbered(kind: u8, number: u64) -> Uuid {
    let millis = u64::try_from(START.as_millisecond()).expect("the tests take place after 1970");
    let mut bytes = [0; 10];
    bytes[1] = kind;
    bytes[2..].copy_from_slice(&number.to_be_bytes());
    // The top bits of the third byte are the variant's, so a number has 62 bits.
    Builder::from_unix_timestamp_millis(millis, &bytes).into_uuid()
}

/// Hands out the same identifiers in every run: 1, 2, 3, ... in the shape of UUIDs of version 7.
#[derive(Debug, Default)]
pub struct SequentialIds {
    last: AtomicU64,
}

impl SequentialIds {
    /// The kind of [`numbered`] identifiers that are handed out; the fixtures use smaller ones.
    pub const KIND: u8 = u8::MAX;

    /// A generator whose first identifier is number 1.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }
}

impl IdGenerator for SequentialIds {
    fn next(&self) -> Uuid {
        numbered(Self::KIND, self.last.fetch_add(1, Ordering::SeqCst) + 1)
    }
}

/// Hands out identifiers that nobody has had before, for what outlives a test run.
#[derive(Clone, Copy, Debug, Default)]
pub struct RandomIds;

impl IdGenerator for RandomIds {
    #[expect(clippy::disallowed_methods, reason = "the tests' own implementation of the port")]
    fn next(&self) -> Uuid {
        Uuid::now_v7()
    }
}
