//! Every GET of the interface, taken from its document so that none is forgotten

use std::collections::BTreeMap;

use reqwest::Method;
use serde_json::{Value, json};

use super::on_both;
use super::stage::{MOST_KEYS, Stage};
use crate::support::steps::account_id;
use crate::support::{Answer, Person, TestApp};

/// The most statements that reading something may take.
const MOST: u64 = 3;

/// The rows where there are many.
const MANY: u32 = 120;

/// The path with its parameters filled in, and with those of its query that it can't do without.
fn path(template: &str, stage: &Stage) -> String {
    let history = &stage.history;
    let ids = [
        ("/events/", &stage.event),
        ("/registrations/", &stage.registration),
        ("/exercises/", &history.exercise),
        ("/workout-sessions/", &history.session),
        ("/workout-templates/", &history.template),
        ("/imports/", &history.import),
        ("/wearables/records/", &history.record),
    ];
    let mut path = template.replace("{club}", "club-1");
    for (before, id) in ids {
        path = path.replace(&format!("{before}{{id}}"), &format!("{before}{id}"));
    }
    assert!(!path.contains('{'), "{path} has a parameter that this test does not know");
    path + match template.rsplit('/').next() {
        Some("resolve") => "?name=Underwater%20Basket%20Weaving",
        Some("summaries") => "?period=day",
        Some("trend") => "?weeks=520",
        _ => "?",
    }
}

/// The parameters that its document says a route takes.
fn takes(operation: &Value, parameter: &str) -> bool {
    let parameters = operation["parameters"].as_array();
    parameters.into_iter().flatten().any(|known| known["name"] == parameter)
}

/// The GETs of the document, each with its path.
async fn routes(app: &TestApp, stage: &Stage) -> BTreeMap<String, String> {
    let document = app.get("/openapi.json").await.expect(200).body;
    let mut routes = BTreeMap::new();
    for (template, operations) in document["paths"].as_object().unwrap() {
        let Some(operation) = operations.get("get").filter(|_| template.starts_with("/api/v1/")) else {
            continue;
        };
        let limit = if takes(operation, "limit") { "&limit=200" } else { "" };
        let path = path(template, stage) + limit;
        routes.insert(template.clone(), path.replace("?&", "?").trim_end_matches('?').to_owned());
    }
    assert!(routes.len() > 25, "only {} routes read something", routes.len());
    routes
}

/// Makes everything that is kept of somebody's exercises out of date.
async fn forget(app: &TestApp, person: &Person) {
    let mut unit = app.spotter.ports().store.begin().await.unwrap();
    unit.accounts().touch_exercises(&[account_id(person)]).await.unwrap();
    unit.commit().await.unwrap();
}

/// Gets something with nothing kept, and again: how many statements that takes.
async fn twice(app: &TestApp, person: &Person, bearer: &str, path: &str) -> (u64, u64, Answer) {
    let get = || Answer::of(app.request(Method::GET, path).bearer_auth(bearer));
    forget(app, person).await;
    let cold = get().await.expect(200);
    let warm = get().await.expect(200);
    assert_eq!(cold.body, warm.body);
    (cold.statements(), warm.statements(), warm)
}

/// How many statements each GET takes, of somebody who presents `bearer`: with nothing kept, and again.
async fn taken(app: &TestApp, stage: &Stage, bearer: &str, rows: u32) -> BTreeMap<String, (u64, u64)> {
    let mut taken = BTreeMap::new();
    for (template, path) in routes(app, stage).await {
        let (cold, warm, answer) = twice(app, &stage.caller, bearer, &path).await;
        if let Some(items) = answer.body["items"].as_array() {
            let rows = if path.contains("api-keys") { u64::from(rows).min(MOST_KEYS) } else { rows.into() };
            assert!(items.len() as u64 >= rows, "{path} has {} items of {rows}", items.len());
        }
        taken.insert(template, (cold, warm));
    }
    taken
}

/// A key of somebody for a program.
async fn key(person: &Person) -> String {
    let key = person.post("/api/v1/me/api-keys", &json!({"name": "Program"})).await.expect(201);
    key.text("key").to_owned()
}

async fn reading_takes_a_bounded_number_of_statements(few: TestApp, many: TestApp) {
    let (one_row, many_rows) = (Stage::set(&few, 1).await, Stage::set(&many, MANY).await);
    for program in [false, true] {
        let (one, other) = if program {
            (key(&one_row.caller).await, key(&many_rows.caller).await)
        } else {
            (one_row.caller.token.clone(), many_rows.caller.token.clone())
        };
        let with_one = taken(&few, &one_row, &one, 1).await;
        let with_many = taken(&many, &many_rows, &other, MANY).await;
        println!("statements with nothing kept, and again (API key: {program}): {with_many:#?}");
        assert_eq!(with_one, with_many);
        let over: Vec<_> = with_many.iter().filter(|(_, (cold, warm))| cold.max(warm) > &MOST).collect();
        assert!(over.is_empty(), "over {MOST} statements: {over:?}");
        let uncounted = with_many.values().any(|(cold, warm)| cold.min(warm) == &0);
        assert!(!uncounted, "not counted: {with_many:?}");
    }
}

/// What a coach asks about an athlete, and what is asked about one exercise, one that nothing was done of too.
async fn narrowing_takes_no_more_statements(few: TestApp, many: TestApp) {
    let sets = [(&few, Stage::set(&few, 1).await, 1), (&many, Stage::set(&many, MANY).await, MANY)];
    for (app, stage, rows) in sets {
        let Stage { caller, history, athlete, idle_athlete, .. } = &stage;
        let key = key(caller).await;
        let known = spotter_application::workout::catalogue::catalogue().exercises()[1].entry.id.to_string();
        let of = |query: String, items| (query, items);
        let some = usize::try_from(rows).unwrap();
        for (path, items) in [
            of(format!("workout-sessions?limit=200&user_id={athlete}"), some),
            of(format!("workout-sessions?limit=200&user_id={idle_athlete}"), 0),
            of(format!("workout-sessions?limit=200&exercise_id={}", history.exercise), some),
            of(format!("workout-sessions?limit=200&exercise_id={}", history.idle), 0),
            of(format!("progress/records?limit=200&exercise_id={}", history.idle), 0),
            of(format!("progress/records?limit=200&exercise_id={known}"), 0),
            of(format!("progress/exercises/{}/trend", history.idle), 0),
            of(format!("progress/exercises/{known}/trend"), 0),
            of(format!("progress/exercises/{}/trend?weeks=520", history.exercise), some),
        ] {
            let (cold, warm, answer) = twice(app, caller, &key, &format!("/api/v1/{path}")).await;
            assert_eq!(answer.body["items"].as_array().unwrap().len(), items, "{path}");
            assert!(cold <= MOST && warm <= MOST, "{path} takes {cold} statements, then {warm}");
        }
        let seen = caller.get(&format!("/api/v1/workout-sessions?user_id={athlete}")).await.expect(200);
        let one = format!("/api/v1/workout-sessions/{}", seen.body["items"][0]["id"].as_str().unwrap());
        let (cold, warm, _) = twice(app, caller, &key, &one).await;
        assert!(cold <= MOST && warm <= MOST, "{one} takes {cold} statements, then {warm}");
    }
}

/// The rows of a history change nothing: whoever did nothing takes the same, or less where there is nothing to
/// look for any more.
async fn nothing_takes_as_many_statements_as_a_history(_: TestApp, many: TestApp) {
    let stage = Stage::set(&many, MANY).await;
    let nobody = many.person("Nora").await;
    let (full, empty) = (key(&stage.caller).await, key(&nobody).await);
    for (template, path) in routes(&many, &stage).await {
        let own = !template.contains('{') && !template.contains("/clubs");
        let of_all = template.ends_with("/trend");
        if !own && !of_all {
            continue;
        }
        let known = spotter_application::workout::catalogue::catalogue().exercises()[0].entry.id.to_string();
        let path = path.replace(&stage.history.exercise, &known);
        let (with_rows, ..) = twice(&many, &stage.caller, &full, &path).await;
        let (without, _, _) = twice(&many, &nobody, &empty, &path).await;
        if template.contains("/progress/") {
            assert_eq!(with_rows, without, "{path}");
        }
        assert!(without <= with_rows, "{path}: {without} statements for nothing, {with_rows} for rows");
    }
}

on_both!(
    reading_takes_a_bounded_number_of_statements,
    narrowing_takes_no_more_statements,
    nothing_takes_as_many_statements_as_a_history,
);
