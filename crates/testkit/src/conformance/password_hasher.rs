//! Behaviours of `PasswordHasher`.

use std::sync::Arc;

use spotter_domain::account::{HasherError, Password, PasswordHash, PasswordHasher};

fn password(text: &str) -> Password {
    Password::presented(text.to_owned())
}

/// The hash is a PHC string that does not contain the password, and verifies it.
pub async fn the_right_password_is_verified(hasher: &Arc<dyn PasswordHasher>) {
    let right = password("correct horse battery staple – ü");
    let hash = hasher.hash(&right).await.unwrap();
    assert!(hash.as_str().starts_with("$argon2id$"), "{}", hash.as_str());
    assert!(!hash.as_str().contains("horse"));
    assert!(hasher.verify(&right, Some(&hash)).await.unwrap());
}

/// Nearly right is wrong.
pub async fn a_wrong_password_is_not_verified(hasher: &Arc<dyn PasswordHasher>) {
    let hash = hasher.hash(&password("correct horse")).await.unwrap();
    for wrong in ["", "Correct horse", "correct horse ", "correct hors", hash.as_str()] {
        assert!(!hasher.verify(&password(wrong), Some(&hash)).await.unwrap(), "{wrong:?}");
    }
}

/// Without an account there is no hash, and the answer is the same no.
pub async fn nobodys_password_is_not_verified(hasher: &Arc<dyn PasswordHasher>) {
    for guess in ["", "correct horse"] {
        assert!(!hasher.verify(&password(guess), None).await.unwrap(), "{guess:?}");
    }
}

/// Two people with one password can't be told from their hashes.
pub async fn each_hash_has_a_salt_of_its_own(hasher: &Arc<dyn PasswordHasher>) {
    let same = password("correct horse");
    let (first, second) = (hasher.hash(&same).await.unwrap(), hasher.hash(&same).await.unwrap());
    assert_ne!(first.as_str(), second.as_str());
    assert!(hasher.verify(&same, Some(&second)).await.unwrap());
}

/// A stored hash that can't be read is a fault of ours, not a wrong password.
pub async fn a_hash_that_is_none_is_an_error(hasher: &Arc<dyn PasswordHasher>) {
    let broken = PasswordHash::new("not a hash".to_owned());
    let answer = hasher.verify(&password("correct horse"), Some(&broken)).await;
    assert!(matches!(answer, Err(HasherError::Failed(_))), "{answer:?}");
}
