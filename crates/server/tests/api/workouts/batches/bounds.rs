//! A batch takes as many statements as it has kinds of things to write, whatever its size

use std::sync::Arc;

use spotter_application::statements::{Tally, tallied};
use spotter_application::workout::{ExerciseRef, LogSession};
use spotter_application::{IdempotentRequest, RequestContext};
use spotter_domain::id::{AccountId, ExerciseId};
use spotter_domain::idempotency::IdempotencyKey;

use super::{account, at_once, context, desk, five, largest_batch, session, template};
use crate::support::TestApp;

/// The most statements of a batch of exercises that are known.
const MOST: u64 = 10;

/// Six exercises of the catalogue, for somebody who never did them: every one sets records.
fn order(exercises: &[ExerciseId], place: usize) -> LogSession {
    let lifts = exercises.iter().skip(place % 50 * 6).take(6);
    session(-1, lifts.map(|lift| five(ExerciseRef::Id(*lift), 60.0)).collect())
}

/// What a batch takes of so many people, who have logged something before, with templates and keys.
async fn statements(app: &TestApp, people: usize) -> u64 {
    let desk = desk(app, 512);
    let exercises: Vec<ExerciseId> = spotter_application::workout::catalogue::catalogue()
        .exercises()
        .iter()
        .map(|known| known.entry.id)
        .collect();
    let mut orders: Vec<(RequestContext, LogSession)> = Vec::new();
    let mut accounts: Vec<AccountId> = Vec::new();
    for place in 0..people {
        let account = account(app).await;
        accounts.push(account);
        let template = Some(template(&desk, account).await);
        let key = IdempotencyKey::parse("once").unwrap();
        let idempotency = Some(IdempotentRequest { key, content: Vec::new() });
        let context = RequestContext { idempotency, ..context(account) };
        orders.push((context, LogSession { template, ..order(&exercises, place) }));
    }
    let tally = Arc::new(Tally::default());
    // The names that people have are read now, and kept.
    let first = at_once(&desk, accounts.iter().map(|account| (context(*account), session(-2, Vec::new()))));
    assert!(first.await.iter().all(Result::is_ok));
    let logged = tallied(Arc::clone(&tally), at_once(&desk, orders)).await;
    assert!(logged.iter().all(|logged| logged.as_ref().is_ok_and(|logged| logged.records.len() > 6)));
    assert_eq!(largest_batch(&desk), people as u64);
    // Everybody is told what the whole batch took.
    assert_eq!(tally.statements() % people as u64, 0);
    tally.statements() / people as u64
}

async fn a_batch_takes_few_statements_whatever_its_size(app: TestApp) {
    let (few, many) = (statements(&app, 2).await, statements(&app, 200).await);
    println!("logging: {few} statements for 2 people, {many} for 200");
    assert_eq!(few, many);
    assert!(many <= MOST, "{many}");
}

#[tokio::test]
async fn a_batch_takes_few_statements_whatever_its_size_on_sqlite() {
    a_batch_takes_few_statements_whatever_its_size(TestApp::sqlite().await).await;
}

#[tokio::test]
async fn a_batch_takes_few_statements_whatever_its_size_on_postgres() {
    a_batch_takes_few_statements_whatever_its_size(TestApp::postgres().await).await;
}
