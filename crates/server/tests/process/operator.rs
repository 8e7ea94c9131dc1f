//! `spotter operator grant`.

use serde_json::json;
use spotter_testkit::database::TestDatabase;

use crate::support::club::text;
use crate::support::{Call, Program, Serve};

fn grant(url: &str, email: &str) -> Program {
    Program::new(&["operator", "grant", email]).set("SPOTTER_DATABASE__URL", url)
}

#[tokio::test]
async fn whoever_signed_up_can_be_made_an_operator_while_the_node_runs() {
    let database = TestDatabase::sqlite_empty();
    let node = Serve::keyless(database.url()).start().await;
    let account = json!({"email": "ada@example.org", "password": "correct horse", "display_name": "Ada"});
    let signed_up = node.answer(&Call::post("/api/v1/auth/signup").json(account)).await.expect(201);
    let me = Call::get("/api/v1/me").bearing(text(&signed_up, "access_token"));
    let operations = Call::get("/health/detailed").bearing(text(&signed_up, "access_token"));
    assert_eq!(node.answer(&me).await.expect(200)["is_operator"], false);
    node.answer(&operations).await.expect(403);

    let ended = grant(database.url(), "Ada@Example.org").run().await.expect(0);
    assert!(ended.stdout.contains("is an operator"), "{ended:?}");
    assert_eq!(node.answer(&me).await.expect(200)["is_operator"], true);
    node.answer(&operations).await.expect(200);
    grant(database.url(), "ada@example.org").run().await.expect(0);
    node.terminate().await;
}

#[tokio::test]
async fn an_unknown_address_is_told_with_what_to_do() {
    let database = TestDatabase::sqlite_migrated().await;
    let ended = grant(database.url(), "nobody@example.org").run().await.expect(1);
    let line = ended.only_complaint();
    assert!(line.contains("nobody@example.org") && line.contains("sign up"), "{line}");
    assert_eq!(ended.stdout, "");
}

#[tokio::test]
async fn what_is_no_address_is_a_wrong_argument() {
    let database = TestDatabase::sqlite_migrated().await;
    let ended = grant(database.url(), "nobody").run().await.expect(2);
    assert!(ended.only_complaint().contains("address"), "{ended:?}");
}

#[tokio::test]
async fn a_database_without_a_schema_is_told_in_one_line() {
    let database = TestDatabase::sqlite_empty();
    let ended = grant(database.url(), "ada@example.org").run().await.expect(1);
    let line = ended.only_complaint();
    assert!(!line.contains("SELECT") && !line.contains("no such table"), "{line}");
}
