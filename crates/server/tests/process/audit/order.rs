//! The order of the queue (rule R5), as the decision logs tell it.

use std::collections::HashMap;

use serde_json::Value;

use super::books::{Books, Entry};

/// Each log begins with an arrival, ends with the cancellation if there is one, and explains the status.
pub(crate) fn log_is_a_story(books: &Books) {
    for entry in &books.entries {
        let outcomes: Vec<&str> = entry.log.iter().map(|line| line.outcome.as_str()).collect();
        let (waited, rest) = match outcomes.as_slice() {
            ["confirmed", rest @ ..] => (false, rest),
            ["waitlisted", rest @ ..] => (true, rest),
            _ => panic!("it did not arrive: {entry:?}"),
        };
        let (cancelled, middle) = match rest {
            [middle @ .., "cancelled"] => (true, middle),
            middle => (false, middle),
        };
        let (promoted, passes) = match middle {
            [passes @ .., "promoted"] => (true, passes),
            passes => (false, passes),
        };
        assert!(passes.iter().all(|outcome| *outcome == "passed_over"), "{entry:?}");
        assert!(waited || middle.is_empty(), "it waited after it was confirmed: {entry:?}");
        let status = match (cancelled, waited && !promoted) {
            (true, _) => "cancelled",
            (false, true) => "waitlisted",
            (false, false) => "confirmed",
        };
        assert_eq!(entry.status, status, "{entry:?}");
    }
}

/// Each pass is a line that names who passed and why, and there are no more than the club allows.
pub(crate) fn passes_are_written_down(books: &Books) {
    let by_number: HashMap<i64, &Entry> = books.entries.iter().map(|entry| (entry.number, entry)).collect();
    for entry in &books.entries {
        let passes: Vec<&Value> = entry.lines("passed_over").map(|line| &line.reason).collect();
        assert!(entry.passes <= books.pass_limit, "passed too often: {entry:?}");
        assert_eq!(i32::try_from(passes.len()), Ok(entry.passes), "{entry:?}");
        let mut passed_by = Vec::new();
        for (reason, pass) in passes.into_iter().zip(1_i64..) {
            let number =
                |field: &str| reason[field].as_i64().unwrap_or_else(|| panic!("no {field}: {entry:?}"));
            assert_eq!(reason["code"], "party_did_not_fit", "{entry:?}");
            assert_eq!((number("pass"), number("limit")), (pass, books.pass_limit.into()), "{entry:?}");
            assert!(i64::from(entry.party) > number("free"), "it would have fitted: {entry:?}");
            let other = by_number[&number("passed_by")];
            assert!(other.number > entry.number && other.was_seated(), "{entry:?} passed by {other:?}");
            assert!(i64::from(other.party) <= number("free"), "it did not fit either: {other:?}");
            assert!(!passed_by.contains(&other.number), "passed twice by the same: {entry:?}");
            passed_by.push(other.number);
        }
    }
}

/// Whoever still waits was there when each later one got seats, so each of those is a pass in their log.
pub(crate) fn nobody_is_overtaken_unseen(books: &Books) {
    for waiting in books.of_status("waitlisted") {
        let mut overtaken: Vec<i64> = books
            .entries
            .iter()
            .filter(|entry| entry.number > waiting.number && entry.was_seated())
            .map(|entry| entry.number)
            .collect();
        let mut written: Vec<i64> =
            waiting.lines("passed_over").filter_map(|line| line.reason["passed_by"].as_i64()).collect();
        overtaken.sort_unstable();
        written.sort_unstable();
        assert_eq!(overtaken, written, "{waiting:?}");
    }
}

/// Rule R4: nobody waits who fits the free seats, unless these are held for somebody before.
pub(crate) fn nobody_waits_for_a_free_seat(books: &Books) {
    let free = books.capacity - books.confirmed;
    for waiting in books.of_status("waitlisted") {
        assert!(waiting.party > free, "{free} seats are free and not held: {waiting:?}");
        if free > 0 && waiting.passes >= books.pass_limit && waiting.party <= books.capacity {
            // The seats are held for this one, so nobody behind is to have them.
            return;
        }
    }
}

/// Among parties of one there are no passes: whoever had a seat came before everybody who still waits.
pub(crate) fn is_strict(books: &Books) {
    let seated = books.entries.iter().filter(|entry| entry.was_seated()).map(|entry| entry.number).max();
    let waiting = books.of_status("waitlisted").map(|entry| entry.number).min();
    let (Some(seated), Some(waiting)) = (seated, waiting) else { panic!("too calm: {}", books.summary()) };
    assert!(seated < waiting, "number {seated} had a seat before number {waiting}");
    assert!(books.entries.iter().all(|entry| entry.party == 1 && entry.passes == 0));
    assert_eq!(books.confirmed, books.capacity, "somebody waits while seats are free: {}", books.summary());
}
