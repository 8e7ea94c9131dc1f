//! What the command line can ask for, one file each.

pub mod config;
pub mod migrate;
pub mod openapi;
pub mod operator;
pub mod progress;
pub mod serve;
