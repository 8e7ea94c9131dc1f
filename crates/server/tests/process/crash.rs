//! A node on the embedded database dies without a word, and comes back with all that it acknowledged.

use serde_json::json;
use spotter_testkit::database::TestDatabase;
use tokio::task::JoinSet;

use crate::support::club::text;
use crate::support::{Api, Call, Class, Serve, people, rows, until};

#[tokio::test(flavor = "multi_thread")]
async fn a_killed_node_on_sqlite_comes_back_with_what_it_acknowledged() {
    let database = TestDatabase::sqlite_empty();
    let serve = Serve::on(database.url());
    let node = serve.start().await;
    let people = people::settle(database.url(), 200).await;
    let class = Class::open(&node, &people[0], 50).await;
    let (api, mut sending) = (Api::new(), JoinSet::new());
    for person in people[1..].iter().cloned() {
        let (api, address, call) = (api.clone(), node.address(), class.register(&person, 1));
        sending.spawn(async move { (person, api.send(address, &call).await) });
    }
    let mut acknowledged = Vec::new();
    let mut kill = Some(node);
    while let Some(sent) = sending.join_next().await {
        let (person, answer) = sent.unwrap();
        if let Ok(answer) = answer {
            acknowledged.push((person, answer.expect(201)));
        }
        // In the midst of it: many are answered, many are not.
        if acknowledged.len() >= 60
            && let Some(node) = kill.take()
        {
            node.kill9();
        }
    }
    assert!((60..199).contains(&acknowledged.len()), "{} were acknowledged", acknowledged.len());
    let log = format!("{}-wal", file_of(database.url()));
    assert!(std::fs::metadata(&log).unwrap().len() > 0, "it left no write-ahead log to recover from");
    let node = serve.start().await;
    for (person, registration) in &acknowledged {
        let path = format!("/api/v1/registrations/{}", text(registration, "id"));
        let found = node.answer(&Call::get(path).by(person)).await.expect(200);
        assert_eq!(found["status"], registration["status"]);
    }
    node.terminate().await;
    let books = rows::connect(database.url()).await;
    let check = rows::all(&books, "PRAGMA integrity_check").await;
    assert_eq!(rows::get::<String>(&check[0], "integrity_check"), "ok");
    let total = rows::count(&books, "SELECT COUNT(*) AS count FROM registrations").await;
    assert!(total >= i64::try_from(acknowledged.len()).unwrap());
    println!("{} acknowledged of 199, {total} are there", acknowledged.len());
    books.close().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn people_stay_signed_in_when_a_node_with_a_key_of_its_own_dies() {
    let database = TestDatabase::sqlite_empty();
    let serve = Serve::keyless(database.url());
    let node = serve.start().await;
    let account = json!({"email": "ada@example.org", "password": "correct horse", "display_name": "Ada"});
    let signed_up = node.answer(&Call::post("/api/v1/auth/signup").json(account)).await.expect(201);
    node.kill9();
    let node = serve.start().await;
    let me =
        node.answer(&Call::get("/api/v1/me").bearing(text(&signed_up, "access_token"))).await.expect(200);
    assert_eq!(me["email"], "ada@example.org");
    let refresh = json!({"refresh_token": text(&signed_up, "refresh_token")});
    node.answer(&Call::post("/api/v1/auth/refresh").json(refresh)).await.expect(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_node_killed_over_the_demonstration_does_not_take_half_of_it_for_another_club() {
    let database = TestDatabase::sqlite_empty();
    let serve = Serve::on(database.url()).with_demo();
    let started = serve.program().start();
    let watcher = rows::connect(database.url()).await;
    until("the demonstration is being made", std::time::Duration::from_secs(30), async || {
        let tables = "SELECT COUNT(*) AS count FROM sqlite_master WHERE name = 'registrations'";
        if rows::count(&watcher, tables).await == 0 {
            return None;
        }
        (rows::count(&watcher, "SELECT COUNT(*) AS count FROM registrations").await > 0).then_some(())
    })
    .await;
    watcher.close().await.unwrap();
    started.kill9();
    let node = serve.start().await;
    assert!(node.said().contains("owner@demo.example"), "{}", node.said());
    let classes = Call::get("/api/v1/clubs/harbour-strength/events?limit=200");
    let classes = node.answer(&classes).await.expect(200);
    let waiting = |class: &serde_json::Value| class["waitlisted"].as_i64() > Some(0);
    assert!(classes["items"].as_array().unwrap().iter().any(waiting), "half of a demonstration was kept");
}

fn file_of(url: &str) -> &str {
    let path = url.strip_prefix("sqlite://").unwrap();
    path.split_once('?').map_or(path, |(path, _)| path)
}
