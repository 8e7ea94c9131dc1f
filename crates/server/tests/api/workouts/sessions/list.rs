//! `GET /api/v1/workout-sessions`, and reading one again that has not changed.

use reqwest::Method;
use serde_json::{Value, json};

use super::{BENCH, SESSIONS, SQUAT, all, at, exercise_id, lift, log, on_every_store, workout};
use crate::support::steps::pages;
use crate::support::{Answer, Person, TestApp};

/// Logs workout sessions of these titles, beginnings and exercises.
async fn log_all(person: &Person, sessions: &[(&str, &str, &str)]) {
    for (title, started_at, exercise) in sessions {
        let mut body = workout(started_at, [lift(exercise, &[(60.0, 5)])]);
        body["title"] = json!(title);
        log(person, &body).await;
    }
}

/// Not in the order in which they were logged, and three at the same time.
const WEEK: [(&str, &str, &str); 6] = [
    ("c", "2027-01-02T10:00:00Z", BENCH),
    ("a", "2026-12-30T10:00:00Z", SQUAT),
    ("d", "2027-01-02T10:00:00Z", SQUAT),
    ("f", "2027-01-03T23:59:59Z", BENCH),
    ("e", "2027-01-02T10:00:00Z", BENCH),
    ("b", "2026-12-31T23:00:00Z", SQUAT),
];

fn titles(items: &[Value]) -> String {
    items.iter().map(|item| item["title"].as_str().unwrap()).collect()
}

async fn the_latest_comes_first_and_equal_beginnings_keep_their_order(app: TestApp) {
    let ada = app.person("Ada").await;
    log_all(&app.person("Eve").await, &WEEK).await;
    log_all(&ada, &WEEK).await;
    let whole = all(&ada, SESSIONS).await;
    assert_eq!(titles(&whole), "fedcba");
    for limit in 1..=6 {
        let paged = pages(&ada, &format!("{SESSIONS}?limit={limit}")).await;
        assert_eq!(paged.concat(), whole, "{limit}");
        assert!(paged[..paged.len() - 1].iter().all(|page| page.len() == limit));
    }
    for item in &whole {
        assert_eq!(&ada.get(&at(item)).await.expect(200).body, item);
    }
}

async fn a_list_can_be_narrowed_down(app: TestApp) {
    let ada = app.person("Ada").await;
    log_all(&ada, &WEEK).await;
    let (bench, squat) = (exercise_id(&ada, BENCH).await, exercise_id(&ada, SQUAT).await);
    let plank = exercise_id(&ada, "Plank").await;
    for (query, wanted) in [
        ("from=2027-01-02T10:00:00Z".to_owned(), "fedc"),
        ("from=2027-01-02T10:00:01Z".to_owned(), "f"),
        ("to=2027-01-02T10:00:00Z".to_owned(), "ba"),
        ("to=2027-01-02T10:00:01Z".to_owned(), "edcba"),
        ("from=2026-12-31T00:00:00Z&to=2027-01-03T23:59:59Z".to_owned(), "edcb"),
        ("from=2027-01-01T00:00:00%2B01:00&to=2027-01-02T00:00:00Z".to_owned(), "b"),
        ("from=2027-01-03T00:00:00Z&to=2027-01-02T00:00:00Z".to_owned(), ""),
        (format!("exercise_id={bench}"), "fec"),
        (format!("exercise_id={squat}&from=2026-12-31T00:00:00Z"), "db"),
        (format!("exercise_id={plank}"), ""),
        (format!("user_id={}", ada.id), "fedcba"),
    ] {
        for limit in [1, 2, 200] {
            let path = format!("{SESSIONS}?{query}&limit={limit}");
            assert_eq!(titles(&all(&ada, &path).await), wanted, "{path}");
        }
    }
}

async fn what_is_logged_or_deleted_in_between_moves_no_page(app: TestApp) {
    let ada = app.person("Ada").await;
    log_all(&ada, &WEEK).await;
    let first = ada.get(&format!("{SESSIONS}?limit=3")).await.expect(200).body;
    assert_eq!(titles(first["items"].as_array().unwrap()), "fed");
    log_all(&ada, &[("g", "2027-01-04T10:00:00Z", BENCH), ("B", "2026-12-31T23:00:01Z", BENCH)]).await;
    ada.delete(&at(&first["items"][2])).await.expect(204);
    let next = format!("{SESSIONS}?limit=3&cursor={}", first["next_cursor"].as_str().unwrap());
    assert_eq!(titles(&all(&ada, &next).await), "cBba");
}

#[tokio::test]
async fn a_parameter_that_makes_no_sense_is_named() {
    let app = TestApp::memory().await;
    let ada = app.person("Ada").await;
    log_all(&ada, &WEEK).await;
    let mine = ada.get(&format!("{SESSIONS}?limit=1")).await.expect(200).text("next_cursor").to_owned();
    for (query, code) in [
        ("from=yesterday", "invalid_parameter"),
        ("from=2027-02-29T00:00:00Z", "invalid_parameter"),
        ("to=2027-01-04", "invalid_parameter"),
        ("exercise_id=bench", "invalid_parameter"),
        ("user_id=me", "invalid_parameter"),
        ("limit=0", "invalid_parameter"),
        ("limit=-1", "invalid_parameter"),
        ("limit=two", "invalid_parameter"),
        ("limit=1&limit=2", "invalid_parameter"),
        ("page=2", "invalid_parameter"),
        ("cursor=x", "invalid_cursor"),
        ("cursor=", "invalid_cursor"),
    ] {
        let answer = ada.get(&format!("{SESSIONS}?{query}")).await;
        assert_eq!((answer.status, answer.text("code")), (400, code), "{query}: {:#}", answer.body);
    }
    // A cursor is of one list.
    ada.get(&format!("/api/v1/progress/records?cursor={mine}")).await.expect(400);
    ada.get(&format!("/api/v1/progress/summaries?period=day&cursor={mine}")).await.expect(400);
    ada.get(&format!("{SESSIONS}?user_id=01900000-0000-7000-8000-000000000000"))
        .await
        .expect_problem(404, "not_found");
}

#[tokio::test]
async fn what_has_not_changed_is_not_sent_again() {
    let app = TestApp::memory().await;
    let ada = app.person("Ada").await;
    log_all(&ada, &WEEK[..2]).await;
    let session = all(&ada, SESSIONS).await.remove(0);
    let paths = [at(&session), SESSIONS.to_owned(), "/api/v1/progress/dashboard".to_owned()];
    for (path, weight) in paths.into_iter().zip([61.0, 62.0, 63.0]) {
        let tag = ada.get(&path).await.expect(200).header("etag").to_owned();
        let again = |tag: String| ada.request(Method::GET, &path).header("if-none-match", tag);
        let answer = Answer::of(again(tag.clone())).await.expect(304);
        assert_eq!((answer.bytes.as_slice(), answer.header("etag")), (b"".as_slice(), tag.as_str()));
        Answer::of(again("\"other\"".into())).await.expect(200);
        // An edit that brings news of it.
        ada.patch(&at(&session), &json!({"exercises": [lift(BENCH, &[(weight, 5)])]})).await.expect(200);
        Answer::of(again(tag)).await.expect(200);
    }
}

on_every_store!(
    a_list_can_be_narrowed_down,
    the_latest_comes_first_and_equal_beginnings_keep_their_order,
    what_is_logged_or_deleted_in_between_moves_no_page,
);
