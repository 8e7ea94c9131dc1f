//! The words of the interface as schemas, taken from the domain so that the document can't know others.

use spotter_application::workout::How;
use spotter_domain::account::{ProgressionType, Units, WarmupPercentages, WeekStart};
use spotter_domain::club::Role;
use spotter_domain::event::EventPhase;
use spotter_domain::progress::{Period, RecordKind};
use spotter_domain::registration::{Outcome, RegistrationStatus};
use spotter_domain::wearable::{Tier, WearableKind};
use spotter_domain::workout::{
    Equipment, ExportFormat, Force, Load, LoadKind, Mechanic, Muscle, OneRepMaxFormula, Reason, SetKind,
    WeightUnit,
};
use utoipa::openapi::schema::{Array, ArrayBuilder, Object, ObjectBuilder, SchemaType, Type};

fn one_of<const N: usize>(description: &str, words: [&'static str; N]) -> ObjectBuilder {
    let builder = ObjectBuilder::new().schema_type(Type::String).enum_values(Some(words));
    if description.is_empty() { builder } else { builder.description(Some(description)) }
}

/// The same words, or null.
fn one_of_or_null<const N: usize>(description: &str, words: [&'static str; N]) -> Object {
    ObjectBuilder::new()
        .schema_type(SchemaType::from_iter([Type::String, Type::Null]))
        .description(Some(description))
        .enum_values(Some(words.map(Some).into_iter().chain([None]).collect::<Vec<_>>()))
        .build()
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
    one_of_or_null("What the one who asks may do in the club; null for nothing.", Role::ALL.map(Role::as_str))
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

pub(crate) fn export_format() -> Object {
    one_of("What kind of file it was.", ExportFormat::ALL.map(ExportFormat::as_str)).build()
}

pub(crate) fn export_format_or_auto() -> Object {
    let formats = ExportFormat::ALL.map(ExportFormat::as_str);
    let words: Vec<&str> = ["auto"].into_iter().chain(formats).collect();
    ObjectBuilder::new().schema_type(Type::String).enum_values(Some(words)).build()
}

pub(crate) fn weight_unit() -> Object {
    one_of("", [WeightUnit::Kg, WeightUnit::Lb].map(WeightUnit::as_str)).build()
}

pub(crate) fn export_shape() -> Object {
    one_of("", ["json", "csv"]).build()
}

pub(crate) fn one_rep_max_formula() -> Object {
    let description = "The formula that a one-rep max is estimated by.";
    one_of(description, OneRepMaxFormula::ALL.map(OneRepMaxFormula::as_str)).build()
}

pub(crate) fn progression_preference() -> Object {
    let description = "How the loads of a plan grow that says nothing of it.";
    one_of(description, ProgressionType::ALL.map(ProgressionType::as_str)).build()
}

pub(crate) fn warmup_percentages() -> Array {
    let percent = ObjectBuilder::new().schema_type(Type::Integer).minimum(Some(1)).maximum(Some(99));
    let description = "The warm-up sets that plans begin with, in percent of the working weight: each more than the one before.";
    ArrayBuilder::new()
        .description(Some(description))
        .items(percent)
        .max_items(Some(WarmupPercentages::MOST))
        .build()
}

pub(crate) fn progression_type() -> Object {
    let [linear, double, wave] = ProgressionType::ALL.map(ProgressionType::as_str);
    one_of("How the next loads follow from what was done.", ["none", linear, double, wave]).build()
}

fn muscle_word(description: &str) -> ObjectBuilder {
    one_of(description, Muscle::ALL.map(Muscle::as_str))
}

pub(crate) fn muscle() -> Object {
    muscle_word("A muscle, or a group of muscles that works as one.").build()
}

fn muscles(description: &str) -> ArrayBuilder {
    ArrayBuilder::new()
        .description(Some(description))
        .items(muscle_word(""))
        .max_items(Some(Muscle::ALL.len()))
}

const PRIMARY: &str = "The muscles that do the work.";
const SECONDARY: &str = "The muscles that help.";

pub(crate) fn primary_muscles() -> Array {
    muscles(PRIMARY).build()
}

pub(crate) fn secondary_muscles() -> Array {
    muscles(SECONDARY).build()
}

pub(crate) fn primary_muscles_or_null() -> Array {
    let or_null = SchemaType::from_iter([Type::Array, Type::Null]);
    muscles(PRIMARY).schema_type(or_null).build()
}

pub(crate) fn secondary_muscles_or_null() -> Array {
    let or_null = SchemaType::from_iter([Type::Array, Type::Null]);
    muscles(SECONDARY).schema_type(or_null).build()
}

const EQUIPMENT: &str = "What it is done with.";

pub(crate) fn equipment() -> Object {
    one_of(EQUIPMENT, Equipment::ALL.map(Equipment::as_str)).build()
}

pub(crate) fn equipment_or_null() -> Object {
    one_of_or_null(EQUIPMENT, Equipment::ALL.map(Equipment::as_str))
}

pub(crate) fn mechanic_or_null() -> Object {
    one_of_or_null(
        "How many joints take part; null if that is not known.",
        Mechanic::ALL.map(Mechanic::as_str),
    )
}

pub(crate) fn force_or_null() -> Object {
    one_of_or_null(
        "In which direction the force goes; null if that is not known.",
        Force::ALL.map(Force::as_str),
    )
}

const LOAD_KIND: &str = "What the weight of a set means: it is lifted, it comes on top of one's own body, it helps, \
    or there is none.";

pub(crate) fn load_kind() -> Object {
    one_of(LOAD_KIND, LoadKind::ALL.map(LoadKind::as_str)).build()
}

pub(crate) fn load_kind_or_null() -> Object {
    one_of_or_null(LOAD_KIND, LoadKind::ALL.map(LoadKind::as_str))
}

pub(crate) fn how() -> Object {
    let [exact, alias, normalised] = How::ALL.map(How::as_str);
    one_of("How the name was recognised.", [exact, alias, normalised, "none"]).build()
}

const SET_KIND: &str = "What a set is for. Warm-ups count neither for volume nor for records.";

pub(crate) fn set_kind() -> Object {
    one_of(SET_KIND, SetKind::ALL.map(SetKind::as_str)).build()
}

pub(crate) fn set_kind_or_null() -> Object {
    one_of_or_null(SET_KIND, SetKind::ALL.map(SetKind::as_str))
}

pub(crate) fn reason() -> Object {
    one_of("Why this is proposed.", Reason::ALL.map(Reason::as_str)).build()
}

pub(crate) fn record_kind() -> Object {
    one_of("What the record is about.", RecordKind::ALL.map(RecordKind::as_str)).build()
}

pub(crate) fn load() -> Object {
    one_of("What it was done against; records are compared within one.", Load::ALL.map(Load::as_str)).build()
}

pub(crate) fn unit() -> Object {
    one_of("The unit of the values.", ["kg", "reps", "s", "m"]).build()
}

pub(crate) fn period() -> Object {
    one_of("How long each stretch is.", Period::ALL.map(Period::as_str)).build()
}

pub(crate) fn tier() -> Object {
    one_of("What the score is worth.", [Tier::Low, Tier::Medium, Tier::High].map(Tier::as_str)).build()
}

pub(crate) fn tier_or_null() -> Object {
    let words = [Tier::Low, Tier::Medium, Tier::High].map(Tier::as_str);
    one_of_or_null("What the score is worth; null where there is none.", words)
}

pub(crate) fn wearable_kind() -> Object {
    one_of("What the record is about.", WearableKind::ALL.map(WearableKind::as_str)).build()
}

pub(crate) fn score_state() -> Object {
    one_of("Whether it has a score.", ["SCORED", "PENDING_SCORE", "UNSCORABLE"]).build()
}

pub(crate) fn whoop_id() -> Object {
    let description = "Names the record: a UUID, or the number of a cycle.";
    let either = SchemaType::from_iter([Type::String, Type::Integer]);
    ObjectBuilder::new().schema_type(either).description(Some(description)).build()
}
