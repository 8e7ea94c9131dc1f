//! Tests of the interface with real requests. The folders mirror the addresses.

mod auth;
mod roles;
mod support;
