//! How often somebody may fail to sign in, on one account and from one address.

use std::time::Duration;

use super::{EMAIL, PASSWORD, log_in, sign_up};
use crate::support::TestApp;
use crate::support::app::Limits;

const WRONG: &str = "wrong horse battery";

/// The requests themselves are as good as unlimited.
async fn limited_app() -> TestApp {
    TestApp::memory_with(Limits::On(100_000)).await
}

/// Fails `times` to sign in, as it is bound to.
async fn fail(app: &TestApp, email: &str, times: usize) {
    for _ in 0..times {
        log_in(app, email, WRONG).await.expect_problem(401, "invalid_credentials");
    }
}

#[tokio::test]
async fn after_ten_failures_an_account_has_to_wait() {
    let app = limited_app().await;
    sign_up(&app, EMAIL).await;
    fail(&app, EMAIL, 10).await;
    let answer = log_in(&app, EMAIL, WRONG).await.expect_problem(429, "too_many_attempts");
    insta::assert_json_snapshot!(answer.redacted(), @r#"
    {
      "code": "too_many_attempts",
      "detail": "too many requests: wait before the next one",
      "status": 429,
      "title": "Too Many Requests",
      "trace_id": "[trace_id]",
      "type": "/problems/too_many_attempts"
    }
    "#);
    // Ten in a quarter of an hour: the next one is possible after a tenth of it.
    assert_eq!(answer.header("retry-after"), "90");
    log_in(&app, EMAIL, PASSWORD).await.expect(429);
    log_in(&app, &EMAIL.to_uppercase(), PASSWORD).await.expect(429);

    app.clock.advance(Duration::from_secs(89));
    log_in(&app, EMAIL, PASSWORD).await.expect(429);
    app.clock.advance(Duration::from_secs(1));
    log_in(&app, EMAIL, PASSWORD).await.expect(200);
}

#[tokio::test]
async fn after_the_window_all_ten_are_there_again() {
    let app = limited_app().await;
    sign_up(&app, EMAIL).await;
    fail(&app, EMAIL, 10).await;
    log_in(&app, EMAIL, WRONG).await.expect(429);
    app.clock.advance(Duration::from_mins(15));
    fail(&app, EMAIL, 10).await;
    log_in(&app, EMAIL, WRONG).await.expect(429);
}

#[tokio::test]
async fn success_does_not_count() {
    let app = limited_app().await;
    sign_up(&app, EMAIL).await;
    fail(&app, EMAIL, 9).await;
    for _ in 0..3 {
        log_in(&app, EMAIL, PASSWORD).await.expect(200);
    }
    fail(&app, EMAIL, 1).await;
    log_in(&app, EMAIL, PASSWORD).await.expect(429);
}

#[tokio::test]
async fn one_account_s_failures_are_not_another_s() {
    let app = limited_app().await;
    sign_up(&app, EMAIL).await;
    fail(&app, "nobody@example.org", 10).await;
    log_in(&app, "nobody@example.org", WRONG).await.expect_problem(429, "too_many_attempts");
    log_in(&app, EMAIL, PASSWORD).await.expect(200);
}

#[tokio::test]
async fn after_a_hundred_failures_an_address_has_to_wait() {
    let app = limited_app().await;
    sign_up(&app, EMAIL).await;
    for account in 0..25 {
        let email = format!("{account}@example.org");
        tokio::join!(fail(&app, &email, 2), fail(&app, &email, 2));
    }
    let answer = log_in(&app, EMAIL, PASSWORD).await.expect_problem(429, "too_many_attempts");
    // A hundred in a quarter of an hour.
    assert_eq!(answer.header("retry-after"), "9");
    for _ in 0..12 {
        log_in(&app, EMAIL, WRONG).await.expect(429);
    }
    app.clock.advance(Duration::from_secs(9));
    // What was refused for the address has not been counted on the account.
    log_in(&app, EMAIL, PASSWORD).await.expect(200);
}

#[tokio::test]
async fn without_limits_nobody_has_to_wait() {
    let app = TestApp::memory().await;
    sign_up(&app, EMAIL).await;
    fail(&app, EMAIL, 12).await;
    log_in(&app, EMAIL, PASSWORD).await.expect(200);
}

#[tokio::test]
async fn what_can_be_no_address_is_counted_all_the_same() {
    let app = limited_app().await;
    fail(&app, "no address", 10).await;
    log_in(&app, "No Address", WRONG).await.expect_problem(429, "too_many_attempts");
}
