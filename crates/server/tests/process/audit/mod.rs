//! Whether what a storm has left behind obeys the rules.

pub(crate) mod announcements;
pub(crate) mod books;
mod claims;
pub(crate) mod counters;
pub(crate) mod interface;
pub(crate) mod order;
mod sabotage;

use crate::storm::journal::History;
use crate::storm::{Aftermath, Parties};
use books::Books;

/// Audits everything: the books against themselves, against what the clients were told, and against what the
/// interface shows.
pub(crate) async fn audit(aftermath: &Aftermath, parties: Parties) {
    let books = Books::read(&aftermath.fleet.database_url).await;
    check(&books, &aftermath.histories, parties);
    interface::shows_the_books(&books, &aftermath.fleet, &aftermath.class).await;
    interface::repeats_its_answers(aftermath).await;
    println!("{}", books.summary());
}

/// Audits the books alone.
fn check(books: &Books, histories: &[History], parties: Parties) {
    counters::agree(books);
    order::log_is_a_story(books);
    order::passes_are_written_down(books);
    order::nobody_is_overtaken_unseen(books);
    order::nobody_waits_for_a_free_seat(books);
    if parties == Parties::OfOne {
        order::is_strict(books);
    }
    claims::are_kept(books, histories);
    announcements::equal_decisions(books);
}
