//! What breaks on our side: told as a problem, with nothing of our insides in it, and survived.

use std::sync::Arc;

use async_trait::async_trait;
use serde_json::{Value, json};
use spotter_domain::StoreError;
use spotter_domain::club::{ClubQueries, ClubView, MemberView, Slug};
use spotter_domain::id::{AccountId, ClubId};
use spotter_domain::page::{Page, PageRequest};

use crate::support::TestApp;

/// What nobody outside may read.
const INSIDES: &str = "SELECT * FROM clubs failed at db.internal:5432";

/// Answers with one failure, or none at all.
enum Broken {
    Unavailable,
    Timeout,
    Conflict,
    Corrupt,
    Panicking,
}

impl Broken {
    fn fail(&self) -> StoreError {
        match self {
            Self::Unavailable => StoreError::Unavailable(INSIDES.to_owned()),
            Self::Timeout => StoreError::Timeout(INSIDES.to_owned()),
            Self::Conflict => StoreError::Conflict(INSIDES.to_owned()),
            Self::Corrupt => StoreError::Corrupt {
                table: "clubs",
                column: "slug",
                id: "7".to_owned(),
                detail: INSIDES.to_owned(),
            },
            Self::Panicking => panic!("{INSIDES}"),
        }
    }
}

#[async_trait]
impl ClubQueries for Broken {
    async fn by_slug(&self, _: &Slug, _: Option<AccountId>) -> Result<Option<ClubView>, StoreError> {
        Err(self.fail())
    }

    async fn list(
        &self,
        _: Option<AccountId>,
        _: PageRequest<String>,
    ) -> Result<Page<ClubView, String>, StoreError> {
        Err(self.fail())
    }

    async fn members(
        &self,
        _: ClubId,
        _: PageRequest<AccountId>,
    ) -> Result<Page<MemberView, AccountId>, StoreError> {
        Err(self.fail())
    }
}

async fn with_broken_clubs(broken: Broken) -> TestApp {
    TestApp::memory_but(|ports| ports.clubs = Arc::new(broken)).await
}

#[tokio::test]
async fn a_store_that_can_not_serve_is_worth_another_try() {
    for broken in [Broken::Unavailable, Broken::Timeout, Broken::Conflict] {
        let app = with_broken_clubs(broken).await;
        for path in ["/api/v1/clubs", "/api/v1/clubs/iron-works", "/api/v1/clubs/iron-works/events"] {
            let answer = app.get(path).await.expect_problem(503, "store_unavailable");
            assert_eq!(answer.header("retry-after"), "1");
            assert_eq!(
                answer.redacted(),
                json!({
                    "type": "/problems/store_unavailable",
                    "title": "Service Unavailable",
                    "status": 503,
                    "detail": "the database can't serve now: try again",
                    "code": "store_unavailable",
                    "trace_id": "[trace_id]",
                })
            );
        }
    }
}

#[tokio::test]
async fn what_is_broken_is_told_to_the_log_alone() {
    let app = with_broken_clubs(Broken::Corrupt).await;
    let answer = app.get("/api/v1/clubs").await.expect_problem(500, "internal_error");
    insta::assert_json_snapshot!(answer.redacted(), @r#"
    {
      "code": "internal_error",
      "detail": "something went wrong on our side; it has been recorded under this trace",
      "status": 500,
      "title": "Internal Server Error",
      "trace_id": "[trace_id]",
      "type": "/problems/internal_error"
    }
    "#);
    assert_eq!(answer.header("retry-after"), "");
}

#[tokio::test]
async fn a_panic_costs_one_request_its_answer_and_no_other() {
    let app = with_broken_clubs(Broken::Panicking).await;
    let signed_up = crate::auth::sign_up(&app, crate::auth::EMAIL).await;
    for _ in 0..5 {
        let answer = app.get("/api/v1/clubs").await.expect_problem(500, "internal_error");
        assert!(!answer.body.to_string().contains("SELECT"), "{:#}", answer.body);
        assert_eq!(answer.header("traceparent").split('-').nth(1), Some(answer.text("trace_id")));
        assert_ne!(answer.header("x-request-id"), "");
    }
    crate::auth::me(&app, signed_up.text("access_token")).await.expect(200);
    app.get("/health/live").await.expect(200);
}

#[tokio::test]
async fn what_failed_is_not_kept() {
    let app = with_broken_clubs(Broken::Unavailable).await;
    let answer = app.get("/api/v1/clubs").await.expect(503);
    assert_eq!((answer.header("cache-control"), answer.header("etag")), ("no-store", ""));
    assert_ne!(answer.body, Value::Null);
}
