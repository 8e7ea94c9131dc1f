//! Every route × every role × somebody else's object, generated from the OpenAPI document: a route that is
//! not in the table fails the test.

mod bodies;
mod paths;
mod table;

use reqwest::Method;

use self::paths::Variant;
use self::table::{Access, CALLERS, table};
use crate::support::scene::Scene;
use crate::support::{Answer, Person, TestApp};

fn person<'a>(scene: &'a Scene, caller: &str) -> Option<&'a Person> {
    match caller {
        "outsider" => Some(&scene.outsider),
        "member" => Some(&scene.member),
        "coach" => Some(&scene.coach),
        "manager" => Some(&scene.manager),
        "owner" => Some(&scene.owner),
        _ => None,
    }
}

#[tokio::test]
async fn every_route_lets_in_whom_it_should_and_nobody_else() {
    let app = TestApp::memory().await;
    let scene = Scene::open(&app).await;
    let document = app.get("/openapi.json").await.expect(200).body;
    let mut attempt = 0;
    for (template, operations) in document["paths"].as_object().unwrap() {
        for (method, _) in operations.as_object().unwrap().iter().filter(|(name, _)| is_method(name)) {
            let method = Method::from_bytes(method.to_uppercase().as_bytes()).unwrap();
            let operation = format!("{method} {template}");
            let rules = table(&operation).unwrap_or_else(|| panic!("{operation} is in no role's table"));
            for (rule, variant) in rules.into_iter().zip(Variant::ALL) {
                for caller in CALLERS {
                    attempt += 1;
                    let path = paths::path(&app, &scene, &operation, variant, attempt).await;
                    let request = match person(&scene, caller) {
                        Some(person) => person.request(method.clone(), &path),
                        None => app.request(method.clone(), &path),
                    };
                    let request = bodies::with_body(&app, request, &operation, attempt).await;
                    let answer = Answer::of(request).await;
                    check(rule, caller, &format!("{operation} ({variant:?})"), &answer);
                }
            }
        }
    }
    assert!(attempt > 500, "only {attempt} attempts were made");
}

fn check(rule: Access, caller: &str, what: &str, answer: &Answer) {
    if let Some(status) = rule.denies(caller) {
        assert_eq!(answer.status, status, "{what} by {caller}: {:#}", answer.body);
        assert_eq!(answer.header("content-type"), "application/problem+json", "{what} by {caller}");
    } else {
        // A body or a query that nobody may send proves nothing; what the rules say at this moment is another matter.
        let refused = matches!(answer.status, 400 | 401 | 403 | 404 | 415 | 422) || answer.status >= 500;
        assert!(!refused, "{what} by {caller}, who may: {} {:#}", answer.status, answer.body);
    }
}

fn is_method(name: &str) -> bool {
    matches!(name, "get" | "post" | "put" | "patch" | "delete")
}
