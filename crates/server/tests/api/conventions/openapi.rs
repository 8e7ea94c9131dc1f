//! `/openapi.json` as clients get it. That it lists what the router has is tested beside the conventions.

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
    let listed: BTreeSet<_> =
        operations(&document).iter().map(|(method, path, _)| format!("{method} {path}")).collect();
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
async fn every_parameter_of_a_path_is_described() {
    let document = document().await;
    for (method, path, operation) in operations(&document) {
        let parameters = operation["parameters"].as_array().unwrap();
        for name in path.split(['{', '}']).skip(1).step_by(2) {
            let described = |parameter: &&Value| parameter["name"] == name && parameter["in"] == "path";
            assert_eq!(parameters.iter().filter(described).count(), 1, "{method} {path}: {name}");
        }
    }
}
