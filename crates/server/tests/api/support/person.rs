//! Somebody who is signed in.

use std::time::Duration;

use reqwest::Method;
use serde_json::Value;
use spotter_domain::account::{Account, Email, PasswordHash, Preferences};
use spotter_domain::id::AccountId;
use spotter_domain::text::DisplayName;
use spotter_domain::vault::AccessClaims;

use super::{Answer, TestApp};

/// Somebody with an account and an access token that is good for a day.
pub(crate) struct Person {
    pub(crate) id: String,
    pub(crate) token: String,
    base: String,
    http: reqwest::Client,
}

impl Person {
    pub(super) async fn new(app: &TestApp, name: &str) -> Self {
        let ports = app.spotter.ports();
        let id = AccountId::generate(ports.ids.as_ref());
        let account = Account {
            id,
            email: Email::parse(&format!("{}.{id}@example.org", name.to_lowercase())).unwrap(),
            display_name: DisplayName::parse(name).unwrap(),
            password_hash: PasswordHash::new("no password fits this".to_owned()),
            preferences: Preferences::default(),
            is_operator: false,
            version: 1,
            created_at: ports.clock.now(),
        };
        let mut unit = ports.store.begin().await.unwrap();
        unit.accounts().insert(&account).await.unwrap();
        unit.commit().await.unwrap();
        let expires_at = ports.clock.now() + Duration::from_hours(24);
        let token = ports.tokens.issue(AccessClaims { account: id, expires_at });
        Self {
            id: id.to_string(),
            token: token.expose().to_owned(),
            base: format!("http://{}", app.address),
            http: app.http.clone(),
        }
    }

    /// The same person, talking to another node.
    pub(crate) fn at(&self, app: &TestApp) -> Self {
        let (id, token) = (self.id.clone(), self.token.clone());
        Self { id, token, base: format!("http://{}", app.address), http: app.http.clone() }
    }

    /// A request of theirs.
    pub(crate) fn request(&self, method: Method, path: &str) -> reqwest::RequestBuilder {
        self.http.request(method, format!("{}{path}", self.base)).bearer_auth(&self.token)
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        Answer::of(self.request(Method::GET, path)).await
    }

    pub(crate) async fn post(&self, path: &str, body: &Value) -> Answer {
        Answer::of(self.request(Method::POST, path).json(body)).await
    }

    /// A POST without a body, as actions take it.
    pub(crate) async fn act(&self, path: &str) -> Answer {
        Answer::of(self.request(Method::POST, path)).await
    }

    pub(crate) async fn patch(&self, path: &str, body: &Value) -> Answer {
        Answer::of(self.request(Method::PATCH, path).json(body)).await
    }

    pub(crate) async fn put(&self, path: &str, body: &Value) -> Answer {
        Answer::of(self.request(Method::PUT, path).json(body)).await
    }

    pub(crate) async fn delete(&self, path: &str) -> Answer {
        Answer::of(self.request(Method::DELETE, path)).await
    }
}
