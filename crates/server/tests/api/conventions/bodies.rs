//! Bodies of requests: JSON, of the right type, of bounded size.

use std::fmt::Write;

use reqwest::Method;
use serde_json::json;

use crate::support::scene::Scene;
use crate::support::{Answer, TestApp, raw};

const SIGNUP: &str = "/api/v1/auth/signup";
const MIB: usize = 1 << 20;

async fn post(app: &TestApp, content_type: &str, body: impl Into<reqwest::Body>) -> Answer {
    Answer::of(app.request(Method::POST, SIGNUP).header("content-type", content_type).body(body)).await
}

/// A body of exactly that many bytes.
fn sized(bytes: usize) -> String {
    let [head, tail] = [r#"{"email":"a@example.org","password":"correct horse","display_name":""#, r#""}"#];
    format!("{head}{}{tail}", "x".repeat(bytes - head.len() - tail.len()))
}

/// The same in chunks, without saying how long it is.
fn chunked(body: &str) -> Vec<u8> {
    let mut request = format!(
        "POST {SIGNUP} HTTP/1.1\r\nHost: spotter\r\nConnection: close\r\nContent-Type: application/json\r\n\
         Transfer-Encoding: chunked\r\n\r\n"
    );
    for chunk in body.as_bytes().chunks(64 * 1024) {
        let chunk = std::str::from_utf8(chunk).unwrap();
        write!(request, "{:x}\r\n{chunk}\r\n", chunk.len()).unwrap();
    }
    (request + "0\r\n\r\n").into_bytes()
}

#[tokio::test]
async fn what_is_not_json_is_refused() {
    let app = TestApp::memory().await;
    let answer = post(&app, "application/json", "{\"email\": ").await.expect_problem(400, "invalid_body");
    insta::assert_json_snapshot!(answer.redacted(), @r#"
    {
      "code": "invalid_body",
      "detail": "the body is not JSON: EOF while parsing a value at line 1 column 10",
      "status": 400,
      "title": "Bad Request",
      "trace_id": "[trace_id]",
      "type": "/problems/invalid_body"
    }
    "#);
    let deep = "[".repeat(100_000);
    for body in ["", " ", "{", "nul", "{}x", "{} {}", "{'email': 1}", "{\"a\": NaN}", "\u{feff}{}", &deep] {
        let answer = post(&app, "application/json", body.to_owned()).await;
        let answer = answer.expect_problem(400, "invalid_body");
        assert!(!answer.text("detail").is_empty());
    }
    for body in [&b"{\"email\": \"\xff\"}"[..], b"\xff\xfe{\0}\0", b"{\"email\": \"\\ud800\"}", b"\0"] {
        post(&app, "application/json", body).await.expect_problem(400, "invalid_body");
    }
}

#[tokio::test]
async fn what_is_json_but_no_object_is_refused() {
    let app = TestApp::memory().await;
    for body in ["null", "7", "\"x\"", "true", "[]", "[\"a@example.org\", \"correct horse\", \"Ada\"]"] {
        let answer = post(&app, "application/json", body).await.expect_problem(400, "invalid_body");
        assert_eq!(answer.body["errors"][0]["pointer"], "", "{body}");
    }
}

#[tokio::test]
async fn another_type_of_content_is_not_read() {
    let app = TestApp::memory().await;
    let good = sized(100);
    let answer = post(&app, "text/plain", good.clone()).await.expect_problem(415, "unsupported_media_type");
    insta::assert_json_snapshot!(answer.redacted(), @r#"
    {
      "code": "unsupported_media_type",
      "detail": "the body must be application/json without a content coding",
      "status": 415,
      "title": "Unsupported Media Type",
      "trace_id": "[trace_id]",
      "type": "/problems/unsupported_media_type"
    }
    "#);
    for media_type in ["", "application/x-www-form-urlencoded", "text/json", "application/jsonx", "json", "é"]
    {
        post(&app, media_type, good.clone()).await.expect_problem(415, "unsupported_media_type");
    }
    let bare = app.request(Method::POST, SIGNUP).body(good.clone());
    Answer::of(bare).await.expect_problem(415, "unsupported_media_type");
    let request = app.request(Method::POST, SIGNUP).header("content-encoding", "gzip");
    let request = request.header("content-type", "application/json").body(good);
    Answer::of(request).await.expect_problem(415, "unsupported_media_type");
}

#[tokio::test]
async fn the_type_of_content_may_be_written_in_several_ways() {
    let app = TestApp::memory().await;
    let types = [
        "application/json",
        "application/json; charset=utf-8",
        "APPLICATION/JSON",
        "application/merge-patch+json",
    ];
    for (index, media_type) in types.into_iter().enumerate() {
        let body = sized(100).replace("a@", &format!("{index}@"));
        post(&app, media_type, body).await.expect(201);
    }
}

#[tokio::test]
async fn a_body_of_1_mib_is_read_and_a_larger_one_is_not() {
    let app = TestApp::memory().await;
    // What is wrong with the largest is its name alone.
    let largest = post(&app, "application/json", sized(MIB)).await.expect_problem(422, "invalid_value");
    assert_eq!(largest.body["errors"][0]["pointer"], "/display_name");
    let answer = post(&app, "application/json", sized(MIB + 1)).await.expect_problem(413, "body_too_large");
    insta::assert_json_snapshot!(answer.redacted(), @r#"
    {
      "code": "body_too_large",
      "detail": "the body must not be larger than 1 MiB",
      "status": 413,
      "title": "Payload Too Large",
      "trace_id": "[trace_id]",
      "type": "/problems/body_too_large"
    }
    "#);
    post(&app, "application/json", sized(8 * MIB)).await.expect_problem(413, "body_too_large");
}

#[tokio::test]
async fn a_body_that_does_not_say_how_large_it_is_is_measured() {
    let app = TestApp::memory().await;
    let largest = raw::send(&app, chunked(&sized(MIB))).await;
    assert_eq!((largest.status, &largest.body["code"]), (422, &json!("invalid_value")));
    for bytes in [MIB + 1, 8 * MIB] {
        let answer = raw::send(&app, chunked(&sized(bytes))).await;
        assert_eq!((answer.status, &answer.body["code"]), (413, &json!("body_too_large")));
        assert_eq!(answer.header("content-type"), "application/problem+json");
    }
}

/// Whoever says how much will come is told before it comes.
#[tokio::test]
async fn a_body_that_would_be_too_large_is_refused_before_it_is_sent() {
    let app = TestApp::memory().await;
    for length in [(MIB + 1).to_string(), "10000000000000".to_owned(), u64::MAX.to_string()] {
        let request = format!(
            "POST {SIGNUP} HTTP/1.1\r\nHost: spotter\r\nConnection: close\r\nContent-Type: application/json\r\n\
             Content-Length: {length}\r\n\r\n{{"
        );
        let answer = raw::send(&app, request).await;
        assert_eq!((answer.status, &answer.body["code"]), (413, &json!("body_too_large")), "{length}");
    }
}

#[tokio::test]
async fn routes_that_take_no_body_read_no_large_one_either() {
    let app = TestApp::memory().await;
    let scene = Scene::open(&app).await;
    let request = scene.outsider.request(Method::POST, "/api/v1/clubs/iron-works/join");
    Answer::of(request.body(" ".repeat(MIB + 1))).await.expect_problem(413, "body_too_large");
    scene.outsider.act("/api/v1/clubs/iron-works/join").await.expect(201);
}
