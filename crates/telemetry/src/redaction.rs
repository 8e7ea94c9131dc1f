//! Which fields are never written down: decided by name, once, for text, JSON and traces alike.
//!
//! A name is taken apart at dots, dashes and underscores. `http.request.header.authorization`, `user_email` and
//! `refresh-token` are sensitive; `idempotency_key` and `token_count` are not. Values are not searched: a
//! message is written by us, and names what it says by fields.

/// What stands in place of a sensitive value.
pub const REDACTED: &str = "[redacted]";

/// A field whose last word is one of these holds a secret or a person's address.
const SENSITIVE: [&str; 12] = [
    "authorization",
    "cookie",
    "credential",
    "credentials",
    "dsn",
    "email",
    "mail",
    "passphrase",
    "passwd",
    "password",
    "secret",
    "token",
];

/// Two last words that together name a secret, where the last alone would not.
const SENSITIVE_PAIRS: [(&str, &str); 6] = [
    ("api", "key"),
    ("database", "url"),
    ("private", "key"),
    ("redis", "url"),
    ("secret", "key"),
    ("signing", "key"),
];

/// Whether a field of this name is kept out of every log and trace.
#[must_use]
pub fn is_sensitive(name: &str) -> bool {
    let mut words = name.rsplit(['.', '-', '_']);
    let Some(last) = words.next() else { return false };
    let is = |word: &str, listed: &str| word.eq_ignore_ascii_case(listed);
    if SENSITIVE.iter().any(|listed| is(last, listed)) {
        return true;
    }
    let Some(before) = words.next() else { return false };
    SENSITIVE_PAIRS.iter().any(|(first, second)| is(before, first) && is(last, second))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_and_addresses_of_people_are_recognised_by_name() {
        for name in [
            "password",
            "Password",
            "user_email",
            "refresh-token",
            "http.request.header.authorization",
            "auth.signing_key",
            "database.url",
        ] {
            assert!(is_sensitive(name), "{name}");
        }
    }

    #[test]
    fn what_only_sounds_like_one_is_kept() {
        for name in ["message", "idempotency_key", "token_count", "url", "email_hash", "request_id", ""] {
            assert!(!is_sensitive(name), "{name}");
        }
    }
}
