//! Addresses whose parameters name things that were made for one attempt.

use reqwest::Method;
use serde_json::json;
use spotter_application::workout::catalogue::catalogue;

use crate::support::scene::{Scene, register};
use crate::support::{Answer, Person, TestApp};
use crate::wearables;

/// Which thing it is, where the rules know two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Variant {
    /// An event that is published; an exercise of the member's own; what the member lets no coach see.
    Usual,
    /// An event that is a draft; an exercise of the catalogue; what the member lets the club's coaches see.
    Other,
}

impl Variant {
    pub(super) const ALL: [Self; 2] = [Self::Usual, Self::Other];
}

const CONSENT: &str = "/api/v1/clubs/iron-works/coaching-consent";

/// The path of an operation with its parameters filled in.
pub(super) async fn path(
    app: &TestApp,
    scene: &Scene,
    operation: &str,
    variant: Variant,
    attempt: usize,
) -> String {
    let (_, template) = operation.split_once(' ').unwrap();
    let somebody = app.person("Somebody").await;
    let path = template.replace("{club}", "iron-works").replace("{user_id}", &somebody.id);
    let path = match thing(scene, &somebody, template, variant, attempt).await {
        Some(id) => path.replace("{id}", &id),
        None => path,
    };
    let query = query(scene, operation, variant).await;
    assert!(!path.contains('{'), "{path} has a parameter that this test does not know");
    format!("{path}{query}")
}

/// What `{id}` names: a registration of somebody's, or something of the member's own.
async fn thing(
    scene: &Scene,
    somebody: &Person,
    template: &str,
    variant: Variant,
    attempt: usize,
) -> Option<String> {
    let member = &scene.member;
    let made = match template.split("/{id}").next()? {
        _ if !template.contains("/{id}") => return None,
        "/api/v1/events" => {
            return Some(scene.class_with(5, json!({"publish": variant == Variant::Usual})).await);
        }
        "/api/v1/registrations" => {
            let event = scene.class(5).await;
            return register(somebody, &event, 1).await["id"].as_str().map(str::to_owned);
        }
        "/api/v1/wearables/records" => {
            member.post("/api/v1/wearables/recoveries", &wearables::recovery()).await
        }
        "/api/v1/me/api-keys" => member.post("/api/v1/me/api-keys", &json!({"name": "Door"})).await,
        "/api/v1/exercises" | "/api/v1/progress/exercises" => match variant {
            Variant::Other => return Some(catalogue_exercise()),
            Variant::Usual => {
                let body = json!({"name": format!("Mira's lift {attempt}")});
                member.post("/api/v1/exercises", &body).await
            }
        },
        "/api/v1/workout-templates" => {
            consent(scene, variant).await;
            let plan = json!({"exercise_name": "Plank", "sets": 1, "reps": 1});
            let body = json!({"title": "Core", "exercises": [plan]});
            member.post("/api/v1/workout-templates", &body).await
        }
        "/api/v1/workout-sessions" => {
            consent(scene, variant).await;
            let body = json!({"started_at": "2027-01-04T10:00:00Z", "exercises": []});
            member.post("/api/v1/workout-sessions", &body).await
        }
        "/api/v1/imports" => {
            consent(scene, variant).await;
            let request = member.request(Method::POST, "/api/v1/imports");
            Answer::of(request.header("content-type", "text/csv").body(csv(attempt))).await
        }
        _ => return None,
    };
    assert!(matches!(made.status, 200 | 201), "{template}: {:#}", made.body);
    Some(made.text("id").to_owned())
}

/// An exercise that is everybody's.
pub(super) fn catalogue_exercise() -> String {
    catalogue().exercises()[0].entry.id.to_string()
}

/// The member lets the coaches of the club see what they do, or no more.
async fn consent(scene: &Scene, variant: Variant) {
    match variant {
        Variant::Usual => scene.member.delete(CONSENT).await.expect(204),
        Variant::Other => scene.member.put(CONSENT, &json!({})).await.expect(200),
    };
}

async fn query(scene: &Scene, operation: &str, variant: Variant) -> String {
    match operation {
        "GET /api/v1/workout-sessions" => {
            consent(scene, variant).await;
            format!("?user_id={}", scene.member.id)
        }
        "GET /api/v1/exercises/resolve" => "?name=Plank".to_owned(),
        "GET /api/v1/progress/summaries" => "?period=week".to_owned(),
        _ => String::new(),
    }
}

/// A file with one workout session that was never imported before.
pub(super) fn csv(attempt: usize) -> String {
    let (day, minute) = (1 + attempt / 60 % 28, attempt % 60);
    let month = 1 + attempt / 60 / 28;
    format!(
        "Date,Workout Name,Duration,Exercise Name,Set Order,Weight,Reps,Distance,Seconds,Notes,Workout Notes,RPE\n\
         2026-{month:02}-{day:02} 16:{minute:02}:00,Legs,45m,Plank,1,0,5,0,0,,,\n"
    )
}
