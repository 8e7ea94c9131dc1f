//! Reading and writing the exports of other apps.
//!
//! [`ExportReader`] takes a file of Strong or Hevy in pieces, as they arrive, and never holds it whole. What it
//! gives back has no identifiers, no accounts and no time zone yet: those belong to whoever takes it over.
//! [`HevyWriter`] writes workout sessions as rows of Hevy, which the reader takes back without loss.

mod layout;
mod notes;
mod numbers;
mod parsed;
mod reader;
mod records;
mod row;
mod sessions;
mod text;
mod times;
mod units;
mod unreadable;
mod writer;

#[cfg(test)]
mod tests;

pub(super) use notes::mended_notes;
pub(super) use numbers::rounded;
pub use parsed::{Ended, ParsedBlock, ParsedExport, ParsedSession, WrittenTime};
pub use reader::{ExportReader, MOST_ROWS, ReadOptions};
pub use sessions::MOST_SESSIONS;
pub(super) use text::{Lines as LinesOfText, MOST_OF_NAME, mended};
pub use unreadable::Unreadable;
pub use writer::{BlockToWrite, HevyWriter, SessionToWrite, Written};
