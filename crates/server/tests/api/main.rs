//! Tests of the interface with real requests. The folders mirror the addresses.

#![expect(clippy::unwrap_used, reason = "a broken helper should stop its test at once")]

mod auth;
mod budgets;
mod clubs;
mod conventions;
mod desk;
mod events;
mod flows;
mod imports;
mod me;
mod me_registrations;
mod openapi;
mod progress;
mod registrations;
mod roles;
mod rules;
mod support;
mod wearables;
mod workouts;
