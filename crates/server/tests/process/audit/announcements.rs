//! The outbox against the decision logs: each decision is announced once, and nothing else is.

use super::books::Books;
use crate::support::club::text;

/// Which decision is announced as what.
const KINDS: [(&str, &str); 4] = [
    ("confirmed", "registration_confirmed"),
    ("waitlisted", "registration_waitlisted"),
    ("promoted", "registration_promoted"),
    ("cancelled", "registration_cancelled"),
];

/// For each kind the announced registrations are those with such a decision; and everybody who left the queue
/// is named in one notice that it moved.
pub(crate) fn equal_decisions(books: &Books) {
    for (outcome, kind) in KINDS {
        let mut decided: Vec<String> = books
            .entries
            .iter()
            .flat_map(|entry| entry.lines(outcome).map(|_| entry.id.to_string()))
            .collect();
        let messages = books.messages.iter().filter(|message| message.kind == kind);
        let mut announced: Vec<String> =
            messages.map(|message| text(&message.payload, "registration").to_owned()).collect();
        decided.sort_unstable();
        announced.sort_unstable();
        assert_eq!(decided.len(), announced.len(), "{kind}");
        assert_eq!(decided, announced, "{kind}");
    }
    let moved = books.messages.iter().filter(|message| message.kind == "waitlist_moved");
    let mut announced: Vec<i64> = moved
        .flat_map(|message| message.payload["left"].as_array().unwrap())
        .map(|number| number.as_i64().unwrap())
        .collect();
    let left = books.entries.iter().filter(|entry| entry.has("waitlisted") && entry.status != "waitlisted");
    let left: Vec<i64> = left.map(|entry| entry.number).collect();
    announced.sort_unstable();
    assert_eq!(left, announced, "waitlist_moved");
}
