//! What holds for every route alike.

mod bodies;
mod docs;
mod etags;
mod failures;
mod headers;
mod health;
mod idempotency;
mod limits;
mod lists;
mod logs;
mod methods;
mod openapi;
mod parameters;
mod problems;
mod request_names;
