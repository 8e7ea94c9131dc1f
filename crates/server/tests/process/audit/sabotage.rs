//! The audit itself: damage of every kind has to be noticed, or what it finds in order may not be.

use std::panic::{AssertUnwindSafe, catch_unwind};

use serde_json::json;
use spotter_testkit::database::TestDatabase;

use super::books::{Books, Entry};
use super::check;
use crate::storm::fleet::Fleet;
use crate::storm::{Parties, rage};
use crate::support::people;

/// A way to damage the books.
type Damage = (&'static str, fn(&mut Books));

const DAMAGES: [Damage; 15] = [
    ("a seat too many is confirmed", |books| books.capacity = books.confirmed - 1),
    ("the event counts a seat less than there is", |books| books.confirmed -= 1),
    ("the event counts somebody waiting twice", |books| books.waitlisted += 1),
    ("a registration is lost", |books| drop(books.entries.pop())),
    ("a confirmed registration is cancelled", |books| {
        "cancelled".clone_into(&mut the(books, "confirmed").status);
    }),
    ("a cancelled registration is back", |books| {
        the(books, "cancelled").log.pop();
        let party = the(books, "cancelled").party;
        "confirmed".clone_into(&mut the(books, "cancelled").status);
        books.confirmed += party;
        books.capacity += party;
    }),
    ("a number is given twice", |books| books.entries[1].number = 1),
    ("somebody is there twice", |books| books.entries[1].account = books.entries[0].account),
    ("a party has grown", |books| the(books, "cancelled").party += 1),
    ("a log begins with its end", |books| the(books, "cancelled").log.reverse()),
    ("a pass is not written down", |books| passed(books).log.retain(|line| line.outcome != "passed_over")),
    ("a pass is not counted", |books| passed(books).passes = 0),
    ("the seats of a party are left free", |books| books.capacity += 3),
    ("a decision is not announced", |books| {
        let at = books.messages.iter().position(|message| message.kind == "registration_promoted").unwrap();
        books.messages.remove(at);
    }),
    ("somebody leaves the queue unannounced", |books| {
        let moved = books.messages.iter_mut().find(|message| message.kind == "waitlist_moved").unwrap();
        moved.payload["left"] = json!([]);
    }),
];

/// The first entry of that status.
fn the<'a>(books: &'a mut Books, status: &str) -> &'a mut Entry {
    books.entries.iter_mut().find(|entry| entry.status == status).unwrap()
}

/// The first entry that was passed.
fn passed(books: &mut Books) -> &mut Entry {
    books.entries.iter_mut().find(|entry| entry.passes > 0).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn damage_of_every_kind_is_noticed() {
    let database = TestDatabase::sqlite_empty();
    let fleet = Fleet::start(database.url(), 1).await;
    let people = people::settle(database.url(), 400).await;
    let aftermath = rage(fleet, &people, Parties::Mixed, 5).await;
    let books = Books::read(database.url()).await;
    check(&books, &aftermath.histories, Parties::Mixed);
    for (damage, inflict) in DAMAGES {
        let mut damaged = books.clone();
        inflict(&mut damaged);
        let checking = AssertUnwindSafe(|| check(&damaged, &aftermath.histories, Parties::Mixed));
        assert!(catch_unwind(checking).is_err(), "it was not noticed that {damage}");
    }
}
