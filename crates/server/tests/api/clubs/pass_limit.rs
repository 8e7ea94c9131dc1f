//! The pass limit of a club, as it is changed while people wait.

use serde_json::json;

use crate::support::TestApp;
use crate::support::scene::{Scene, register};
use crate::support::steps::{crowd, give_up, look};

/// With the limit 0 two seats are held for a party of three, and a party of one waits behind it.
#[tokio::test]
async fn r5_a_higher_limit_seats_at_once_whom_the_old_one_held_back() {
    let app = TestApp::memory().await;
    let scene = Scene::open(&app).await;
    scene.manager.patch("/api/v1/clubs/iron-works", &json!({"pass_limit": 0})).await.expect(200);
    let event = scene.class(4).await;
    let people = crowd(&app, 4).await;
    let leaving = register(&people[0], &event, 2).await;
    register(&people[1], &event, 2).await;
    let large = register(&people[2], &event, 3).await;
    let small = register(&people[3], &event, 1).await;
    give_up(&people[0], &leaving).await.expect(200);
    assert_eq!(look(&people[3], &small).await["status"], "waitlisted");

    scene.manager.patch("/api/v1/clubs/iron-works", &json!({"pass_limit": 1})).await.expect(200);
    assert_eq!(look(&people[3], &small).await["status"], "confirmed");
    let passed = look(&people[2], &large).await;
    assert_eq!((&passed["status"], &passed["passes"]), (&json!("waitlisted"), &json!(1)));
    let event = scene.coach.get(&format!("/api/v1/events/{event}")).await.expect(200).body;
    assert_eq!((&event["confirmed"], &event["waitlisted"]), (&json!(3), &json!(3)));
}
