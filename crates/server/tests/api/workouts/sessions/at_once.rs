//! Workout sessions of one person that are logged, edited and deleted at the same moment.

use futures_util::future::join_all;
use reqwest::Method;
use serde_json::{Value, json};

use super::{
    BENCH, SESSIONS, all, at, books, lift, log, on_every_store, records, send_if, told, verify, workout,
};
use crate::support::{Person, TestApp};

/// The nth of several: heavier than the one before.
fn nth(n: u16) -> Value {
    let weight = 100.0 + f64::from(n);
    workout(
        &format!("2027-01-04T0{n}:00:00Z"),
        [lift(BENCH, &[(weight, 1)]), lift("Quizzical Hoist", &[(1.0, 1)])],
    )
}

/// Checks that eight were logged as if one after the other, whatever their order was.
async fn as_if_one_after_the_other(app: &TestApp, ada: &Person, logged: &[Value]) {
    let exercises = |block: usize| logged.iter().map(move |of| &of["exercises"][block]["exercise_id"]);
    assert!(exercises(1).all(|id| id == &logged[0]["exercises"][1]["exercise_id"]), "one exercise was made");
    // Each record that was told to be broken was the last one that was told before.
    let mut broken: Vec<_> = logged
        .iter()
        .flat_map(|of| of["records"].as_array().unwrap())
        .filter(|record| record["kind"] == "heaviest" && record["exercise_name"] == BENCH)
        .map(|record| (record["value"].as_f64().unwrap(), record["previous_value"].as_f64()))
        .collect();
    broken.sort_by(|a, b| a.0.total_cmp(&b.0));
    assert_eq!(broken[0].1, None);
    for pair in broken.windows(2) {
        assert_eq!(pair[1].1, Some(pair[0].0), "{broken:?}");
    }
    let day = &all(ada, "/api/v1/progress/summaries?period=day").await;
    assert_eq!(day.len(), 1);
    assert_eq!((&day[0]["sessions"], &day[0]["sets"]), (&json!(8), &json!(16)));
    // 101 to 108 kg, and 1 kg eight times.
    assert_eq!(day[0]["volume_kg"], 844);
    assert!(told(&records(ada).await).contains(&format!("{BENCH} heaviest external 108 kg")));
    assert_eq!(all(ada, &format!("{SESSIONS}?limit=3")).await.len(), 8);
    verify(app, ada).await;
}

async fn eight_at_once_are_all_in_the_books(app: TestApp) {
    let ada = app.person("Ada").await;
    let bodies: Vec<_> = (1..=8).map(nth).collect();
    let logged = join_all(bodies.iter().map(|body| log(&ada, body))).await;
    as_if_one_after_the_other(&app, &ada, &logged).await;
}

#[tokio::test]
async fn eight_at_once_on_two_nodes_are_all_in_the_books() {
    let app = TestApp::postgres().await;
    let other = app.beside().await;
    let here = app.person("Ada").await;
    let there = here.at(&other);
    let bodies: Vec<_> = (1..=8).map(nth).collect();
    let at_once = bodies.iter().zip([&here, &there].into_iter().cycle()).map(|(body, ada)| log(ada, body));
    let logged = join_all(at_once).await;
    as_if_one_after_the_other(&app, &here, &logged).await;
    assert_eq!(books(&there).await, books(&here).await);
}

async fn of_two_edits_at_once_under_one_tag_one_is_made(app: TestApp) {
    let ada = app.person("Ada").await;
    let logged = log(&ada, &nth(1)).await;
    let path = at(&logged);
    let tag = ada.get(&path).await.expect(200).header("etag").to_owned();
    let edits: Vec<_> = (2..8).map(|n| json!({"exercises": nth(n)["exercises"]})).collect();
    let at_once = edits.iter().map(|edit| send_if(&ada, Method::PATCH, &path, &tag, Some(edit)));
    let answers = join_all(at_once).await;
    let (made, refused): (Vec<_>, Vec<_>) = answers.into_iter().partition(|answer| answer.status == 200);
    assert_eq!((made.len(), refused.len()), (1, 5));
    for answer in refused {
        answer.expect_problem(412, "version_mismatch");
    }
    let now = ada.get(&path).await.expect(200).body;
    assert_eq!(now["exercises"], made[0].body["exercises"]);
    verify(&app, &ada).await;
}

async fn edits_and_deletions_at_once_leave_the_books_right(app: TestApp) {
    let ada = app.person("Ada").await;
    let mut logged = Vec::new();
    for n in 1..=8 {
        logged.push(log(&ada, &nth(n)).await);
    }
    let work = logged.iter().zip(1_u16..).map(|(session, n)| {
        let (ada, path) = (&ada, at(session));
        async move {
            match n % 3 {
                0 => ada.delete(&path).await.expect(204),
                1 => ada.patch(&path, &json!({"exercises": [lift(BENCH, &[(50.0, n)])]})).await.expect(200),
                _ => ada.patch(&path, &json!({"started_at": "2027-01-02T08:00:00Z"})).await.expect(200),
            }
        }
    });
    join_all(work).await;
    let days = all(&ada, "/api/v1/progress/summaries?period=day").await;
    let days: Vec<_> =
        days.iter().map(|day| (day["period_start"].as_str().unwrap(), &day["sessions"])).collect();
    assert_eq!(days, [("2027-01-04", &json!(3)), ("2027-01-02", &json!(3))]);
    verify(&app, &ada).await;
}

on_every_store!(
    edits_and_deletions_at_once_leave_the_books_right,
    eight_at_once_are_all_in_the_books,
    of_two_edits_at_once_under_one_tag_one_is_made,
);
