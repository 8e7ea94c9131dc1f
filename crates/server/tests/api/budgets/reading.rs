//! Every GET of the interface, taken from its document so that none is forgotten

use std::collections::BTreeMap;

use reqwest::Method;
use serde_json::{Value, json};

use super::on_both;
use super::stage::{MOST_KEYS, Stage};
use crate::support::{Answer, TestApp};

/// The most statements that reading something may take.
const MOST: u64 = 3;

/// The rows where there are many.
const MANY: u32 = 120;

/// The path with its parameters filled in.
fn path(template: &str, stage: &Stage) -> String {
    let id = if template.contains("/registrations/{id}") { &stage.registration } else { &stage.event };
    let path = template.replace("{club}", "club-1").replace("{id}", id);
    assert!(!path.contains('{'), "{path} has a parameter that this test does not know");
    path
}

/// The parameters that its document says a route takes.
fn takes(operation: &Value, parameter: &str) -> bool {
    let parameters = operation["parameters"].as_array();
    parameters.into_iter().flatten().any(|known| known["name"] == parameter)
}

/// How many statements each GET takes, of somebody who presents `bearer`.
async fn taken(app: &TestApp, stage: &Stage, bearer: &str, rows: u32) -> BTreeMap<String, u64> {
    let document = app.get("/openapi.json").await.expect(200).body;
    let mut taken = BTreeMap::new();
    for (template, operations) in document["paths"].as_object().unwrap() {
        let Some(operation) = operations.get("get").filter(|_| template.starts_with("/api/v1/")) else {
            continue;
        };
        let limit = if takes(operation, "limit") { "?limit=200" } else { "" };
        let path = path(template, stage) + limit;
        let answer = Answer::of(app.request(Method::GET, &path).bearer_auth(bearer)).await.expect(200);
        if let Some(items) = answer.body["items"].as_array() {
            let rows = if path.contains("api-keys") { u64::from(rows).min(MOST_KEYS) } else { rows.into() };
            assert!(items.len() as u64 >= rows, "{path} has {} items of {rows}", items.len());
        }
        taken.insert(template.clone(), answer.statements());
    }
    assert!(taken.len() > 10, "only {} routes read something", taken.len());
    taken
}

async fn reading_takes_a_bounded_number_of_statements(few: TestApp, many: TestApp) {
    let (one_row, many_rows) = (Stage::set(&few, 1).await, Stage::set(&many, MANY).await);
    for program in [false, true] {
        let (one, other) = if program {
            (key(&one_row).await, key(&many_rows).await)
        } else {
            (one_row.caller.token.clone(), many_rows.caller.token.clone())
        };
        let with_one = taken(&few, &one_row, &one, 1).await;
        let with_many = taken(&many, &many_rows, &other, MANY).await;
        println!("statements (API key: {program}): {with_many:#?}");
        assert_eq!(with_one, with_many);
        let over: Vec<_> = with_many.iter().filter(|(_, statements)| **statements > MOST).collect();
        assert!(over.is_empty(), "over {MOST} statements: {over:?}");
        assert!(with_many.values().all(|statements| *statements > 0), "not counted: {with_many:?}");
    }
}

/// A key of the caller for a program.
async fn key(stage: &Stage) -> String {
    let key = stage.caller.post("/api/v1/me/api-keys", &json!({"name": "Program"})).await.expect(201);
    key.text("key").to_owned()
}

on_both!(reading_takes_a_bounded_number_of_statements);
