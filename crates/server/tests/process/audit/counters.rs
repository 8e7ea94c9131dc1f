//! The counters of the event against its registrations (rules R1 and R2).

use std::collections::HashSet;

use super::books::Books;

/// The event counts what there is, never more than its seats; numbers are given without a gap, and nobody has
/// two active registrations.
pub(crate) fn agree(books: &Books) {
    assert!(books.confirmed <= books.capacity, "rule R1: {}", books.summary());
    assert_eq!(books.confirmed, books.seats("confirmed"), "{}", books.summary());
    assert_eq!(books.waitlisted, books.seats("waitlisted"), "{}", books.summary());
    for (entry, number) in books.entries.iter().zip(1..) {
        assert_eq!(entry.number, number, "queue numbers have a gap or come twice");
    }
    assert_eq!(Ok(books.next_number - 1), i64::try_from(books.entries.len()));
    let mut active = HashSet::new();
    for entry in books.entries.iter().filter(|entry| entry.status != "cancelled") {
        assert!(active.insert(entry.account), "rule R2: {entry:?}");
    }
}
