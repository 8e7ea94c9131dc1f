//! `DELETE /api/v1/workout-sessions/{id}`

use reqwest::Method;
use serde_json::json;

use super::{
    BENCH, SESSIONS, all, at, books, lift, log, on_every_store, records, send_if, told, verify, workout,
};
use crate::support::TestApp;

async fn what_is_deleted_was_never_there(app: TestApp) {
    let ada = app.person("Ada").await;
    log(&ada, &workout("2027-01-02T10:00:00Z", [lift(BENCH, &[(90.0, 5)])])).await;
    let before = books(&ada).await;
    let exercises = [lift(BENCH, &[(100.0, 5)]), lift("Plank", &[(10.0, 1)])];
    let logged = log(&ada, &workout("2027-01-03T10:00:00Z", exercises)).await;
    let deleted = ada.delete(&at(&logged)).await.expect(204);
    assert_eq!(deleted.bytes, b"");
    assert_eq!(books(&ada).await, before);
    ada.get(&at(&logged)).await.expect_problem(404, "not_found");
    ada.patch(&at(&logged), &json!({"title": "Late"})).await.expect_problem(404, "not_found");
    ada.delete(&at(&logged)).await.expect_problem(404, "not_found");
    verify(&app, &ada).await;
}

async fn the_last_one_leaves_empty_books(app: TestApp) {
    let ada = app.person("Ada").await;
    let before = books(&ada).await;
    let logged = log(&ada, &workout("2027-01-03T10:00:00Z", [lift(BENCH, &[(100.0, 5)])])).await;
    assert_ne!(books(&ada).await, before);
    ada.delete(&at(&logged)).await.expect(204);
    assert_eq!(books(&ada).await, before);
}

async fn if_match_guards_a_deletion(app: TestApp) {
    let ada = app.person("Ada").await;
    let logged = log(&ada, &workout("2027-01-03T10:00:00Z", [lift(BENCH, &[(100.0, 5)])])).await;
    let seen = ada.get(&at(&logged)).await.expect(200).header("etag").to_owned();
    let edited = ada.patch(&at(&logged), &json!({"title": "Edited"})).await.expect(200);
    send_if(&ada, Method::DELETE, &at(&logged), &seen, None).await.expect_problem(412, "version_mismatch");
    assert_eq!(all(&ada, SESSIONS).await.len(), 1);
    assert_eq!(told(&records(&ada).await).len(), 4);
    send_if(&ada, Method::DELETE, &at(&logged), edited.header("etag"), None).await.expect(204);
    assert_eq!(all(&ada, SESSIONS).await.len(), 0);
}

on_every_store!(if_match_guards_a_deletion, the_last_one_leaves_empty_books, what_is_deleted_was_never_there);
