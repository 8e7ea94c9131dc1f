//! The document and the router are the same list: each route of one is a route of the other.

use std::collections::BTreeSet;

use reqwest::Method;
use serde_json::Value;
use spotter_http::{openapi, routes};

use crate::support::{Answer, TestApp};

const METHODS: [Method; 5] = [Method::GET, Method::POST, Method::PUT, Method::PATCH, Method::DELETE];

/// What the router itself says where it has nothing; a use case that finds nothing says what it looked for.
const NOTHING_HERE: &str = "there is nothing at this address";

fn document() -> Value {
    serde_json::to_value(openapi()).unwrap()
}

/// Every operation of the document: method, path, description.
fn operations(document: &Value) -> Vec<(Method, &str, &Value)> {
    let paths = document["paths"].as_object().unwrap();
    let mut all = Vec::new();
    for (path, item) in paths {
        for (method, operation) in item.as_object().unwrap() {
            let method = Method::from_bytes(method.to_uppercase().as_bytes()).unwrap();
            all.push((method, path.as_str(), operation));
        }
    }
    all
}

/// The path with something in place of each parameter.
fn filled(path: &str) -> String {
    path.replace("{club}", "no-such-club")
        .replace("{id}", "01890000-0000-7000-8000-000000000001")
        .replace("{user_id}", "01890000-0000-7000-8000-000000000002")
}

#[test]
fn the_document_lists_the_table() {
    let document = document();
    let documented: BTreeSet<_> =
        operations(&document).iter().map(|(method, path, _)| format!("{method} {path}")).collect();
    let routed: BTreeSet<_> = routes().iter().map(|(method, path)| format!("{method} {path}")).collect();
    assert_eq!(documented, routed);
    assert_eq!(routes().len(), routed.len(), "a route is in the table twice");
}

#[tokio::test]
async fn every_documented_route_is_answered_and_no_other_method_is() {
    let app = TestApp::memory().await;
    let document = document();
    let operations = operations(&document);
    let paths: BTreeSet<_> = operations.iter().map(|(_, path, _)| *path).collect();
    for path in paths {
        let here = operations.iter().filter(|(_, other, _)| *other == path);
        let documented: Vec<_> = here.map(|(method, _, _)| method.clone()).collect();
        for method in METHODS {
            let answer = Answer::of(app.request(method.clone(), &filled(path))).await;
            assert_ne!(answer.body["detail"], NOTHING_HERE, "{method} {path} leads nowhere");
            if documented.contains(&method) {
                assert_ne!(answer.status, 405, "{method} {path}");
            } else {
                assert_eq!(answer.status, 405, "{method} {path} is not documented");
                let allow = answer.header("allow");
                let allowed: BTreeSet<_> = allow.split(", ").filter(|name| *name != "HEAD").collect();
                assert_eq!(allowed, documented.iter().map(Method::as_str).collect(), "{path}");
            }
        }
    }
}

#[tokio::test]
async fn what_is_not_documented_is_not_there() {
    let app = TestApp::memory().await;
    for path in ["/api", "/api/v1", "/api/v1/nothing", "/api/v1/clubs/", "/health", "/openapi.yaml"] {
        let answer = app.get(path).await.expect_problem(404, "not_found");
        assert_eq!(answer.text("detail"), NOTHING_HERE, "{path}");
    }
}

#[test]
fn every_operation_says_what_it_owes_its_reader() {
    let document = document();
    let mut ids = BTreeSet::new();
    for (method, path, operation) in operations(&document) {
        let text = |field: &str| operation[field].as_str().unwrap_or_default();
        assert!(ids.insert(text("operationId").to_owned()), "{method} {path}: the operationId is taken");
        assert!(!text("summary").is_empty(), "{method} {path} has no summary");
        assert_eq!(operation["tags"].as_array().map(Vec::len), Some(1), "{method} {path}");
        let public = operation["x-access"] == "public";
        assert_eq!(operation.get("security").is_none(), public, "{method} {path}");
        let responses = operation["responses"].as_object().unwrap();
        for status in ["400", "500"] {
            assert!(responses.contains_key(status), "{method} {path} does not say {status}");
        }
        assert_eq!(operation.get("requestBody").is_some(), responses.contains_key("415"), "{method} {path}");
    }
}

/// Every `$ref` below `value`.
fn references<'a>(value: &'a Value, found: &mut BTreeSet<&'a str>) {
    match value {
        Value::Object(fields) => {
            found.extend(fields.get("$ref").and_then(Value::as_str));
            fields.values().for_each(|value| references(value, found));
        }
        Value::Array(items) => items.iter().for_each(|value| references(value, found)),
        _ => {}
    }
}

#[test]
fn every_reference_leads_somewhere() {
    let document = document();
    let mut found = BTreeSet::new();
    references(&document, &mut found);
    assert!(!found.is_empty());
    for reference in found {
        let pointer = reference.strip_prefix('#').unwrap();
        assert!(document.pointer(pointer).is_some(), "{reference}");
    }
}

#[test]
fn requests_take_no_field_that_is_not_listed() {
    let document = document();
    for (method, path, operation) in operations(&document) {
        let Some(body) = operation.get("requestBody") else { continue };
        let mut found = BTreeSet::new();
        references(body, &mut found);
        for reference in found {
            let schema = document.pointer(&reference[1..]).unwrap();
            // What WHOOP sends is WHOOP's to say, and kept as it comes.
            if reference.starts_with("#/components/schemas/Whoop") {
                assert_eq!(schema.get("additionalProperties"), None, "{method} {path}: {reference}");
                continue;
            }
            assert_eq!(schema["additionalProperties"], false, "{method} {path}: {reference}");
        }
    }
}
