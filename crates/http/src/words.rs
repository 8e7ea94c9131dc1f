//! The words of the interface as schemas, taken from the domain so that the document can't know others.

use spotter_domain::account::{Units, WeekStart};
use spotter_domain::club::Role;
use spotter_domain::event::EventPhase;
use spotter_domain::registration::{Outcome, RegistrationStatus};
use utoipa::openapi::schema::{Object, ObjectBuilder, SchemaType, Type};

fn one_of<const N: usize>(description: &str, words: [&'static str; N]) -> ObjectBuilder {
    let builder = ObjectBuilder::new().schema_type(Type::String).enum_values(Some(words));
    if description.is_empty() { builder } else { builder.description(Some(description)) }
}

pub(crate) fn units() -> Object {
    one_of("Which units they read.", [Units::Metric, Units::Imperial].map(Units::as_str)).build()
}

pub(crate) fn week_start() -> Object {
    let days = [WeekStart::Monday, WeekStart::Sunday, WeekStart::Saturday];
    one_of("On which day their week begins.", days.map(WeekStart::as_str)).build()
}

pub(crate) fn role() -> Object {
    one_of("What they may do in the club.", Role::ALL.map(Role::as_str)).build()
}

/// The role of the one who asks: null for whoever does not belong to the club.
pub(crate) fn role_or_null() -> Object {
    let words = Role::ALL.map(|role| Some(role.as_str())).into_iter().chain([None]);
    ObjectBuilder::new()
        .schema_type(SchemaType::from_iter([Type::String, Type::Null]))
        .description(Some("What the one who asks may do in the club; null for nothing."))
        .enum_values(Some(words.collect::<Vec<_>>()))
        .build()
}

pub(crate) fn event_phase() -> Object {
    let phases = [EventPhase::Draft, EventPhase::Published, EventPhase::Cancelled, EventPhase::Completed];
    one_of("The state at this moment.", phases.map(EventPhase::as_str)).build()
}

pub(crate) fn registration_status() -> Object {
    one_of("Where the claim stands.", RegistrationStatus::ALL.map(RegistrationStatus::as_str)).build()
}

pub(crate) fn outcome() -> Object {
    let outcomes = [
        Outcome::Confirmed,
        Outcome::Waitlisted,
        Outcome::Promoted,
        Outcome::PassedOver,
        Outcome::Cancelled,
        Outcome::Attended,
        Outcome::NoShow,
    ];
    one_of("What was decided.", outcomes.map(Outcome::as_str)).build()
}

pub(crate) fn when() -> Object {
    one_of("Of which events.", ["upcoming", "past"]).build()
}
