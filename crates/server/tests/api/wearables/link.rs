//! Which user of WHOOP somebody is.

use futures_util::future::join_all;
use serde_json::{Value, json};

use super::{USER, linked, notify, records, sleep, telling};
use crate::support::TestApp;

const LINK: &str = "/api/v1/wearables/whoop";

#[tokio::test]
async fn a_person_says_who_they_are_and_takes_it_back() {
    let app = TestApp::memory().await;
    let ada = app.person("Ada").await;
    assert_eq!(ada.get(LINK).await.expect(200).body, json!({"user_id": null}));
    for _ in 0..2 {
        let answer = ada.put(LINK, &json!({"user_id": USER})).await.expect(200);
        assert_eq!(answer.body, json!({"user_id": USER}));
    }
    assert_eq!(ada.get(LINK).await.expect(200).body, json!({"user_id": USER}));
    for _ in 0..2 {
        ada.delete(LINK).await.expect(204);
    }
    assert_eq!(ada.get(LINK).await.expect(200).body, json!({"user_id": null}));
}

#[tokio::test]
async fn nobody_is_who_somebody_else_is() {
    let app = TestApp::sqlite().await;
    let (ada, bob) = (linked(&app).await, app.person("Bob").await);
    bob.put(LINK, &json!({"user_id": USER})).await.expect_problem(409, "wearable_linked");
    assert_eq!(bob.get(LINK).await.expect(200).body["user_id"], Value::Null);
    // Whoever becomes another one makes room.
    ada.put(LINK, &json!({"user_id": 7})).await.expect(200);
    bob.put(LINK, &json!({"user_id": USER})).await.expect(200);
    assert_eq!(ada.get(LINK).await.expect(200).body["user_id"], 7);
}

#[tokio::test]
async fn one_of_many_at_once_is_linked() {
    let app = TestApp::postgres().await;
    let mut people = Vec::new();
    for _ in 0..5 {
        people.push(app.person("Pia").await);
    }
    let body = json!({"user_id": USER});
    let answers = join_all(people.iter().map(|person| person.put(LINK, &body))).await;
    let (linked, others): (Vec<_>, Vec<_>) = answers.into_iter().partition(|answer| answer.status == 200);
    assert_eq!((linked.len(), others.len()), (1, 4));
    for other in others {
        other.expect_problem(409, "wearable_linked");
    }
}

#[tokio::test]
async fn numbers_that_can_be_no_user_are_refused() {
    let app = TestApp::memory().await;
    let ada = app.person("Ada").await;
    for number in [json!(0), json!(-1), json!(1e300), json!(9_007_199_254_740_992_i64)] {
        let answer = ada.put(LINK, &json!({"user_id": number})).await;
        let answer = answer.expect_problem(422, "invalid_value");
        assert_eq!(answer.body["errors"][0]["pointer"], "/user_id");
    }
    for body in [json!({}), json!({"user_id": "1"}), json!({"user_id": 1.5}), json!({"user_id": 1, "x": 1})] {
        ada.put(LINK, &body).await.expect_problem(400, "invalid_body");
    }
}

#[tokio::test]
async fn what_was_kept_stays_when_somebody_is_unlinked() {
    let app = TestApp::memory().await;
    let ada = linked(&app).await;
    notify(&app, &telling("sleep.updated", "t-1", sleep())).await.expect(204);
    ada.delete(LINK).await.expect(204);
    let other = super::with(sleep(), &[("/id", json!("0190f6a0-5c6e-7cc0-8f5e-0d5c8e2f7a10"))]);
    notify(&app, &telling("sleep.updated", "t-2", other)).await.expect(204);
    assert_eq!(records(&ada).await.len(), 1);
}
