//! HEAD and OPTIONS, which nobody asks for by hand and every proxy does.

use std::collections::BTreeSet;

use reqwest::Method;
use serde_json::Value;

use crate::support::scene::Scene;
use crate::support::{Answer, TestApp};

/// The documented paths, filled in with things that are there, and the methods that each has.
async fn paths(app: &TestApp, scene: &Scene) -> Vec<(String, BTreeSet<String>)> {
    let event = scene.class(5).await;
    let registration = crate::support::scene::register(&scene.owner, &event, 1).await;
    let document = app.get("/openapi.json").await.expect(200).body;
    let mut paths = Vec::new();
    for (template, item) in document["paths"].as_object().unwrap() {
        let id = match template.as_str() {
            path if path.contains("/registrations/{id}") => registration["id"].as_str().unwrap(),
            path if path.contains("/events/{id}") => event.as_str(),
            _ => scene.member.id.as_str(),
        };
        let path = template.replace("{club}", "iron-works").replace("{user_id}", id).replace("{id}", id);
        assert!(!path.contains('{'), "{path} has a parameter that this test does not know");
        paths.push((path, item.as_object().unwrap().keys().map(|method| method.to_uppercase()).collect()));
    }
    paths
}

#[tokio::test]
async fn head_is_get_without_the_body() {
    let app = TestApp::memory().await;
    let scene = Scene::open(&app).await;
    for (path, methods) in paths(&app, &scene).await {
        let head = Answer::of(scene.owner.request(Method::HEAD, &path)).await;
        assert_eq!(head.body, Value::Null, "{path}");
        if !methods.contains("GET") {
            assert_eq!(head.status, 405, "{path}");
            continue;
        }
        let got = scene.owner.get(&path).await;
        assert_eq!(head.status, got.status, "{path}");
        for header in ["content-type", "etag", "cache-control", "vary", "link"] {
            assert_eq!(head.header(header), got.header(header), "{path}: {header}");
        }
        // What is sent as it is read has neither a length nor a tag beforehand.
        let streamed = path.ends_with("/me/export");
        assert_eq!(streamed, got.status == 200 && got.header("etag").is_empty(), "{path}");
        if got.status == 200 && !streamed {
            assert_eq!(head.header("content-length"), got.header("content-length"), "{path}");
            let known = scene.owner.request(Method::HEAD, &path).header("if-none-match", got.header("etag"));
            Answer::of(known).await.expect(304);
        }
    }
}

#[tokio::test]
async fn options_are_refused_with_the_methods_that_there_are() {
    let app = TestApp::memory().await;
    let scene = Scene::open(&app).await;
    for (path, methods) in paths(&app, &scene).await {
        let answer = Answer::of(scene.owner.request(Method::OPTIONS, &path)).await;
        let answer = answer.expect_problem(405, "method_not_allowed");
        let mut allowed: BTreeSet<_> = answer.header("allow").split(", ").map(str::to_owned).collect();
        assert_eq!(allowed.remove("HEAD"), methods.contains("GET"), "{path}");
        assert_eq!(allowed, methods, "{path}");
    }
    let everything = Answer::of(app.request(Method::OPTIONS, "/nowhere")).await;
    everything.expect_problem(404, "not_found");
}

#[tokio::test]
async fn no_method_on_no_path_breaks_anything() {
    let app = TestApp::memory().await;
    let scene = Scene::open(&app).await;
    for (path, methods) in paths(&app, &scene).await {
        for method in ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "TRACE", "PROPFIND"] {
            let answer = Answer::of(app.request(Method::from_bytes(method.as_bytes()).unwrap(), &path)).await;
            assert!(answer.status < 500, "{method} {path}: {:#}", answer.body);
            let known = methods.contains(method) || (method == "HEAD" && methods.contains("GET"));
            assert_eq!(answer.status == 405, !known, "{method} {path}: {}", answer.status);
        }
    }
}
