//! API keys: how a program signs in as the person who made it.

use crate::Timestamp;
use crate::id::{AccountId, ApiKeyId};
use crate::text::KeyName;
use crate::vault::TokenDigest;

/// An API key as it is stored: by its digest, never in the clear.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiKey {
    /// Names the key.
    pub id: ApiKeyId,
    /// Who a program that presents it acts as.
    pub account: AccountId,
    /// What its owner calls it.
    pub name: KeyName,
    /// What recognises it.
    pub digest: TokenDigest,
    /// When it was made.
    pub created_at: Timestamp,
}

impl ApiKey {
    /// What every key begins with, which tells it from an access token.
    pub const PREFIX: &'static str = "spk_";
    /// How many keys one account may have at a time.
    pub const MAX_PER_ACCOUNT: u64 = 20;
}
