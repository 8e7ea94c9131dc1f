//! Somebody whose account is deleted while their file is on its way.

use std::io::{Read, Write as _};
use std::net::TcpStream;
use std::time::Duration;

use sea_orm::{ConnectionTrait, Database, Statement};
use serde_json::json;
use spotter_domain::id::AccountId;
use spotter_domain::vault::AccessClaims;

use super::*;

const FILE: &str = "Date,Exercise Name,Reps\n2026-04-08 16:50,Ada's Yoke,5\n";

async fn nothing_is_saved_for_somebody_who_is_deleted_meanwhile(app: TestApp) {
    let ada = app.person("Ada").await;
    // The unit is told, so that nobody has to be asked before the file has arrived.
    let head = format!(
        "POST {IMPORTS}?weight_unit=kg HTTP/1.1\r\nHost: spotter\r\nConnection: close\r\n\
         Authorization: Bearer {}\r\nContent-Length: {}\r\nExpect: 100-continue\r\n\r\n",
        ada.token,
        FILE.len()
    );
    let address = app.address;
    let begin = move || {
        let mut stream = TcpStream::connect(address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        stream.write_all(head.as_bytes()).unwrap();
        // The server has begun with it, and asks for the file.
        let mut asked = [0; 25];
        stream.read_exact(&mut asked).unwrap();
        assert_eq!(&asked, b"HTTP/1.1 100 Continue\r\n\r\n");
        stream.write_all(&FILE.as_bytes()[..FILE.len() - 4]).unwrap();
        stream
    };
    let mut stream = tokio::task::spawn_blocking(begin).await.unwrap();

    let database = Database::connect(app.database_url()).await.unwrap();
    let delete = Statement::from_string(database.get_database_backend(), "DELETE FROM accounts");
    assert_eq!(database.execute_raw(delete).await.unwrap().rows_affected(), 1);

    let end = move || {
        stream.write_all(&FILE.as_bytes()[FILE.len() - 4..]).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    };
    let answer = tokio::task::spawn_blocking(end).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 401 ") && answer.contains("account_gone"), "{answer}");
    for table in ["imports", "workout_sessions", "exercises WHERE account_id IS NOT NULL"] {
        let count = format!("SELECT COUNT(*) AS count FROM {table}");
        let row =
            database.query_one_raw(Statement::from_string(database.get_database_backend(), count)).await;
        assert_eq!(row.unwrap().unwrap().try_get::<i64>("", "count").unwrap(), 0, "{table}");
    }
}

#[tokio::test]
async fn nothing_is_saved_for_somebody_who_is_deleted_meanwhile_on_sqlite() {
    nothing_is_saved_for_somebody_who_is_deleted_meanwhile(TestApp::sqlite().await).await;
}

#[tokio::test]
async fn nothing_is_saved_for_somebody_who_is_deleted_meanwhile_on_postgres() {
    nothing_is_saved_for_somebody_who_is_deleted_meanwhile(TestApp::postgres().await).await;
}

#[tokio::test]
async fn whoever_is_gone_is_told_so_on_every_route() {
    let app = TestApp::memory().await;
    let mut ghost = app.person("Ada").await;
    let ports = app.spotter.ports();
    let account = AccountId::generate(ports.ids.as_ref());
    let expires_at = ports.clock.now() + Duration::from_hours(1);
    ports.tokens.issue(AccessClaims { account, expires_at }).expose().clone_into(&mut ghost.token);
    for query in ["", "?weight_unit=kg", "?weight_unit=kg&dry_run=true"] {
        send(&ghost, query, FILE).await.expect_problem(401, "account_gone");
    }
    ghost.get("/api/v1/me/export").await.expect_problem(401, "account_gone");
    ghost.act(&format!("{IMPORTS}/{account}/undo")).await.expect_problem(401, "account_gone");
    let anybody = app.post(IMPORTS, &json!({})).await.expect(401);
    assert_eq!(anybody.header("content-type"), "application/problem+json");
}
