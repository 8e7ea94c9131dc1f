//! Bodies that the routes take from somebody who may call them.

use reqwest::RequestBuilder;
use serde_json::{Value, json};

use super::paths::{catalogue_exercise, csv};
use crate::support::TestApp;
use crate::wearables;

/// The request with a body that the operation takes.
pub(super) async fn with_body(
    app: &TestApp,
    request: RequestBuilder,
    operation: &str,
    attempt: usize,
) -> RequestBuilder {
    if operation == "POST /api/v1/imports" {
        return request.header("content-type", "text/csv").body(csv(attempt));
    }
    if let Some(body) = of_accounts(app, operation, attempt).await {
        return request.json(&body);
    }
    let body = of_clubs(operation, attempt).or_else(|| of_athletes(operation, attempt));
    match body {
        Some(body) => request.json(&body),
        None => request,
    }
}

async fn of_accounts(app: &TestApp, operation: &str, attempt: usize) -> Option<Value> {
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
        _ => return None,
    })
}

fn of_clubs(operation: &str, attempt: usize) -> Option<Value> {
    Some(match operation {
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
        _ => return None,
    })
}

fn of_athletes(operation: &str, attempt: usize) -> Option<Value> {
    Some(match operation {
        "POST /api/v1/wearables/recoveries" => wearables::recovery(),
        "POST /api/v1/wearables/sleeps" => wearables::sleep(),
        "POST /api/v1/wearables/cycles" => wearables::cycle(),
        "PUT /api/v1/wearables/whoop" => json!({"user_id": attempt}),
        "POST /api/v1/wearables/whoop/webhook" => json!({}),
        "POST /api/v1/exercises" => json!({"name": format!("Another lift {attempt}")}),
        "PATCH /api/v1/exercises/{id}" => json!({"force": "pull"}),
        "POST /api/v1/exercises/{id}/merge" => json!({"into": catalogue_exercise()}),
        "POST /api/v1/workout-templates" => {
            json!({"title": "Core", "exercises": [{"exercise_name": "Plank", "sets": 1, "reps": 1}]})
        }
        "PATCH /api/v1/workout-templates/{id}" | "PATCH /api/v1/workout-sessions/{id}" => {
            json!({"title": "Another title"})
        }
        "POST /api/v1/workout-sessions" => json!({"started_at": "2027-01-04T10:00:00Z", "exercises": []}),
        _ => return None,
    })
}
