//! `spotter serve --demo`: something to see, and nothing where there is something already.

use serde_json::{Value, json};
use spotter_testkit::database::TestDatabase;

use crate::support::club::{number, text};
use crate::support::{Call, Class, Node, Serve, people};

const CLUB: &str = "/api/v1/clubs/harbour-strength";

async fn items(node: &Node, path: &str) -> Vec<Value> {
    let page = node.answer(&Call::get(path)).await.expect(200);
    assert_eq!(page["next_cursor"], Value::Null, "one page is enough for this test");
    page["items"].as_array().unwrap().clone()
}

async fn classes(node: &Node) -> Vec<Value> {
    items(node, &format!("{CLUB}/events?limit=200")).await
}

/// The password, and the addresses with which one can sign in, as they are printed.
fn sign_ins(said: &str) -> (String, Vec<String>) {
    let (_, password) = said.split_once("password ").unwrap_or_else(|| panic!("no password in {said}"));
    let password = password.split([':', '\n', ' ']).next().unwrap().to_owned();
    let addresses = said.split_whitespace().filter(|word| word.contains('@')).map(str::to_owned).collect();
    (password, addresses)
}

#[tokio::test]
async fn it_says_where_it_listens_and_who_can_sign_in() {
    let database = TestDatabase::sqlite_empty();
    let node = Serve::on(database.url()).with_demo().start().await;
    let said = node.said();
    for url in [format!("http://{}", node.address()), format!("http://{}/docs", node.address())] {
        assert!(said.contains(&url), "{said}");
    }
    node.answer(&Call::get("/openapi.json")).await.expect(200);
    node.answer(&Call::get("/health/ready")).await.expect(200);
    let (password, addresses) = sign_ins(&said);
    assert!(addresses.len() >= 4, "{said}");
    for email in addresses {
        let login = Call::post("/api/v1/auth/login").json(json!({"email": email, "password": password}));
        let signed_in = node.answer(&login).await.expect(200);
        let me = Call::get("/api/v1/me").bearing(text(&signed_in, "access_token"));
        assert_eq!(node.answer(&me).await.expect(200)["email"], email);
    }
    node.terminate().await;
}

#[tokio::test]
async fn some_classes_are_full_with_people_waiting_and_obey_the_rules() {
    let database = TestDatabase::sqlite_empty();
    let node = Serve::on(database.url()).with_demo().start().await;
    let classes = classes(&node).await;
    assert!(classes.len() >= 10, "{} classes", classes.len());
    for class in &classes {
        assert!(number(class, "confirmed") <= number(class, "capacity"), "rule R1: {class:#}");
    }
    let crowded = |class: &&Value| number(class, "spots_left") == 0 && number(class, "waitlisted") > 0;
    assert!(classes.iter().filter(crowded).count() >= 3, "{classes:#?}");
    assert!(
        classes.iter().any(|class| number(class, "spots_left") > 0),
        "one can still register for something"
    );
}

#[tokio::test]
async fn the_second_start_keeps_what_the_first_one_made() {
    let database = TestDatabase::sqlite_empty();
    let serve = Serve::on(database.url()).with_demo();
    let node = serve.start().await;
    let (before, first) = (classes(&node).await, node.said());
    node.terminate().await;
    let node = serve.start().await;
    assert_eq!(classes(&node).await, before);
    assert_eq!(items(&node, "/api/v1/clubs").await.len(), 1);
    assert_eq!(sign_ins(&node.said()), sign_ins(&first));
}

#[tokio::test]
async fn without_the_flag_it_starts_empty() {
    let database = TestDatabase::sqlite_empty();
    let node = Serve::on(database.url()).start().await;
    assert_eq!(items(&node, "/api/v1/clubs").await, Vec::<Value>::new());
    assert!(!node.said().contains("password"), "{}", node.said());
}

#[tokio::test]
async fn a_database_with_another_club_is_left_alone() {
    let database = TestDatabase::sqlite_empty();
    let serve = Serve::on(database.url());
    let node = serve.start().await;
    let owner = people::settle(database.url(), 1).await.remove(0);
    Class::open(&node, &owner, 5).await;
    node.terminate().await;
    let node = serve.with_demo().start().await;
    let clubs = items(&node, "/api/v1/clubs").await;
    assert_eq!(clubs.iter().map(|club| text(club, "slug")).collect::<Vec<_>>(), ["storm"]);
    assert!(node.said().contains("not empty") && !node.said().contains("@demo.example"), "{}", node.said());
    node.answer(&Call::get(CLUB)).await.expect(404);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_nodes_that_start_together_make_one_demonstration() {
    let database = TestDatabase::postgres_empty().await;
    let serve = Serve::on(database.url()).with_demo();
    let (one, other) = tokio::join!(serve.start(), serve.start());
    let found = classes(&one).await;
    assert_eq!(classes(&other).await, found);
    assert!(found.iter().any(|class| number(class, "waitlisted") > 0), "{found:#?}");
    for said in [one.said(), other.said()] {
        assert!(said.contains("owner@demo.example"), "{said}");
    }
}
