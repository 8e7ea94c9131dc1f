//! Behaviours of `TokenIssuer`.

use std::sync::Arc;

use spotter_domain::vault::{AccessClaims, TokenError, TokenIssuer};

use crate::clock::START;
use crate::fixtures::{account, after};

/// An issuer, and another with another key.
pub struct TokenIssuerSubject {
    /// The issuer that is tested.
    pub issuer: Arc<dyn TokenIssuer>,
    /// One whose tokens it must refuse.
    pub with_another_key: Arc<dyn TokenIssuer>,
}

impl std::fmt::Debug for TokenIssuerSubject {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("TokenIssuerSubject").finish_non_exhaustive()
    }
}

fn claims(number: u64) -> AccessClaims {
    AccessClaims { account: account(number).id, expires_at: after(900) }
}

/// Two tokens say two things.
pub async fn a_token_carries_its_claims(subject: &TokenIssuerSubject) {
    for number in [1, 2] {
        let token = subject.issuer.issue(claims(number));
        assert_eq!(subject.issuer.verify(token.expose(), START), Ok(claims(number)));
    }
}

/// It is good up to the instant at which it expires, not at it.
pub async fn a_token_is_good_until_it_expires(subject: &TokenIssuerSubject) {
    let token = subject.issuer.issue(claims(1));
    assert_eq!(subject.issuer.verify(token.expose(), after(899)), Ok(claims(1)));
    for seconds in [900, 901, 1_000_000] {
        assert_eq!(subject.issuer.verify(token.expose(), after(seconds)), Err(TokenError::Expired));
    }
}

/// Whatever character is changed, left out or added, the token is not ours any more.
pub async fn a_changed_token_is_not_valid(subject: &TokenIssuerSubject) {
    let token = subject.issuer.issue(claims(1));
    let token = token.expose();
    // The last character of unpadded base64 may carry bits that mean nothing.
    for (index, original) in token.char_indices().take(token.len() - 1) {
        let other = if original == 'A' { 'B' } else { 'A' };
        let changed = format!("{}{other}{}", &token[..index], &token[index + 1..]);
        let verdict = subject.issuer.verify(&changed, START);
        assert_eq!(verdict, Err(TokenError::Invalid), "character {index} changed");
    }
    let (shorter, longer) = (&token[..token.len() - 4], format!("{token}AAAA"));
    assert_eq!(subject.issuer.verify(shorter, START), Err(TokenError::Invalid));
    assert_eq!(subject.issuer.verify(&longer, START), Err(TokenError::Invalid));
}

/// Only the key tells our tokens from others.
pub async fn a_token_of_another_key_is_not_valid(subject: &TokenIssuerSubject) {
    let token = subject.with_another_key.issue(claims(1));
    assert_eq!(subject.with_another_key.verify(token.expose(), START), Ok(claims(1)));
    assert_eq!(subject.issuer.verify(token.expose(), START), Err(TokenError::Invalid));
    // Not even the news that it has expired is given away.
    assert_eq!(subject.issuer.verify(token.expose(), after(901)), Err(TokenError::Invalid));
}

/// Garbage is refused, not choked on.
pub async fn something_else_is_not_valid(subject: &TokenIssuerSubject) {
    for garbage in ["", ".", "v4.local.", "v4.local.AAAA", "Bearer x", "\u{1F3CB}\0", &"A".repeat(10_000)] {
        assert_eq!(subject.issuer.verify(garbage, START), Err(TokenError::Invalid), "{garbage:.20}");
    }
}
