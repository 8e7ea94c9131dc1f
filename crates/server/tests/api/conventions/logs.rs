//! What is written about requests: names and patterns, never who asks or with what.

use std::io;
use std::sync::Arc;

use parking_lot::Mutex;
use serde_json::json;
use tracing::Level;
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::fmt::format::FmtSpan;

use crate::auth::{self, PASSWORD};
use crate::support::{TestApp, raw};

/// Keeps everything that anybody in this process says, as it is said: nothing is redacted here.
#[derive(Clone, Default)]
struct Recorder(Arc<Mutex<Vec<u8>>>);

impl Recorder {
    fn install() -> Self {
        let recorder = Self::default();
        tracing_subscriber::fmt()
            .with_max_level(Level::TRACE)
            .with_span_events(FmtSpan::FULL)
            .with_ansi(false)
            .with_writer(recorder.clone())
            .try_init()
            .expect("this is the only test that listens");
        recorder
    }

    fn text(&self) -> String {
        String::from_utf8_lossy(&self.0.lock()).into_owned()
    }
}

impl io::Write for Recorder {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Recorder {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

#[tokio::test]
async fn no_address_and_no_secret_is_ever_written_down() {
    let recorder = Recorder::install();
    let app = TestApp::sqlite().await;
    let email = "grace.hopper@navy.example.org";
    let mut secrets = vec![PASSWORD.to_owned(), "wrong horse battery".to_owned(), "grace.hopper".to_owned()];
    let mut keep = |answer: &crate::support::Answer| {
        for field in ["access_token", "refresh_token"] {
            secrets.push(answer.text(field).to_owned());
        }
    };
    let signed_up = auth::sign_up(&app, email).await;
    keep(&signed_up);
    app.post("/api/v1/auth/signup", &auth::newcomer(email)).await.expect(409);
    auth::log_in(&app, email, "wrong horse battery").await.expect(401);
    let logged_in = auth::log_in(&app, email, PASSWORD).await.expect(200);
    keep(&logged_in);
    let refreshed = auth::refresh(&app, logged_in.text("refresh_token")).await.expect(200);
    keep(&refreshed);
    auth::me(&app, refreshed.text("access_token")).await.expect(200);
    // A token that comes back is worth a line, but not the token.
    auth::refresh(&app, logged_in.text("refresh_token")).await.expect(401);
    auth::log_out(&app, signed_up.text("refresh_token")).await.expect(204);
    auth::me(&app, "grace.hopper-is-no-token").await.expect(401);
    app.post("/api/v1/auth/signup", &json!({"email": email, "grace.hopper": true})).await.expect(400);
    app.get("/api/v1/clubs?email=grace.hopper@navy.example.org").await.expect(400);
    app.get("/api/v1/clubs/grace.hopper").await.expect(404);
    app.get("/grace.hopper").await.expect(404);
    raw::send(&app, "GET /%ff?grace.hopper HTTP/1.1\r\nHost: s\r\nConnection: close\r\n\r\n").await;

    let written = recorder.text();
    assert!(written.contains("/api/v1/auth/login") && written.contains("answered"), "nothing was recorded");
    assert!(written.contains("a refresh token came back"), "the line about it is missing");
    for secret in secrets {
        let line = written.lines().find(|line| line.contains(&secret));
        assert_eq!(line, None, "{secret}");
    }
}
