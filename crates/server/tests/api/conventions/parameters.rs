//! Parameters of the query: those that are documented, and no others.

use crate::support::TestApp;
use crate::support::scene::Scene;

#[tokio::test]
async fn an_unknown_parameter_is_refused_by_its_name() {
    let app = TestApp::memory().await;
    let answer = app.get("/api/v1/clubs?colour=red").await.expect_problem(400, "invalid_parameter");
    insta::assert_json_snapshot!(answer.redacted(), @r#"
    {
      "code": "invalid_parameter",
      "detail": "colour: there is no such parameter",
      "errors": [
        {
          "detail": "there is no such parameter",
          "pointer": "colour"
        }
      ],
      "status": 400,
      "title": "Bad Request",
      "trace_id": "[trace_id]",
      "type": "/problems/invalid_parameter"
    }
    "#);
}

#[tokio::test]
async fn every_route_refuses_parameters_that_it_does_not_have() {
    let app = TestApp::memory().await;
    let scene = Scene::open(&app).await;
    let event = scene.class(5).await;
    for path in ["/api/v1/me", "/api/v1/clubs/iron-works", "/health/live", "/openapi.json"]
        .map(str::to_owned)
        .into_iter()
        .chain([format!("/api/v1/events/{event}")])
    {
        scene.owner.get(&path).await.expect(200);
        let answer =
            scene.owner.get(&format!("{path}?limit=1")).await.expect_problem(400, "invalid_parameter");
        assert_eq!(answer.body["errors"][0]["pointer"], "limit", "{path}");
    }
    scene
        .owner
        .act("/api/v1/clubs/iron-works/join?role=owner")
        .await
        .expect_problem(400, "invalid_parameter");
    for path in ["/api/v1/clubs", "/api/v1/clubs/iron-works/members", "/api/v1/me/api-keys"] {
        let answer = scene.owner.get(&format!("{path}?limit=1&Limit=1")).await;
        let answer = answer.expect_problem(400, "invalid_parameter");
        assert_eq!(answer.body["errors"][0]["pointer"], "Limit", "{path}");
    }
}

#[tokio::test]
async fn a_parameter_is_given_once() {
    let app = TestApp::memory().await;
    let answer = app.get("/api/v1/clubs?limit=1&limit=1").await.expect_problem(400, "invalid_parameter");
    assert_eq!(answer.body["errors"][0]["pointer"], "limit");
}

#[tokio::test]
async fn a_parameter_that_can_not_be_read_is_named() {
    let app = TestApp::memory().await;
    let scene = Scene::open(&app).await;
    let events = "/api/v1/clubs/iron-works/events";
    for (query, name) in [
        ("limit=0", "limit"),
        ("limit=-1", "limit"),
        ("limit=", "limit"),
        ("limit=ten", "limit"),
        ("limit=1.5", "limit"),
        ("limit=%00", "limit"),
        ("from=yesterday", "from"),
        ("from=2027-01-04", "from"),
        ("to=2027-13-04T00:00:00Z", "to"),
        ("to=", "to"),
        ("status=open", "status"),
        ("status=", "status"),
    ] {
        let answer = scene.owner.get(&format!("{events}?{query}")).await;
        let answer = answer.expect_problem(400, "invalid_parameter");
        assert_eq!(answer.body["errors"][0]["pointer"], name, "{query}");
    }
}
