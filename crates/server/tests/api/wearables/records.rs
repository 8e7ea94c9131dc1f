//! Keeping records, listing them, and getting them back as they came.

use reqwest::Method;
use serde_json::json;

use super::{RECORDS, SLEEP, cycle, records, recovery, sleep, told, with};
use crate::support::steps::pages;
use crate::support::{Answer, TestApp};

#[tokio::test]
async fn a_recovery_is_kept() {
    let app = TestApp::memory().await;
    let ada = app.person("Ada").await;
    let answer = ada.post("/api/v1/wearables/recoveries", &recovery()).await.expect(201);
    assert_eq!(answer.header("location"), format!("{RECORDS}/{}", answer.text("id")));
    assert_eq!(answer.text("external_id"), SLEEP);
    insta::assert_json_snapshot!(answer.redacted(), @r#"
    {
      "external_id": "[id]",
      "hrv_ms": 31.814,
      "id": "[id]",
      "kind": "recovery",
      "nap": null,
      "recorded_at": "2027-01-04T06:25:44.774Z",
      "recovery_score": 44,
      "recovery_tier": "medium",
      "resting_heart_rate": 64,
      "sleep_performance": null,
      "sleep_tier": null,
      "strain": null,
      "updated_at": "2027-01-04T06:25:44.774Z"
    }
    "#);
    let shown = ada.get(answer.header("location")).await.expect(200);
    assert_eq!(shown.body, answer.body);
    assert_eq!(shown.header("etag"), answer.header("etag"));
    assert_eq!(told(&app).await, ["wearable_recorded"]);
}

#[tokio::test]
async fn a_sleep_is_kept() {
    let app = TestApp::memory().await;
    let ada = app.person("Ada").await;
    let answer = ada.post("/api/v1/wearables/sleeps", &sleep()).await.expect(201);
    insta::assert_json_snapshot!(answer.redacted(), @r#"
    {
      "external_id": "[id]",
      "hrv_ms": null,
      "id": "[id]",
      "kind": "sleep",
      "nap": false,
      "recorded_at": "2027-01-03T22:25:44.774Z",
      "recovery_score": null,
      "recovery_tier": null,
      "resting_heart_rate": null,
      "sleep_performance": 98,
      "sleep_tier": "high",
      "strain": null,
      "updated_at": "2027-01-04T06:25:44.774Z"
    }
    "#);
}

#[tokio::test]
async fn a_cycle_is_kept() {
    let app = TestApp::memory().await;
    let ada = app.person("Ada").await;
    let answer = ada.post("/api/v1/wearables/cycles", &cycle()).await.expect(201);
    insta::assert_json_snapshot!(answer.redacted(), @r#"
    {
      "external_id": "93845",
      "hrv_ms": null,
      "id": "[id]",
      "kind": "cycle",
      "nap": null,
      "recorded_at": "2027-01-04T02:25:44.774Z",
      "recovery_score": null,
      "recovery_tier": null,
      "resting_heart_rate": null,
      "sleep_performance": null,
      "sleep_tier": null,
      "strain": 5.3,
      "updated_at": "2027-01-04T06:25:44.774Z"
    }
    "#);
}

/// As a person might write it: spaces, escapes, numbers with zeros at their end, fields nobody knows.
const WRITTEN: &str = " {\n\t\"future\" : {\"a\":[1.50,-0,1e2], \"é\\u00e9\": null}, \"future\": 2,\r\n
    \"sleep_id\":\"ECFC6A15-4661-442F-A9A4-F160DD7AFAE8\" ,\"user_id\":10129.0,
    \"created_at\":\"2027-01-04T08:25:44.7740000+02:00\",\"updated_at\":\"2027-01-04T06:25:44Z\",
    \"score_state\":\"PENDING_SCORE\" } \n";

async fn comes_back_as_it_came(app: TestApp) {
    let ada = app.person("Ada").await;
    let post = ada.request(Method::POST, "/api/v1/wearables/recoveries");
    let post = post.header("content-type", "application/json").body(WRITTEN);
    let kept = Answer::of(post).await.expect(201);
    assert_eq!((kept.text("external_id"), kept.text("recorded_at")), (SLEEP, "2027-01-04T06:25:44.774Z"));
    let path = format!("{RECORDS}/{}/raw", kept.text("id"));
    let raw = ada.get(&path).await.expect(200);
    assert_eq!(std::str::from_utf8(&raw.bytes).unwrap(), WRITTEN);
    assert_eq!(raw.header("content-type"), "application/json");
    let again = ada.request(Method::GET, &path).header("if-none-match", raw.header("etag"));
    assert_eq!(Answer::of(again).await.expect(304).bytes, b"");
    app.person("Bob").await.get(&path).await.expect_problem(404, "not_found");
}

#[tokio::test]
async fn a_record_comes_back_as_it_came() {
    comes_back_as_it_came(TestApp::memory().await).await;
}

#[tokio::test]
async fn a_record_comes_back_as_it_came_from_sqlite() {
    comes_back_as_it_came(TestApp::sqlite().await).await;
}

#[tokio::test]
async fn a_record_comes_back_as_it_came_from_postgresql() {
    comes_back_as_it_came(TestApp::postgres().await).await;
}

#[tokio::test]
async fn records_are_listed_latest_first_and_by_kind() {
    let app = TestApp::sqlite().await;
    let (ada, bob) = (app.person("Ada").await, app.person("Bob").await);
    for day in 1..=3 {
        let at = format!("2027-01-0{day}T06:00:00Z");
        let cycle = with(cycle(), &[("/id", json!(day)), ("/start", json!(at))]);
        ada.post("/api/v1/wearables/cycles", &cycle).await.expect(201);
    }
    ada.post("/api/v1/wearables/recoveries", &recovery()).await.expect(201);
    ada.post("/api/v1/wearables/sleeps", &sleep()).await.expect(201);
    bob.post("/api/v1/wearables/sleeps", &sleep()).await.expect(201);
    let walked = |pages: Vec<Vec<serde_json::Value>>| {
        let items = pages.into_iter().flatten();
        items.map(|item| item["recorded_at"].as_str().unwrap()[..13].to_owned()).collect::<Vec<_>>()
    };
    let all = pages(&ada, &format!("{RECORDS}?limit=2")).await;
    assert_eq!(all.len(), 3);
    let latest_first = ["2027-01-04T06", "2027-01-03T22", "2027-01-03T06", "2027-01-02T06", "2027-01-01T06"];
    assert_eq!(walked(all), latest_first);
    let cycles = pages(&ada, &format!("{RECORDS}?kind=cycle&limit=2")).await;
    assert_eq!(walked(cycles), latest_first[2..]);
    ada.get(&format!("{RECORDS}?kind=workout")).await.expect_problem(400, "invalid_parameter");
    ada.get(&format!("{RECORDS}?cursor=x")).await.expect_problem(400, "invalid_cursor");
}

#[tokio::test]
async fn a_record_can_be_deleted_and_sent_again() {
    let app = TestApp::memory().await;
    let ada = app.person("Ada").await;
    let kept = ada.post("/api/v1/wearables/recoveries", &recovery()).await.expect(201);
    let path = format!("{RECORDS}/{}", kept.text("id"));
    let guarded = ada.request(Method::DELETE, &path).header("if-match", kept.header("etag"));
    Answer::of(guarded).await.expect_problem(412, "version_mismatch");
    ada.delete(&path).await.expect(204);
    for gone in [path.clone(), format!("{path}/raw")] {
        ada.get(&gone).await.expect_problem(404, "not_found");
    }
    ada.delete(&path).await.expect_problem(404, "not_found");
    assert_eq!(records(&ada).await, Vec::<serde_json::Value>::new());
    let again = ada.post("/api/v1/wearables/recoveries", &recovery()).await.expect(201);
    assert_ne!(again.text("id"), kept.text("id"));
    assert_eq!(told(&app).await, ["wearable_recorded", "wearable_record_deleted", "wearable_recorded"]);
}

#[tokio::test]
async fn what_is_wrong_is_named_and_nothing_is_kept() {
    let app = TestApp::memory().await;
    let ada = app.person("Ada").await;
    let bad = with(
        recovery(),
        &[
            ("/created_at", json!("1999-12-31T23:59:59Z")),
            ("/updated_at", json!("2027-01-06T12:00:01Z")),
            ("/score/recovery_score", json!(101)),
            ("/score/resting_heart_rate", json!(15)),
            ("/score/hrv_rmssd_milli", json!(-1)),
        ],
    );
    let answer = ada.post("/api/v1/wearables/recoveries", &bad).await.expect_problem(422, "invalid_value");
    insta::assert_json_snapshot!(answer.body["errors"], @r#"
    [
      {
        "detail": "must be in the year 2000 or later, and at most two days from now",
        "pointer": "/created_at"
      },
      {
        "detail": "must be in the year 2000 or later, and at most two days from now",
        "pointer": "/updated_at"
      },
      {
        "detail": "must be 0 to 100",
        "pointer": "/score/recovery_score"
      },
      {
        "detail": "must be 20 to 250 beats a minute",
        "pointer": "/score/resting_heart_rate"
      },
      {
        "detail": "must be 0 to 1000 milliseconds",
        "pointer": "/score/hrv_rmssd_milli"
      }
    ]
    "#);
    let wrong_type = with(sleep(), &[("/score/sleep_performance_percentage", json!("98"))]);
    let answer = ada.post("/api/v1/wearables/sleeps", &wrong_type).await.expect_problem(400, "invalid_body");
    assert_eq!(answer.body["errors"][0]["pointer"], "/score/sleep_performance_percentage");
    ada.post("/api/v1/wearables/cycles", &recovery()).await.expect_problem(400, "invalid_body");
    assert_eq!(records(&ada).await, Vec::<serde_json::Value>::new());
    assert_eq!(told(&app).await, Vec::<&str>::new());
}

#[tokio::test]
async fn a_record_of_64_kib_is_kept_and_a_larger_one_is_not() {
    let app = TestApp::sqlite().await;
    let ada = app.person("Ada").await;
    let mut record = recovery();
    record["padding"] = json!("");
    let short = (64 << 10) - record.to_string().len();
    record["padding"] = json!("x".repeat(short + 1));
    let answer = ada.post("/api/v1/wearables/recoveries", &record).await;
    assert!(answer.expect_problem(413, "body_too_large").text("detail").contains("64 KiB"));
    record["padding"] = json!("x".repeat(short));
    let kept = ada.post("/api/v1/wearables/recoveries", &record).await.expect(201);
    let raw = ada.get(&format!("{RECORDS}/{}/raw", kept.text("id"))).await.expect(200);
    assert_eq!((raw.bytes.len(), raw.body), (64 << 10, record));
}
