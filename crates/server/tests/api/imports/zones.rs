//! Times without a zone are those of the person's clock.

use super::*;

const BERLIN: &str = "Europe/Berlin";

/// A file of Hevy with a workout session for each title, beginning and end.
fn file(times: &[(&str, &str, &str)]) -> String {
    let row = |(title, start, end): &(&str, &str, &str)| {
        format!("{title},\"{start}\",\"{end}\",,Plank,,,0,normal,,,,60,")
    };
    let rows: Vec<_> = times.iter().map(row).collect();
    hevy(&rows.iter().map(String::as_str).collect::<Vec<_>>())
}

fn ends(history: &[Value]) -> Vec<&str> {
    history.iter().map(|session| session["ended_at"].as_str().unwrap_or_default()).collect()
}

#[tokio::test]
async fn a_time_is_that_of_the_persons_zone_in_summer_as_in_winter() {
    let app = TestApp::memory().await;
    let ada = lives_in(&app, BERLIN).await;
    bring(&ada, "", file(&[("summer", "8 Jul 2026, 00:30", ""), ("winter", "8 Jan 2026, 00:30", "")])).await;
    assert_eq!(
        starts(&history(&ada).await),
        [("2026-07-07T22:30:00Z", "summer"), ("2026-01-07T23:30:00Z", "winter")]
    );
    let days = ada.get("/api/v1/progress/summaries?period=day").await.expect(200).body;
    let days: Vec<_> = days["items"].as_array().unwrap().iter().map(|day| &day["period_start"]).collect();
    assert_eq!(days, ["2026-07-08", "2026-01-08"]);
}

#[tokio::test]
async fn a_time_that_the_clock_skipped_is_as_much_later() {
    let app = TestApp::memory().await;
    let ada = lives_in(&app, BERLIN).await;
    let told = [
        ("inside", "2026-03-29 02:30:00", "2026-03-29 03:45:00"),
        ("across", "2026-03-29 01:30:00", "2026-03-29 03:30:00"),
    ];
    bring(&ada, "", file(&told)).await;
    let history = history(&ada).await;
    assert_eq!(starts(&history), [("2026-03-29T01:30:00Z", "inside"), ("2026-03-29T00:30:00Z", "across")]);
    assert_eq!(ends(&history), ["2026-03-29T01:45:00Z", "2026-03-29T01:30:00Z"], "an hour, not two");
}

#[tokio::test]
async fn a_time_that_the_clock_showed_twice_is_the_first_of_the_two() {
    let app = TestApp::memory().await;
    let ada = lives_in(&app, BERLIN).await;
    let told = [
        ("inside", "2026-10-25 02:30:00", "2026-10-25 02:45:00"),
        ("across", "2026-10-25 01:30:00", "2026-10-25 03:30:00"),
    ];
    bring(&ada, "", file(&told)).await;
    let history = history(&ada).await;
    assert_eq!(starts(&history), [("2026-10-25T00:30:00Z", "inside"), ("2026-10-24T23:30:00Z", "across")]);
    assert_eq!(ends(&history), ["2026-10-25T00:45:00Z", "2026-10-25T02:30:00Z"], "three hours, not two");
}

#[tokio::test]
async fn a_time_with_an_offset_needs_no_zone() {
    let app = TestApp::memory().await;
    let ada = lives_in(&app, BERLIN).await;
    let told =
        [("a", "2026-10-25 02:30:00+01:00", "2026-10-25T02:00:00Z"), ("b", "2026-07-01T10:00:00-0400", "")];
    bring(&ada, "", file(&told)).await;
    let history = history(&ada).await;
    assert_eq!(starts(&history), [("2026-10-25T01:30:00Z", "a"), ("2026-07-01T14:00:00Z", "b")]);
    assert_eq!(ends(&history), ["2026-10-25T02:00:00Z", ""]);
}

#[tokio::test]
async fn an_end_that_is_none_is_told_and_costs_only_itself() {
    let app = TestApp::memory().await;
    let ada = lives_in(&app, BERLIN).await;
    let told = problems(
        &ada,
        "",
        file(&[
            ("a", "2026-04-08 16:50", "2026-04-08 16:49"),
            ("b", "2026-04-07 16:50", "2026-04-14 16:51"),
            ("c", "2026-04-06 16:50", "later"),
            ("d", "2026-04-05 16:50", "2026-04-05T14:49:59Z"),
        ]),
    )
    .await;
    assert_eq!(told.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [2, 3, 4, 5], "{told:?}");
    assert_eq!(ends(&history(&ada).await), ["", "", "", ""]);
}

async fn w5_a_file_is_recognised_after_a_move_to_another_zone(app: TestApp) {
    let ada = lives_in(&app, BERLIN).await;
    let times = file(&[
        ("a", "8 Jul 2026, 00:30", ""),
        ("b", "2026-10-25 02:30", ""),
        ("c", "2026-07-01T10:00:00Z", ""),
    ]);
    bring(&ada, "", times.clone()).await;
    let before = history(&ada).await;
    prefers(&ada, serde_json::json!({"time_zone": "America/New_York"})).await;
    let again = bring(&ada, "", times).await;
    assert_eq!(again["sessions"], serde_json::json!({"created": 0, "unchanged": 3}));
    assert_eq!(history(&ada).await, before);
    adds_up(&app, &ada).await;
}

on_every_store!(w5_a_file_is_recognised_after_a_move_to_another_zone);
