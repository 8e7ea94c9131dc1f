//! What WHOOP's notifications do.

use std::time::Duration;

use futures_util::future::join_all;
use serde_json::{Value, json};

use super::{RECORDS, SLEEP, linked, notification, notify, records, recovery, sleep, telling, told, with};
use crate::support::TestApp;

#[tokio::test]
async fn a_record_that_comes_along_is_kept() {
    let app = TestApp::memory().await;
    let ada = linked(&app).await;
    let answer = notify(&app, &telling("recovery.updated", "t-1", recovery())).await.expect(204);
    assert_eq!((answer.bytes.as_slice(), answer.header("cache-control")), (&b""[..], "no-store"));
    let kept = records(&ada).await;
    assert_eq!(
        (kept.len(), &kept[0]["kind"], &kept[0]["external_id"]),
        (1, &json!("recovery"), &json!(SLEEP))
    );
    let raw = ada.get(&format!("{RECORDS}/{}/raw", kept[0]["id"].as_str().unwrap())).await.expect(200);
    assert_eq!(raw.bytes, recovery().to_string().into_bytes());
    assert_eq!(told(&app).await, ["wearable_recorded"]);
}

#[tokio::test]
async fn what_whoop_deletes_is_deleted() {
    let app = TestApp::memory().await;
    let ada = linked(&app).await;
    notify(&app, &telling("recovery.updated", "t-1", recovery())).await.expect(204);
    notify(&app, &telling("sleep.updated", "t-2", sleep())).await.expect(204);
    notify(&app, &notification("sleep.deleted", "t-3")).await.expect(204);
    let kinds: Vec<_> = records(&ada).await.iter().map(|record| record["kind"].clone()).collect();
    assert_eq!(kinds, [json!("recovery")]);
    // There is nothing left to be deleted, and nothing to announce.
    notify(&app, &notification("sleep.deleted", "t-4")).await.expect(204);
    assert_eq!(told(&app).await, ["wearable_recorded", "wearable_recorded", "wearable_record_deleted"]);
}

#[tokio::test]
async fn the_same_notification_is_taken_once() {
    let app = TestApp::sqlite().await;
    let ada = linked(&app).await;
    let told_of = telling("sleep.updated", "t-1", sleep());
    notify(&app, &told_of).await.expect(204);
    let kept = records(&ada).await;
    ada.delete(&format!("{RECORDS}/{}", kept[0]["id"].as_str().unwrap())).await.expect(204);
    app.clock.advance(Duration::from_mins(1));
    notify(&app, &told_of).await.expect(204);
    assert_eq!(records(&ada).await, Vec::<Value>::new());
    // Its name is what it is known by, whatever it says.
    notify(&app, &telling("recovery.updated", "t-1", recovery())).await.expect(204);
    assert_eq!(records(&ada).await, Vec::<Value>::new());
    notify(&app, &telling("recovery.updated", "t-2", recovery())).await.expect(204);
    assert_eq!(records(&ada).await.len(), 1);
}

async fn once_however_many_come_at_once(app: TestApp) {
    let ada = linked(&app).await;
    let same = telling("sleep.updated", "t-1", sleep());
    let answers = join_all((0..8).map(|_| notify(&app, &same))).await;
    assert!(answers.iter().all(|answer| answer.status == 204), "{answers:?}");
    assert_eq!((records(&ada).await.len(), told(&app).await.len()), (1, 1));
    let gone = notification("sleep.deleted", "t-2");
    join_all((0..8).map(|_| notify(&app, &gone))).await;
    assert_eq!((records(&ada).await.len(), told(&app).await.len()), (0, 2));
}

#[tokio::test]
async fn the_same_notification_twice_at_once_is_taken_once() {
    once_however_many_come_at_once(TestApp::memory().await).await;
}

#[tokio::test]
async fn the_same_notification_twice_at_once_is_taken_once_on_sqlite() {
    once_however_many_come_at_once(TestApp::sqlite().await).await;
}

#[tokio::test]
async fn the_same_notification_twice_at_once_is_taken_once_on_postgresql() {
    once_however_many_come_at_once(TestApp::postgres().await).await;
}

#[tokio::test]
async fn the_same_notification_to_two_nodes_is_taken_once() {
    let app = TestApp::postgres().await;
    let (other, ada) = (app.beside().await, linked(&app).await);
    let same = telling("sleep.updated", "t-1", sleep());
    let answers = join_all([notify(&app, &same), notify(&other, &same)]).await;
    assert!(answers.iter().all(|answer| answer.status == 204), "{answers:?}");
    assert_eq!((records(&ada).await.len(), told(&app).await.len()), (1, 1));
}

#[tokio::test]
async fn what_is_about_nobody_or_nothing_is_taken_all_the_same() {
    let app = TestApp::memory().await;
    notify(&app, &telling("sleep.updated", "t-0", sleep())).await.expect(204);
    let ada = linked(&app).await;
    for (trace, what) in [
        ("t-1", "sleep.updated"),
        ("t-2", "recovery.updated"),
        ("t-3", "workout.updated"),
        ("t-4", "workout.deleted"),
        ("t-5", "dream.told"),
    ] {
        notify(&app, &notification(what, trace)).await.expect(204);
    }
    let mut other = telling("sleep.updated", "t-6", with(sleep(), &[("/user_id", json!(7))]));
    other["user_id"] = json!(7);
    notify(&app, &other).await.expect(204);
    notify(&app, &telling("workout.updated", "t-7", json!({"sport_name": "running"}))).await.expect(204);
    assert_eq!(records(&ada).await, Vec::<Value>::new());
    assert_eq!(told(&app).await, Vec::<&str>::new());
}

#[tokio::test]
async fn a_record_that_makes_no_sense_is_refused_and_can_come_again() {
    let app = TestApp::memory().await;
    let ada = linked(&app).await;
    let bad = with(sleep(), &[("/score/sleep_performance_percentage", json!(101))]);
    let answer = notify(&app, &telling("sleep.updated", "t-1", bad)).await;
    let answer = answer.expect_problem(422, "invalid_value");
    assert_eq!(answer.body["errors"][0]["pointer"], "/record/score/sleep_performance_percentage");
    let others = with(sleep(), &[("/user_id", json!(7))]);
    let answer = notify(&app, &telling("sleep.updated", "t-1", others)).await;
    assert_eq!(answer.expect_problem(422, "invalid_value").body["errors"][0]["pointer"], "/record/user_id");
    notify(&app, &json!({"user_id": 1})).await.expect_problem(400, "invalid_body");
    notify(&app, &telling("sleep.updated", "t-1", sleep())).await.expect(204);
    assert_eq!(records(&ada).await.len(), 1);
}

#[tokio::test]
async fn what_is_late_changes_nothing() {
    let app = TestApp::memory().await;
    let ada = linked(&app).await;
    let later = with(sleep(), &[("/updated_at", json!("2027-01-04T09:00:00Z"))]);
    notify(&app, &telling("sleep.updated", "t-1", later)).await.expect(204);
    notify(&app, &telling("sleep.updated", "t-2", sleep())).await.expect(204);
    assert_eq!(records(&ada).await[0]["updated_at"], "2027-01-04T09:00:00Z");
    assert_eq!(told(&app).await, ["wearable_recorded"]);
}

#[tokio::test]
async fn the_names_of_notifications_are_forgotten_after_a_week() {
    let app = TestApp::sqlite().await;
    for trace in ["t-1", "t-2"] {
        notify(&app, &notification("sleep.updated", trace)).await.expect(204);
    }
    app.clock.advance(Duration::from_hours(7 * 24));
    notify(&app, &notification("sleep.updated", "t-3")).await.expect(204);
    assert_eq!(app.spotter.sweep().await.unwrap().notifications, 0);
    app.clock.advance(Duration::from_micros(1));
    assert_eq!(app.spotter.sweep().await.unwrap().notifications, 2);
    assert_eq!(app.spotter.sweep().await.unwrap().notifications, 0);
}
