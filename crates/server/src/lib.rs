//! The composition root: reads the settings, wires adapters to ports, and runs what the command line asks for.
//!
//! It knows every other crate and decides nothing about the business.

pub mod cli;
pub mod clock;
pub mod commands;
pub mod demo;
pub mod exit;
pub mod housekeeping;
pub mod key_file;
pub mod listen;
pub mod settings;
pub mod wiring;
