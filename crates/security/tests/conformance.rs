//! The cryptography does what every implementation of its ports has to do.

#![expect(clippy::unwrap_used, reason = "a test that meets something unexpected has failed")]

use std::sync::Arc;

use secrecy::SecretString;
use spotter_domain::account::PasswordHasher;
use spotter_security::{Argon2Hasher, HashingLimits, KeyedVault, PasetoIssuer, SigningKey};
use spotter_testkit::conformance::{TokenIssuerSubject, VaultSubject};

fn key(text: &str) -> SigningKey {
    SigningKey::parse(SecretString::from(text.repeat(32))).unwrap()
}

async fn hasher() -> Arc<dyn PasswordHasher> {
    Arc::new(Argon2Hasher::new(HashingLimits::default()).unwrap())
}

async fn issuer() -> TokenIssuerSubject {
    TokenIssuerSubject {
        issuer: Arc::new(PasetoIssuer::new(&key("a"))),
        with_another_key: Arc::new(PasetoIssuer::new(&key("b"))),
    }
}

async fn vault() -> VaultSubject {
    let vault = |text| Arc::new(KeyedVault::new(&key(text)));
    VaultSubject { vault: vault("a"), with_the_same_key: vault("a"), with_another_key: vault("b") }
}

spotter_testkit::password_hasher_conformance!(hasher);
spotter_testkit::token_issuer_conformance!(issuer);
spotter_testkit::vault_conformance!(vault);
