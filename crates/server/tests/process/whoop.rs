//! The secret that is shared with WHOOP, as it is set.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use serde_json::json;
use sha2::Sha256;
use spotter_domain::Clock;
use spotter_server::clock::SystemClock;
use spotter_testkit::database::TestDatabase;

use crate::support::people::SIGNING_KEY;
use crate::support::{Answer, Call, Node, Program, Serve};

const SECRET: &str = "what WHOOP and we know";

/// A notification that is signed now with that secret, and what is answered.
async fn notify(node: &Node, secret: &str) -> Answer {
    let body = json!({
        "user_id": 10_129, "id": "550e8400-e29b-41d4-a716-446655440000",
        "type": "sleep.updated", "trace_id": "t-1",
    });
    let (body, at) = (body.to_string(), SystemClock.now().as_millisecond().to_string());
    let mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).unwrap();
    let signature = STANDARD.encode(mac.chain_update(&at).chain_update(&body).finalize().into_bytes());
    let call = Call::post("/api/v1/wearables/whoop/webhook")
        .text("application/json", body)
        .header("X-WHOOP-Signature", signature)
        .header("X-WHOOP-Signature-Timestamp", at);
    node.answer(&call).await
}

async fn is_honoured(serve: &Serve) {
    let node = serve.start().await;
    assert_eq!(notify(&node, SECRET).await.status.as_u16(), 204);
    let refused = notify(&node, "another secret").await;
    assert_eq!((refused.status.as_u16(), refused.code()), (401, "invalid_signature"));
    node.terminate().await;
}

#[tokio::test]
async fn a_secret_of_the_environment_is_honoured() {
    let database = TestDatabase::sqlite_empty();
    is_honoured(&Serve::on(database.url()).set("SPOTTER_WEARABLES__WHOOP_SECRET", SECRET)).await;
}

#[tokio::test]
async fn a_secret_of_the_file_is_honoured() {
    let database = TestDatabase::sqlite_empty();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("whoop.toml");
    std::fs::write(&file, format!("[wearables]\nwhoop_secret = \"{SECRET}\"\n")).unwrap();
    let serve = Serve::on(database.url()).with(&["--config", file.to_str().unwrap()]);
    is_honoured(&serve).await;
}

#[tokio::test]
async fn without_a_secret_there_is_nothing_to_notify() {
    let database = TestDatabase::sqlite_empty();
    let node = Serve::on(database.url()).start().await;
    let refused = notify(&node, SECRET).await;
    assert_eq!((refused.status.as_u16(), refused.code()), (404, "not_found"));
    node.terminate().await;
}

#[tokio::test]
async fn an_empty_secret_is_a_wrong_setting_and_a_good_one_is_not_shown() {
    let database = TestDatabase::sqlite_empty();
    let serve = Serve::on(database.url()).set("SPOTTER_WEARABLES__WHOOP_SECRET", "");
    let ended = serve.program().run().await.expect(2);
    assert!(ended.only_complaint().contains("wearables.whoop_secret"), "{ended:?}");
    let program = Program::new(&["config"])
        .set("SPOTTER_AUTH__SIGNING_KEY", SIGNING_KEY)
        .set("SPOTTER_WEARABLES__WHOOP_SECRET", SECRET);
    let shown = program.run().await.expect(0).stdout;
    let line = shown.lines().find(|line| line.starts_with("wearables.whoop_secret = ")).unwrap();
    assert!(line.contains("***") && line.ends_with("SPOTTER_WEARABLES__WHOOP_SECRET"), "{line}");
    assert!(!shown.contains(SECRET), "{shown}");
}
