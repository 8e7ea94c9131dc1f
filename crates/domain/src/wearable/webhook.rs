//! Who really sends notifications: the port.

/// Knows the secret that is shared with a wearable's maker.
pub trait WebhookVerifier: Send + Sync {
    /// Whether `signature` (in base64) is what the maker signs a notification with that is sent with this
    /// timestamp, as it stands in its header, and this body. A wrong one takes as long wherever it is wrong.
    fn is_genuine(&self, timestamp: &str, body: &[u8], signature: &str) -> bool;
}
