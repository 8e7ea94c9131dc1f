//! Training histories that never happened, the same ones every time: for measuring, and for looking at.
//!
//! A [`Person`] and nothing else decides their [`History`]: a veteran with ten years (1,500 workout sessions of
//! 36,000 sets), or one of the thousands of members of a club, with about a year each. A history can be compared
//! with what the program says of it ([`Figures`]), be written as other apps write it ([`export`]), or go into a
//! database through the application ([`fill`]).

mod chance;
pub mod export;
mod figures;
pub mod fill;
mod history;
pub mod people;
mod training;

pub use figures::Figures;
pub use history::{DemoBlock, DemoSession, History, SETS_A_SESSION};
pub use people::Person;
