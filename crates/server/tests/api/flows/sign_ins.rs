//! From signing up to signing out

use reqwest::Method;
use serde_json::{Value, json};

use super::on_both;
use crate::support::{Answer, TestApp};

const EMAIL: &str = "ada@example.org";
const PASSWORD: &str = "correct horse battery";

async fn me(app: &TestApp, session: &Value) -> Answer {
    let token = session["access_token"].as_str().unwrap();
    Answer::of(app.request(Method::GET, "/api/v1/me").bearer_auth(token)).await
}

async fn refresh(app: &TestApp, session: &Value) -> Answer {
    app.post("/api/v1/auth/refresh", &json!({"refresh_token": session["refresh_token"]})).await
}

async fn log_in(app: &TestApp, email: &str, password: &str) -> Answer {
    app.post("/api/v1/auth/login", &json!({"email": email, "password": password})).await
}

async fn somebody_signs_up_in_anew_and_out(app: TestApp) {
    let account = json!({"email": EMAIL, "password": PASSWORD, "display_name": "Ada"});
    let signed_up = app.post("/api/v1/auth/signup", &account).await.expect(201).body;
    assert_eq!(me(&app, &signed_up).await.expect(200).text("email"), EMAIL);
    app.post("/api/v1/auth/signup", &account).await.expect(409);

    let logged_in = log_in(&app, "  ADA@example.org ", PASSWORD).await.expect(200).body;
    assert_eq!(logged_in["user"]["id"], signed_up["user"]["id"]);
    let wrong = log_in(&app, EMAIL, "another horse battery").await.expect(401);
    let nobody = log_in(&app, "nobody@example.org", PASSWORD).await.expect(401);
    assert_eq!(wrong.redacted(), nobody.redacted());

    // A refresh token works once. Using it again ends the whole family, and no other.
    let refreshed = refresh(&app, &logged_in).await.expect(200).body;
    assert_eq!(me(&app, &refreshed).await.expect(200).text("email"), EMAIL);
    assert_ne!(refreshed["refresh_token"], logged_in["refresh_token"]);
    refresh(&app, &logged_in).await.expect_problem(401, "invalid_refresh_token");
    refresh(&app, &refreshed).await.expect_problem(401, "invalid_refresh_token");
    let other_family = refresh(&app, &signed_up).await.expect(200).body;

    // An application that was started anew knows them still, until they sign out.
    let anew = app.beside().await;
    let kept = refresh(&anew, &other_family).await.expect(200).body;
    let out = anew.post("/api/v1/auth/logout", &json!({"refresh_token": kept["refresh_token"]})).await;
    assert_eq!(out.expect(204).body, json!(null));
    refresh(&app, &kept).await.expect_problem(401, "invalid_refresh_token");
    log_in(&app, EMAIL, PASSWORD).await.expect(200);
}

on_both!(somebody_signs_up_in_anew_and_out);
