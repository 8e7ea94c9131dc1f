//! Parameters of progress that make no sense.

use crate::support::TestApp;
use crate::workouts::sessions::{BENCH, exercise_id, lift, log, workout};

#[tokio::test]
async fn a_parameter_that_makes_no_sense_is_named() {
    let app = TestApp::memory().await;
    let ada = app.person("Ada").await;
    let bench = exercise_id(&ada, BENCH).await;
    let trend = format!("exercises/{bench}/trend");
    for (report, query) in [
        ("dashboard", "days=0"),
        ("dashboard", "days=3661"),
        ("dashboard", "days=-1"),
        ("dashboard", "days=1.5"),
        ("dashboard", "days="),
        ("dashboard", "days=99999999999999999999"),
        ("dashboard", "days=7&days=7"),
        ("dashboard", "weeks=7"),
        ("summaries", ""),
        ("summaries", "period=year"),
        ("summaries", "period="),
        ("summaries", "period=day&from=2027-02-29"),
        ("summaries", "period=day&from=20270104"),
        ("summaries", "period=day&to=yesterday"),
        ("summaries", "period=day&to=2027-01-04T00:00:00"),
        ("summaries", "period=day&limit=0"),
        ("records", "exercise_id=bench"),
        ("records", "limit=none"),
        ("records", "kind=heaviest"),
        (&trend, "weeks=0"),
        (&trend, "weeks=521"),
        (&trend, "weeks=many"),
        (&trend, "limit=5"),
    ] {
        let path = format!("/api/v1/progress/{report}?{query}");
        let answer = ada.get(&path).await;
        assert_eq!(
            (answer.status, answer.text("code")),
            (400, "invalid_parameter"),
            "{path}: {:#}",
            answer.body
        );
    }
    for path in ["dashboard?days=3660", "summaries?period=month&from=1900-01-01&to=9999-12-31"] {
        ada.get(&format!("/api/v1/progress/{path}")).await.expect(200);
    }
    ada.get(&format!("/api/v1/progress/{trend}?weeks=520")).await.expect(200);
}

#[tokio::test]
async fn a_cursor_is_of_one_list_alone() {
    let app = TestApp::memory().await;
    let ada = app.person("Ada").await;
    for month in ["2026-11", "2026-12", "2027-01"] {
        log(&ada, &workout(&format!("{month}-02T09:00:00Z"), [lift(BENCH, &[(100.0, 5)])])).await;
    }
    let lists =
        ["summaries?period=day", "summaries?period=week", "records?limit=9", "summaries?period=month"];
    for (list, from) in [(0, 1), (1, 0), (2, 0), (3, 0), (0, 2)] {
        let page = ada
            .get(&format!("/api/v1/progress/{}", lists[from].replace("?limit=9", "?") + "&limit=1"))
            .await
            .expect(200);
        let cursor = page.text("next_cursor");
        let path = format!("/api/v1/progress/{}&cursor={cursor}", lists[list]);
        ada.get(&path).await.expect_problem(400, "invalid_cursor");
    }
    for list in lists {
        ada.get(&format!("/api/v1/progress/{list}&cursor=x")).await.expect_problem(400, "invalid_cursor");
    }
}

#[tokio::test]
async fn of_an_exercise_that_there_is_not_there_is_no_progress() {
    let app = TestApp::memory().await;
    let (ada, eve) = (app.person("Ada").await, app.person("Eve").await);
    log(&ada, &workout("2027-01-04T09:00:00Z", [lift("Quizzical Hoist", &[(20.0, 5)])])).await;
    let own = exercise_id(&ada, "Quizzical Hoist").await;
    for (person, exercise) in [(&ada, "01900000-0000-7000-8000-000000000000"), (&eve, own.as_str())] {
        for path in [format!("records?exercise_id={exercise}"), format!("exercises/{exercise}/trend")] {
            person.get(&format!("/api/v1/progress/{path}")).await.expect_problem(404, "not_found");
        }
    }
    ada.get("/api/v1/progress/exercises/bench/trend").await.expect_problem(404, "not_found");
    ada.get(&format!("/api/v1/progress/exercises/{own}/trend")).await.expect(200);
}

#[tokio::test]
async fn nobody_sees_progress_without_signing_in() {
    let app = TestApp::memory().await;
    for report in ["dashboard", "summaries?period=day", "records"] {
        app.get(&format!("/api/v1/progress/{report}")).await.expect_problem(401, "authentication_required");
    }
}
