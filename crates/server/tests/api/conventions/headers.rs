//! Headers that every answer has, whatever its status.

use reqwest::Method;
use serde_json::json;

use crate::auth::{EMAIL, log_out, newcomer, sign_up};
use crate::support::app::Limits;
use crate::support::scene::Scene;
use crate::support::{Answer, TestApp};

/// Answers of every status that this interface gives.
async fn one_of_each() -> Vec<Answer> {
    let app = TestApp::memory_with(Limits::On(1000)).await;
    let scene = Scene::open(&app).await;
    let signed_up = sign_up(&app, EMAIL).await;
    let club = "/api/v1/clubs/iron-works";
    let signup = || app.request(Method::POST, "/api/v1/auth/signup");
    let known = app.request(Method::GET, club).header("if-none-match", "*");
    let stale = scene.owner.request(Method::PATCH, club).header("if-match", "stale").json(&json!({}));
    let mut answers = vec![
        app.get("/health/live").await.expect(200),
        app.get("/docs").await.expect(200),
        app.get(club).await.expect(200),
        log_out(&app, signed_up.text("refresh_token")).await.expect(204),
        app.get("/").await.expect(302),
        Answer::of(known).await.expect(304),
        app.get("/api/v1/clubs?limit=x").await.expect(400),
        app.get("/api/v1/me").await.expect(401),
        Answer::of(app.request(Method::GET, club).bearer_auth("garbage")).await.expect(401),
        scene.coach.patch(club, &json!({})).await.expect(403),
        app.get("/api/v1/clubs/nowhere").await.expect(404),
        app.get("/nowhere").await.expect(404),
        app.get("/docs/nowhere").await.expect(404),
        Answer::of(app.request(Method::PUT, "/api/v1/clubs")).await.expect(405),
        Answer::of(app.request(Method::PUT, "/health/live")).await.expect(405),
        app.post("/api/v1/auth/signup", &newcomer(EMAIL)).await.expect(409),
        Answer::of(stale).await.expect(412),
        Answer::of(signup().header("content-type", "application/json").body("x".repeat(2 << 20)))
            .await
            .expect(413),
        Answer::of(signup().body("{}")).await.expect(415),
        app.post("/api/v1/auth/signup", &newcomer("nowhere")).await.expect(422),
        signed_up,
    ];
    for _ in 0..1000 {
        let answer = app.get("/api/v1/nowhere").await;
        if answer.status == 429 {
            answers.push(answer);
            break;
        }
    }
    app.readiness.draining();
    answers.push(app.get("/health/ready").await.expect(503));
    answers
}

fn is_hex(text: &str, digits: usize) -> bool {
    text.len() == digits && text.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
}

/// Whether this is a number of milliseconds, to three places.
fn is_milliseconds(text: &str) -> bool {
    let number = text.strip_suffix("ms").and_then(|number| number.split_once('.'));
    number.is_some_and(|(whole, part)| {
        whole.parse::<u64>().is_ok() && part.len() == 3 && part.parse::<u16>().is_ok()
    })
}

#[tokio::test]
async fn every_answer_names_its_request_and_its_trace_and_how_long_it_took() {
    let answers = one_of_each().await;
    assert!(answers.iter().any(|answer| answer.status == 429), "the limit was never reached");
    let mut seen = std::collections::BTreeSet::new();
    for answer in &answers {
        let status = answer.status;
        assert!(seen.insert(answer.header("x-request-id")), "{status} has the id of another answer");
        assert!(is_milliseconds(answer.header("x-response-time")), "{status}: {:?}", answer.headers);
        let trace: Vec<_> = answer.header("traceparent").split('-').collect();
        let [version, trace, span, flags] = trace[..] else { panic!("{status}: {:?}", answer.headers) };
        assert!(version == "00" && is_hex(trace, 32) && is_hex(span, 16) && is_hex(flags, 2), "{status}");
        for name in ["x-request-id", "x-response-time", "traceparent", "cache-control"] {
            assert_eq!(answer.headers.get_all(name).iter().count(), 1, "{status}: {name}");
        }
    }
}

#[tokio::test]
async fn no_answer_lets_a_browser_guess_what_it_is() {
    for answer in one_of_each().await {
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{}", answer.status);
    }
}

#[tokio::test]
async fn no_answer_tells_what_it_was_made_with() {
    for answer in one_of_each().await {
        assert_eq!((answer.header("server"), answer.header("x-powered-by")), ("", ""), "{}", answer.status);
    }
}

#[tokio::test]
async fn what_is_public_may_be_kept_and_asked_for_again_and_what_is_not_may_not() {
    let app = TestApp::memory().await;
    let scene = Scene::open(&app).await;
    let club = "/api/v1/clubs/iron-works";
    let private = "private, no-cache";
    for (answer, policy) in [
        (app.get(club).await, "no-cache"),
        (app.get("/api/v1/clubs").await, "no-cache"),
        (scene.owner.get(club).await, private),
        (scene.owner.get("/api/v1/clubs/iron-works/members").await, private),
        (scene.owner.get("/api/v1/me").await, "no-store"),
        (scene.owner.get("/api/v1/me/api-keys").await, "no-store"),
        (app.get("/api/v1/clubs/nowhere").await, "no-store"),
        (scene.owner.patch(club, &json!({})).await, "no-store"),
        (app.post("/api/v1/auth/signup", &newcomer(EMAIL)).await, "no-store"),
        (app.post("/api/v1/auth/signup", &newcomer(EMAIL)).await, "no-store"),
    ] {
        assert_eq!((answer.header("cache-control"), answer.header("vary")), (policy, "Authorization"));
    }
    let known = scene.owner.request(Method::GET, club).header("if-none-match", "*");
    assert_eq!(Answer::of(known).await.expect(304).header("cache-control"), private);
}
