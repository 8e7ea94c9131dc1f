//! What is measured on: a database server of our own, databases in it, the program and its yardsticks as processes.

mod bare;
mod cluster;
mod database;
mod listening;
mod pgbench;
mod server;

pub(crate) use bare::Bare;
pub(crate) use cluster::Cluster;
pub(crate) use database::Database;
pub(crate) use pgbench::Script;
pub(crate) use server::{Person, Server, has_setting};
