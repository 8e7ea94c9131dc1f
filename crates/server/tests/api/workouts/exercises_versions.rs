//! Versions of exercises: an edit of what somebody has not seen is refused, and what they have is not sent again.

use reqwest::Method;
use serde_json::json;

use super::exercises::{every_store, make, path, resolve};
use crate::support::{Answer, Person, TestApp};

async fn if_match(person: &Person, method: Method, path: &str, tag: &str) -> Answer {
    let request = person.request(method.clone(), path).header("if-match", tag);
    let request = if method == Method::PATCH { request.json(&json!({"force": "pull"})) } else { request };
    Answer::of(request).await
}

#[tokio::test]
async fn an_edit_of_a_version_that_is_gone_is_refused() {
    for app in every_store().await {
        let ada = app.person("Ada").await;
        let path = path(&make(&ada, "Gnome walk").await);
        let first = ada.get(&path).await.header("etag").to_owned();
        let second = if_match(&ada, Method::PATCH, &path, &first).await.expect(200);
        assert_ne!(second.header("etag"), first);
        for method in [Method::PATCH, Method::DELETE] {
            let stale = if_match(&ada, method.clone(), &path, &first).await;
            stale.expect_problem(412, "version_mismatch");
            let garbage = if_match(&ada, method, &path, "garbage").await;
            garbage.expect_problem(412, "version_mismatch");
        }
        // Without If-Match, or with any version, it is edited as it is.
        ada.patch(&path, &json!({})).await.expect(200);
        if_match(&ada, Method::PATCH, &path, "*").await.expect(200);
        let last = ada.get(&path).await.header("etag").to_owned();
        if_match(&ada, Method::DELETE, &path, &last).await.expect(204);
    }
}

#[tokio::test]
async fn what_somebody_has_of_an_exercise_is_not_sent_again() {
    let app = TestApp::memory().await;
    let ada = app.person("Ada").await;
    let own = make(&ada, "Gnome walk").await;
    let plank = resolve(&ada, "Plank").await["exercise"].clone();
    for path in [path(&own), path(&plank), "/api/v1/exercises?q=plank".to_owned()] {
        let tag = ada.get(&path).await.expect(200).header("etag").to_owned();
        let again =
            Answer::of(ada.request(Method::GET, &path).header("if-none-match", &tag)).await.expect(304);
        assert!(again.bytes.is_empty());
    }
}

#[tokio::test]
async fn a_name_more_is_another_tag() {
    let app = TestApp::memory().await;
    let ada = app.person("Ada").await;
    let (goes, stays) = (make(&ada, "Gnome walk").await, make(&ada, "Gnome carry").await);
    let before = ada.get(&path(&stays)).await.header("etag").to_owned();
    let merge = format!("{}/merge", path(&goes));
    ada.post(&merge, &json!({"into": stays["id"]})).await.expect(200);
    let request = ada.request(Method::GET, &path(&stays)).header("if-none-match", &before);
    assert_eq!(Answer::of(request).await.expect(200).body["aliases"], json!(["Gnome walk"]));
}
