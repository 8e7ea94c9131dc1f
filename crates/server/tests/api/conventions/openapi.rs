//! `/openapi.json`: describes the interface, in a form that tools can read.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::support::TestApp;

const METHODS: [&str; 5] = ["get", "post", "put", "patch", "delete"];

async fn document() -> Value {
    TestApp::memory().await.get("/openapi.json").await.expect(200).body
}

/// Every operation as its method, its path and what is said of it.
fn operations(document: &Value) -> Vec<(&str, &str, &Value)> {
    let mut all = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            if METHODS.contains(&method.as_str()) {
                all.push((method.as_str(), path.as_str(), operation));
            }
        }
    }
    all
}

/// Calls `visit` with every `$ref` in a value.
fn references<'a>(value: &'a Value, visit: &mut impl FnMut(&'a str)) {
    match value {
        Value::Object(fields) => {
            if let Some(Value::String(reference)) = fields.get("$ref") {
                visit(reference);
            }
            fields.values().for_each(|field| references(field, visit));
        }
        Value::Array(items) => items.iter().for_each(|item| references(item, visit)),
        _ => {}
    }
}

#[tokio::test]
async fn it_is_openapi_3_1() {
    let document = document().await;
    assert!(document["openapi"].as_str().unwrap().starts_with("3.1."), "{}", document["openapi"]);
    assert_eq!(document["info"]["title"], "Spotter");
    assert_eq!(document["info"]["version"], env!("CARGO_PKG_VERSION"));
}

#[tokio::test]
async fn it_lists_the_routes_of_the_interface() {
    let document = document().await;
    let listed: BTreeSet<_> = operations(&document).iter().map(|(method, path, _)| format!("{method} {path}")).collect();
    for route in [
        "post /api/v1/auth/signup",
        "post /api/v1/auth/login",
        "post /api/v1/auth/refresh",
        "post /api/v1/auth/logout",
        "get /api/v1/me",
        "patch /api/v1/me",
        "post /api/v1/clubs",
        "get /api/v1/clubs",
        "get /api/v1/clubs/{club}",
        "patch /api/v1/clubs/{club}",
        "post /api/v1/clubs/{club}/join",
        "get /api/v1/clubs/{club}/members",
        "put /api/v1/clubs/{club}/members/{user_id}",
        "post /api/v1/clubs/{club}/events",
        "get /api/v1/clubs/{club}/events",
        "get /api/v1/events/{id}",
        "patch /api/v1/events/{id}",
        "post /api/v1/events/{id}/publish",
        "post /api/v1/events/{id}/unpublish",
        "post /api/v1/events/{id}/cancel",
        "post /api/v1/events/{id}/registrations",
        "get /api/v1/events/{id}/registrations",
        "get /api/v1/events/{id}/waitlist",
        "get /api/v1/registrations/{id}",
        "post /api/v1/registrations/{id}/cancel",
        "post /api/v1/registrations/{id}/attendance",
        "get /api/v1/me/registrations",
        "get /health/live",
        "get /health/ready",
        "get /health/startup",
        "get /health/detailed",
        "get /api/performance/metrics",
    ] {
        assert!(listed.contains(route), "{route} is not in {listed:#?}");
    }
}

#[tokio::test]
async fn every_operation_says_what_it_is_and_what_it_answers() {
    let document = document().await;
    let mut names = BTreeSet::new();
    for (method, path, operation) in operations(&document) {
        let name = operation["operationId"].as_str().unwrap_or_else(|| panic!("{method} {path} has no name"));
        assert!(names.insert(name), "{name} is two operations");
        assert!(operation["summary"].as_str().is_some_and(|text| !text.is_empty()), "{method} {path}");
        let responses = operation["responses"].as_object().unwrap();
        assert!(responses.keys().any(|status| status.starts_with('2')), "{method} {path}");
        let parameters = operation["parameters"].as_array().unwrap();
        for name in path.split(['{', '}']).skip(1).step_by(2) {
            let described = |parameter: &&Value| parameter["name"] == name && parameter["in"] == "path";
            assert_eq!(parameters.iter().filter(described).count(), 1, "{method} {path}: {name}");
        }
    }
}

#[tokio::test]
async fn every_reference_leads_somewhere_and_every_part_is_referred_to() {
    let document = document().await;
    let mut referred = BTreeSet::new();
    references(&document, &mut |reference| {
        let pointer = reference.strip_prefix('#').unwrap_or_else(|| panic!("{reference} is elsewhere"));
        assert!(document.pointer(pointer).is_some(), "{reference} leads nowhere");
        referred.insert(pointer);
    });
    for name in document["components"]["schemas"].as_object().unwrap().keys() {
        assert!(referred.contains(format!("/components/schemas/{name}").as_str()), "nothing refers to {name}");
    }
}
