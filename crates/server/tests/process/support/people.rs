//! People, written into the database without hashing a password for each, and their access tokens.

use secrecy::SecretString;
use spotter_domain::vault::{AccessClaims, TokenIssuer};
use spotter_persistence::{Database, DatabaseSettings};
use spotter_security::{PasetoIssuer, SigningKey};
use spotter_testkit::fixtures::{self, Seed};
use uuid::Uuid;

/// The key of every node of these tests, unless it makes its own.
pub(crate) const SIGNING_KEY: &str = "the signing key of the process tests";

/// After every test.
const END_OF_TIME: &str = "2199-12-31T23:59:59Z";

/// Somebody who is signed in.
#[derive(Clone, Debug)]
pub(crate) struct Person {
    pub(crate) id: Uuid,
    pub(crate) token: String,
}

/// Writes `count` accounts into the database at `url`, which has its schema, and signs them in.
pub(crate) async fn settle(url: &str, count: u64) -> Vec<Person> {
    let database = Database::connect(DatabaseSettings::new(url)).await.unwrap();
    let accounts: Vec<_> = (1..=count).map(fixtures::account).collect();
    Seed { accounts: accounts.clone(), ..Seed::default() }.save(&database).await;
    database.close().await;
    let key = SigningKey::parse(SecretString::from(SIGNING_KEY)).unwrap();
    let issuer = PasetoIssuer::new(&key);
    let sign_in = |account: &spotter_domain::account::Account| {
        let claims = AccessClaims { account: account.id, expires_at: END_OF_TIME.parse().unwrap() };
        Person { id: account.id.uuid(), token: issuer.issue(claims).expose().to_owned() }
    };
    accounts.iter().map(sign_in).collect()
}
