//! Tests of the interface with real requests. The folders mirror the addresses.

mod auth;
mod budgets;
mod clubs;
mod events;
mod flows;
mod me;
mod me_registrations;
mod openapi;
mod registrations;
mod roles;
mod rules;
mod support;
