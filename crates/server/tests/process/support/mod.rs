//! What these tests work with: processes, a client, people, and a look into the database.

pub(crate) mod api;
pub(crate) mod club;
pub(crate) mod locks;
pub(crate) mod node;
pub(crate) mod people;
pub(crate) mod process;
pub(crate) mod rows;
pub(crate) mod wait;

pub(crate) use api::{Answer, Api, Call};
pub(crate) use club::Class;
pub(crate) use node::{Node, Serve};
pub(crate) use people::Person;
pub(crate) use process::{Program, Running};
pub(crate) use wait::until;
