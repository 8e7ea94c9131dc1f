//! What the tests of the interface work with: an application that answers on a port, people, and answers.

pub(crate) mod answer;
pub(crate) mod app;
pub(crate) mod counter;
pub(crate) mod faults;
mod faulty_store;
pub(crate) mod person;
pub(crate) mod raw;
pub(crate) mod scene;
pub(crate) mod steps;

pub(crate) use answer::Answer;
pub(crate) use app::TestApp;
pub(crate) use person::Person;
