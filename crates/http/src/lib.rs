//! The REST interface on actix-web.
//!
//! [`app()`] is the whole of it: every route of one table, wrapped in the middleware. A handler parses, calls
//! one use case and renders; no rule is in it. A file is one operation, under the context that it belongs to,
//! and holds its document (`Operation`) beside its code (`handle`).
//!
//! # To add a route
//!
//! 1. Write `<context>/<verb>.rs` with `Operation` and `handle`.
//! 2. Put a line into the table in `routes.rs`, saying who may use it.
//!
//! Problems, conditional headers and common parameters are added to the document for every route alike.

mod account;
mod answer;
mod app;
mod at_most;
mod body;
mod call;
mod club;
mod cursor;
mod document;
mod etag;
mod event;
mod fields;
mod middleware;
mod number;
mod operations;
mod pages;
mod params;
mod problem;
mod progress;
mod registration;
mod route;
mod routes;
mod state;
mod waitlist;
mod wearable;
mod words;
mod workout;

pub use app::app;
pub use document::{openapi, routes};
pub use state::{HttpSettings, HttpState, Readiness};
