//! What is measured on: a database server of our own, databases in it, and the program as a process.

mod cluster;
mod database;
mod pgbench;
mod server;

pub(crate) use cluster::Cluster;
pub(crate) use database::Database;
pub(crate) use pgbench::Script;
pub(crate) use server::{Person, Server};
