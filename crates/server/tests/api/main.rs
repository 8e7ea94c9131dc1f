//! Tests of the interface with real requests. The folders mirror the addresses.

mod roles;
mod support;
