//! Registering for events, leaving them, and coming to them.

mod attendance;
mod book;
mod books;
mod cancel;
pub mod desk;
mod register;
mod view_registrations;

pub use attendance::RecordAttendance;
pub(crate) use book::Moment;
pub(crate) use books::{Books, Wanted};
pub use cancel::Cancel;
pub(crate) use desk::RegistrationClerk;
pub use register::Register;
pub use view_registrations::WhenWanted;

use crate::{Error, Work};

/// Gives the free seats of events that are locked to those who wait for them, and writes everything but the events
/// themselves.
pub(crate) async fn settle(work: &mut Work<'_>, books: &mut Books) -> Result<(), Error> {
    books.read(work.unit, Wanted::default(), work.now).await?;
    let moment = Moment { now: work.now, ids: work.ids };
    books.all_mut().for_each(|book| book.settle(moment));
    write(work, books).await
}

/// Writes what was decided upon registrations, and announces what it caused.
pub(crate) async fn write(work: &mut Work<'_>, books: &mut Books) -> Result<(), Error> {
    work.announce_all(books.take_facts());
    work.announce_all(books.take_moves());
    Ok(books.save(work.unit).await?)
}
