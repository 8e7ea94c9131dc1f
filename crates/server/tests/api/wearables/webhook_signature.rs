//! Who is let in without signing in: whoever signs what they send.

use std::time::Duration;

use reqwest::Method;
use serde_json::Value;

use super::{WEBHOOK, linked, millis, notification, notify, records, send, signature, sleep, telling};
use crate::support::app::{Limits, WHOOP_SECRET};
use crate::support::{Answer, TestApp};

fn body() -> String {
    telling("sleep.updated", "t-1", sleep()).to_string()
}

#[tokio::test]
async fn whatever_is_wrong_with_a_signature_is_told_in_the_same_words() {
    let app = TestApp::memory().await;
    let ada = linked(&app).await;
    let (now, body) = (millis(app.spotter.ports().clock.now()), body());
    let good = signature(WHOOP_SECRET, &now, &body);
    let other_time = (now.parse::<i64>().unwrap() + 1).to_string();
    let mut told = Vec::new();
    for (at, signed, sent) in [
        (&now, signature("another secret", &now, &body), &body),
        (&now, signature(WHOOP_SECRET, &other_time, &body), &body),
        (&now, signature(WHOOP_SECRET, &now, &body.replace("98", "99")), &body),
        (&now, good[..good.len() - 4].to_owned(), &body),
        (&now, format!("{good}AAAA"), &body),
        (&now, "not base64".to_owned(), &body),
        (&now, String::new(), &body),
        (&"now".to_owned(), signature(WHOOP_SECRET, "now", &body), &body),
        (&String::new(), signature(WHOOP_SECRET, "", &body), &body),
        (&now, signature(WHOOP_SECRET, &now, ""), &"no JSON".to_owned()),
    ] {
        let answer = send(&app, at, &signed, sent).await.expect_problem(401, "invalid_signature");
        told.push(answer.redacted());
    }
    let bare = || app.request(Method::POST, WEBHOOK).header("content-type", "application/json");
    let at = || bare().header("X-WHOOP-Signature-Timestamp", &now);
    let twice = at().header("X-WHOOP-Signature", &good).header("X-WHOOP-Signature", &good);
    for request in [bare(), at(), bare().header("X-WHOOP-Signature", &good), twice] {
        let answer = Answer::of(request.body(body.clone())).await.expect_problem(401, "invalid_signature");
        told.push(answer.redacted());
    }
    assert!(told.iter().all(|answer| *answer == told[0]), "{told:#?}");
    assert_eq!(records(&ada).await, Vec::<Value>::new());
    send(&app, &now, &good, &body).await.expect(204);
    assert_eq!(records(&ada).await.len(), 1);
}

#[tokio::test]
async fn a_signature_is_good_for_five_minutes_either_way() {
    let app = TestApp::memory().await;
    linked(&app).await;
    let (signed_at, body) = (app.spotter.ports().clock.now(), body());
    let (at, limit) = (millis(signed_at), Duration::from_mins(5));
    let good = signature(WHOOP_SECRET, &at, &body);
    let beyond = limit + Duration::from_micros(1);
    for (now, status) in [
        (signed_at + limit, 204),
        (signed_at + beyond, 401),
        (signed_at - limit, 204),
        (signed_at - beyond, 401),
        (signed_at + Duration::from_hours(24), 401),
    ] {
        app.clock.set(now);
        let answer = send(&app, &at, &good, &body).await.expect(status);
        if status == 401 {
            answer.expect_problem(401, "stale_signature");
        }
        // Nobody learns of the time without the secret.
        send(&app, &at, &signature("x", &at, &body), &body).await.expect_problem(401, "invalid_signature");
    }
    for at in ["9223372036854775807", "-9223372036854775808", "99999999999999999999"] {
        let signed = signature(WHOOP_SECRET, at, &body);
        send(&app, at, &signed, &body).await.expect_problem(401, "invalid_signature");
    }
    let long_ago = signature(WHOOP_SECRET, "0", &body);
    send(&app, "0", &long_ago, &body).await.expect_problem(401, "stale_signature");
}

#[tokio::test]
async fn without_a_secret_there_is_no_webhook() {
    let app = TestApp::memory_but(|ports| ports.whoop = None).await;
    notify(&app, &notification("sleep.updated", "t-1")).await.expect_problem(404, "not_found");
    let unsigned = app.request(Method::POST, WEBHOOK).json(&notification("sleep.updated", "t-1"));
    Answer::of(unsigned).await.expect_problem(404, "not_found");
}

#[tokio::test]
async fn only_json_is_taken() {
    let app = TestApp::memory().await;
    let request = app.request(Method::POST, WEBHOOK).body(body());
    Answer::of(request).await.expect_problem(415, "unsupported_media_type");
}

#[tokio::test]
async fn notifications_are_limited_as_other_requests_are() {
    let app = TestApp::memory_with(Limits::On(2)).await;
    for trace in ["t-1", "t-2"] {
        notify(&app, &notification("sleep.updated", trace)).await.expect(204);
    }
    notify(&app, &notification("sleep.updated", "t-3")).await.expect_problem(429, "rate_limited");
}
