//! Every route × every role × somebody else's object, generated from the OpenAPI document: a route that is
//! not in the table below fails the test.

use reqwest::Method;
use serde_json::{Value, json};

use crate::support::scene::{Scene, register};
use crate::support::{Answer, Person, TestApp};
use crate::wearables;

/// Who tries. All but the first are signed in.
const CALLERS: [&str; 6] = ["nobody", "outsider", "member", "coach", "manager", "owner"];

/// Who is let in.
#[derive(Clone, Copy, Debug)]
enum Access {
    /// Everybody.
    Anyone,
    /// Everybody who is signed in.
    SignedIn,
    /// Those of this role or a higher one; the others may know of the thing and are told 403.
    Role(&'static str),
    /// Those of this role or a higher one; the others may not know of the thing and are told 404.
    RoleOrHidden(&'static str),
    /// The same for a route that takes no sign-in: nobody is asked for one.
    OpenRouteOrHidden(&'static str),
    /// Staff may know of the thing, and those of this role or a higher one may do it.
    RoleAmongStaff(&'static str),
    /// The member, whose own it is.
    OwnOrHidden,
    /// Whoever signs the request itself, which none of these do.
    Signer,
    /// Operators, of whom there is none here.
    Operator,
}

impl Access {
    /// The status that keeps `caller` out, or nothing.
    fn denies(self, caller: &str) -> Option<u16> {
        let rank = |who: &str| CALLERS.iter().position(|known| *known == who).unwrap();
        if let Self::OpenRouteOrHidden(least) = self {
            return (rank(caller) < rank(least)).then_some(404);
        }
        if matches!(self, Self::Signer) {
            return Some(401);
        }
        if caller == "nobody" {
            return (!matches!(self, Self::Anyone)).then_some(401);
        }
        match self {
            Self::Anyone | Self::SignedIn | Self::OpenRouteOrHidden(_) | Self::Signer => None,
            Self::RoleOrHidden(least) => (rank(caller) < rank(least)).then_some(404),
            Self::RoleAmongStaff(_) if rank(caller) < rank("coach") => Some(404),
            Self::Role(least) | Self::RoleAmongStaff(least) => (rank(caller) < rank(least)).then_some(403),
            Self::OwnOrHidden => (caller != "member").then_some(404),
            Self::Operator => Some(403),
        }
    }
}

/// Who may do what. The second rule of an event is for one that is a draft.
fn table(operation: &str) -> Option<Vec<Access>> {
    use Access::{
        Anyone, OpenRouteOrHidden, Operator, OwnOrHidden, Role, RoleAmongStaff, RoleOrHidden, SignedIn,
        Signer,
    };
    Some(match operation {
        "POST /api/v1/auth/signup"
        | "POST /api/v1/auth/login"
        | "POST /api/v1/auth/refresh"
        | "POST /api/v1/auth/logout"
        | "GET /api/v1/clubs"
        | "GET /api/v1/clubs/{club}"
        | "GET /api/v1/clubs/{club}/events"
        | "GET /health/live"
        | "GET /health/ready"
        | "GET /health/startup"
        | "GET /openapi.json" => vec![Anyone],
        "GET /api/v1/me"
        | "PATCH /api/v1/me"
        | "GET /api/v1/me/registrations"
        | "GET /api/v1/me/api-keys"
        | "POST /api/v1/me/api-keys"
        | "POST /api/v1/clubs"
        | "POST /api/v1/clubs/{club}/join" => vec![SignedIn],
        "DELETE /api/v1/me/api-keys/{id}" => vec![OwnOrHidden],
        "PATCH /api/v1/clubs/{club}"
        | "GET /api/v1/clubs/{club}/members"
        | "PUT /api/v1/clubs/{club}/members/{user_id}"
        | "POST /api/v1/clubs/{club}/events" => vec![Role("manager")],
        "GET /api/v1/events/{id}" => vec![Anyone, OpenRouteOrHidden("coach")],
        "PATCH /api/v1/events/{id}"
        | "POST /api/v1/events/{id}/publish"
        | "POST /api/v1/events/{id}/unpublish"
        | "POST /api/v1/events/{id}/cancel" => vec![Role("manager"), RoleAmongStaff("manager")],
        "POST /api/v1/events/{id}/registrations" => vec![SignedIn, RoleOrHidden("coach")],
        "GET /api/v1/events/{id}/registrations" | "GET /api/v1/events/{id}/waitlist" => {
            vec![Role("coach"), RoleOrHidden("coach")]
        }
        "GET /api/v1/registrations/{id}"
        | "POST /api/v1/registrations/{id}/cancel"
        | "POST /api/v1/registrations/{id}/attendance" => vec![RoleOrHidden("coach")],
        "POST /api/v1/wearables/recoveries"
        | "POST /api/v1/wearables/sleeps"
        | "POST /api/v1/wearables/cycles"
        | "GET /api/v1/wearables/records"
        | "GET /api/v1/wearables/whoop"
        | "PUT /api/v1/wearables/whoop"
        | "DELETE /api/v1/wearables/whoop" => vec![SignedIn],
        "GET /api/v1/wearables/records/{id}"
        | "GET /api/v1/wearables/records/{id}/raw"
        | "DELETE /api/v1/wearables/records/{id}" => vec![OwnOrHidden],
        "POST /api/v1/wearables/whoop/webhook" => vec![Signer],
        "GET /health/detailed" | "GET /api/performance/metrics" => vec![Operator],
        _ => return None,
    })
}

/// A body that the route takes from somebody who may call it.
async fn body(app: &TestApp, operation: &str, attempt: usize) -> Option<Value> {
    let email = format!("new-{attempt}@example.org");
    let account = json!({"email": email, "password": "correct horse", "display_name": "Nina"});
    Some(match operation {
        "POST /api/v1/auth/signup" => account,
        "POST /api/v1/auth/login" => {
            app.post("/api/v1/auth/signup", &account).await.expect(201);
            json!({"email": email, "password": "correct horse"})
        }
        "POST /api/v1/auth/refresh" | "POST /api/v1/auth/logout" => {
            let signed_up = app.post("/api/v1/auth/signup", &account).await.expect(201);
            json!({"refresh_token": signed_up.text("refresh_token")})
        }
        "PATCH /api/v1/me" => json!({"display_name": "Nina"}),
        "POST /api/v1/me/api-keys" => json!({"name": "Door"}),
        "POST /api/v1/clubs" => {
            json!({"slug": format!("club-{attempt}"), "name": "Another", "time_zone": "UTC"})
        }
        "PATCH /api/v1/clubs/{club}" => json!({"name": "Iron Works"}),
        "PUT /api/v1/clubs/{club}/members/{user_id}" => json!({"role": "member"}),
        "POST /api/v1/clubs/{club}/events" => json!({
            "title": "Class", "starts_at": "2027-01-05T13:00:00Z", "ends_at": "2027-01-05T14:00:00Z", "capacity": 5
        }),
        "PATCH /api/v1/events/{id}" => json!({"title": "Other class"}),
        "POST /api/v1/events/{id}/registrations" => json!({}),
        "POST /api/v1/registrations/{id}/attendance" => json!({"attended": true}),
        "POST /api/v1/wearables/recoveries" => wearables::recovery(),
        "POST /api/v1/wearables/sleeps" => wearables::sleep(),
        "POST /api/v1/wearables/cycles" => wearables::cycle(),
        "PUT /api/v1/wearables/whoop" => json!({"user_id": attempt}),
        "POST /api/v1/wearables/whoop/webhook" => json!({}),
        _ => return None,
    })
}

/// The path with its parameters filled in with objects made for this attempt alone.
async fn path(app: &TestApp, scene: &Scene, template: &str, draft: bool) -> String {
    let somebody = app.person("Somebody").await;
    let mut path = template.replace("{club}", "iron-works").replace("{user_id}", &somebody.id);
    if path.contains("/events/{id}") {
        let event = scene.class_with(5, json!({"publish": !draft})).await;
        path = path.replace("{id}", &event);
    } else if path.contains("/registrations/{id}") {
        let event = scene.class(5).await;
        let registration = register(&somebody, &event, 1).await;
        path = path.replace("{id}", registration["id"].as_str().unwrap());
    } else if path.contains("/wearables/records/{id}") {
        let kept = scene.member.post("/api/v1/wearables/recoveries", &wearables::recovery()).await;
        path = path.replace("{id}", kept.text("id"));
    } else if path.contains("/api-keys/{id}") {
        let key = scene.member.post("/api/v1/me/api-keys", &json!({"name": "Door"})).await.expect(201);
        path = path.replace("{id}", key.text("id"));
    }
    assert!(!path.contains('{'), "{path} has a parameter that this test does not know");
    path
}

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
            for (rule, draft) in rules.into_iter().zip([false, true]) {
                for caller in CALLERS {
                    attempt += 1;
                    let path = path(&app, &scene, template, draft).await;
                    let mut request = match person(&scene, caller) {
                        Some(person) => person.request(method.clone(), &path),
                        None => app.request(method.clone(), &path),
                    };
                    if let Some(body) = body(&app, &operation, attempt).await {
                        request = request.json(&body);
                    }
                    let answer = Answer::of(request).await;
                    check(rule, caller, &format!("{operation} (draft: {draft})"), &answer);
                }
            }
        }
    }
    assert!(attempt > 200, "only {attempt} attempts were made");
}

fn check(rule: Access, caller: &str, what: &str, answer: &Answer) {
    if let Some(status) = rule.denies(caller) {
        assert_eq!(answer.status, status, "{what} by {caller}: {:#}", answer.body);
        assert_eq!(answer.header("content-type"), "application/problem+json", "{what} by {caller}");
    } else {
        let refused = matches!(answer.status, 401 | 403 | 404) || answer.status >= 500;
        assert!(!refused, "{what} by {caller}, who may: {} {:#}", answer.status, answer.body);
    }
}

fn is_method(name: &str) -> bool {
    matches!(name, "get" | "post" | "put" | "patch" | "delete")
}
