//! Workout sessions of many people that are logged at once: decided together, as if one came after the other.

mod bounds;
mod equivalence;
mod exact;
mod keys;
mod nodes;

use futures_util::future::join_all;
use spotter_application::workout::{CreateTemplate, DraftBlock, ExerciseRef, LogSession, LoggedSession};
use spotter_application::{BatchSettings, Caller, Error, RequestContext, Spotter};
use spotter_domain::id::{AccountId, TemplateId};
use spotter_domain::text::{ExerciseName, Title};
use spotter_domain::workout::{Reps, Set, TimeSpan, Weight};
use spotter_testkit::fixtures::after;

use crate::support::TestApp;

const BENCH: &str = "Barbell Bench Press";

/// Somebody new.
async fn account(app: &TestApp) -> AccountId {
    app.person("Ada").await.id.parse::<uuid::Uuid>().unwrap().into()
}

fn context(account: AccountId) -> RequestContext {
    RequestContext::internal(Caller::Account(account))
}

/// Another desk upon the ports of an application: one queue, and up to so many orders at once.
fn desk(app: &TestApp, largest_batch: usize) -> Spotter {
    let settings = BatchSettings { shards: 1, largest_batch, ..BatchSettings::default() };
    Spotter::with_desks(app.spotter.ports().clone(), settings)
}

/// A workout session that began so many hours after the clock's start.
fn session(hours: i64, blocks: Vec<DraftBlock>) -> LogSession {
    let span = TimeSpan::new(after(hours * 3_600), None).unwrap();
    LogSession { title: None, notes: None, span, template: None, blocks }
}

fn named(name: &str) -> ExerciseRef {
    ExerciseRef::Name(ExerciseName::parse(name).unwrap())
}

/// One set of five of an exercise.
fn five(exercise: ExerciseRef, kilograms: f64) -> DraftBlock {
    let weight = Some(Weight::from_kilograms(kilograms).unwrap());
    let set = Set { weight, reps: Some(Reps::new(5).unwrap()), ..Set::default() };
    DraftBlock { exercise, superset: None, notes: None, sets: vec![set] }
}

/// Has all of them logged at once. Whoever is polled first comes first.
async fn at_once(
    desk: &Spotter,
    orders: impl IntoIterator<Item = (RequestContext, LogSession)>,
) -> Vec<Result<LoggedSession, Error>> {
    let orders = orders.into_iter();
    join_all(orders.map(async |(context, order)| desk.log_session(&context, order).await)).await
}

/// A template of somebody's that plans nothing.
async fn template(desk: &Spotter, account: AccountId) -> TemplateId {
    let title = Title::parse("Push").unwrap();
    let command = CreateTemplate { title, notes: None, blocks: Vec::new() };
    desk.run(&context(account), &command).await.unwrap().id
}

/// How many orders the largest batch of workout sessions had.
fn largest_batch(desk: &Spotter) -> u64 {
    let numbers = desk.desk_numbers();
    numbers.iter().find(|numbers| numbers.name == "workout").unwrap().batch_size.most
}
