//! Behaviours of `Vault`.

use std::collections::BTreeSet;
use std::sync::Arc;

use spotter_domain::vault::{BrokenSeal, Vault};

/// A vault, the same on another node, and one with another key.
pub struct VaultSubject {
    /// The vault that is tested.
    pub vault: Arc<dyn Vault>,
    /// One that was made with the same key.
    pub with_the_same_key: Arc<dyn Vault>,
    /// One that was made with another key.
    pub with_another_key: Arc<dyn Vault>,
}

impl std::fmt::Debug for VaultSubject {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("VaultSubject").finish_non_exhaustive()
    }
}

/// No two tokens are the same; each is long enough for 256 bits and fit for a header.
pub async fn fresh_tokens_differ_and_have_their_prefix(subject: &VaultSubject) {
    let tokens: BTreeSet<_> =
        (0..200).map(|_| subject.vault.fresh_token("spk_").expose().to_owned()).collect();
    assert_eq!(tokens.len(), 200);
    for token in tokens {
        let secret = token.strip_prefix("spk_").expect("the prefix is in front");
        // 43 characters of base64 carry 256 bits; any denser alphabet would not be fit for a header.
        assert!(secret.len() >= 43, "{} characters can't carry 256 bits", secret.len());
        assert!(secret.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b)), "{secret}");
    }
}

/// The same token has the same digest, on another node, too; another token has another.
pub async fn digests_recognise_a_token_on_every_node(subject: &VaultSubject) {
    let digest = subject.vault.digest("spk_token");
    assert_eq!(subject.vault.digest("spk_token"), digest);
    assert_eq!(subject.with_the_same_key.digest("spk_token"), digest);
    for other in ["", "spk_tokeN", "spk_token "] {
        assert_ne!(subject.vault.digest(other), digest, "{other:?}");
    }
}

/// Equal for equal bytes; without the key it can't be computed.
pub async fn fingerprints_are_equal_for_equal_bytes_under_one_key(subject: &VaultSubject) {
    let fingerprint = subject.vault.fingerprint(b"POST /clubs");
    assert_eq!(subject.vault.fingerprint(b"POST /clubs"), fingerprint);
    assert_eq!(subject.with_the_same_key.fingerprint(b"POST /clubs"), fingerprint);
    assert_ne!(subject.vault.fingerprint(b"POST /clubs "), fingerprint);
    assert_ne!(subject.vault.fingerprint(b""), fingerprint);
    assert_ne!(subject.with_another_key.fingerprint(b"POST /clubs"), fingerprint);
}

/// Whatever its length, it comes back byte for byte.
pub async fn what_is_sealed_can_be_opened_on_every_node(subject: &VaultSubject) {
    for plain in [vec![], vec![0], b"an answer".to_vec(), vec![0xA5; 100_000]] {
        let sealed = subject.vault.seal(&plain);
        assert_eq!(subject.vault.open(&sealed).as_ref(), Ok(&plain));
        assert_eq!(subject.with_the_same_key.open(&sealed).as_ref(), Ok(&plain));
    }
}

/// The plain text is not in it, and the same text does not look the same twice.
pub async fn what_is_sealed_does_not_show(subject: &VaultSubject) {
    let plain = b"ada@example.org and her token";
    let (first, second) = (subject.vault.seal(plain), subject.vault.seal(plain));
    assert_ne!(first, second);
    assert!(!first.windows(8).any(|part| plain.windows(8).any(|secret| secret == part)));
}

/// Whatever bit is changed, and whatever is left out, it does not open.
pub async fn a_changed_seal_is_broken(subject: &VaultSubject) {
    let sealed = subject.vault.seal(b"an answer");
    for index in 0..sealed.len() {
        let mut changed = sealed.clone();
        changed[index] ^= 1;
        assert_eq!(subject.vault.open(&changed), Err(BrokenSeal), "byte {index} changed");
        assert_eq!(subject.vault.open(&sealed[..index]), Err(BrokenSeal), "cut after {index} bytes");
    }
    let longer = [sealed.as_slice(), &[0]].concat();
    assert_eq!(subject.vault.open(&longer), Err(BrokenSeal));
}

/// Only the key opens it.
pub async fn another_key_does_not_open_it(subject: &VaultSubject) {
    let sealed = subject.vault.seal(b"an answer");
    assert_eq!(subject.with_another_key.open(&sealed), Err(BrokenSeal));
}
