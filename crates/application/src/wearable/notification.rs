//! Hearing from WHOOP what its wearables recorded.

use std::time::Duration;

use async_trait::async_trait;
use spotter_domain::Timestamp;
use spotter_domain::domain_event::DomainEvent;
use spotter_domain::store::Inserted;
use spotter_domain::wearable::WearableKind;

use super::record::{ToldRecord, keep};
use crate::{Command, Error, Spotter, Work};

/// How far the sender's clock may be from ours, either way. Who recorded a notification can't send it again
/// after that; before, its name is known.
const SKEW: Duration = Duration::from_mins(5);

/// A notification as it came, with what vouches for it.
#[derive(Clone, Copy, Debug)]
pub struct Signed<'a> {
    /// When it was signed, in milliseconds since 1970, as it was sent.
    pub timestamp: Option<&'a str>,
    /// The signature in base64, as it was sent.
    pub signature: Option<&'a str>,
    /// The body.
    pub body: &'a [u8],
}

impl Spotter {
    /// Lets pass what WHOOP has signed just now.
    ///
    /// # Errors
    ///
    /// [`Error::NotFound`] where no secret is shared with WHOOP; [`Error::Unauthenticated`], the same whatever
    /// is wrong, and another one for what was signed at another time.
    pub fn check_whoop_signature(&self, signed: Signed<'_>) -> Result<(), Error> {
        let verifier = self.ports.whoop.as_ref().ok_or(Error::NotFound("webhook"))?;
        let invalid = || Error::unauthenticated("invalid_signature", "the signature is not valid");
        let (Some(timestamp), Some(signature)) = (signed.timestamp, signed.signature) else {
            return Err(invalid());
        };
        if !verifier.is_genuine(timestamp, signed.body, signature) {
            return Err(invalid());
        }
        let signed_at = timestamp.parse().ok().and_then(|millis| Timestamp::from_millisecond(millis).ok());
        let signed_at = signed_at.ok_or_else(invalid)?;
        if self.ports.clock.now().duration_since(signed_at).unsigned_abs() > SKEW {
            let detail = "it was signed more than five minutes ago, or the clocks disagree";
            return Err(Error::unauthenticated("stale_signature", detail));
        }
        Ok(())
    }
}

/// What happened to a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notified {
    /// It was made or changed, and came along.
    Told(ToldRecord),
    /// It was deleted.
    Deleted {
        /// What it was about.
        kind: WearableKind,
        /// What its maker called it.
        external_id: String,
    },
    /// Nothing that can be acted upon: it did not come along, or it is of a kind that is not kept.
    Nothing,
}

/// Does what a notification says, the first time that it comes.
#[derive(Clone, Debug)]
pub struct TakeNotification {
    /// What its sender calls it: the same when it is sent again.
    pub name: String,
    /// The user of WHOOP that it is about.
    pub user: i64,
    /// What happened.
    pub what: Notified,
}

#[async_trait]
impl Command for TakeNotification {
    type Answer = ();

    async fn apply(&self, work: &mut Work<'_>) -> Result<(), Error> {
        let now = work.now;
        if work.unit.wearables().note_notification(&self.name, now).await? == Inserted::Duplicate {
            return Ok(());
        }
        let Some(account) = work.unit.wearables().linked(self.user).await? else { return Ok(()) };
        match &self.what {
            Notified::Told(told) => {
                keep(work, account, told).await?;
            }
            Notified::Deleted { kind, external_id } => {
                if let Some(record) = work.unit.wearables().delete(account, *kind, external_id).await? {
                    work.announce(DomainEvent::WearableRecordDeleted { account, record });
                }
            }
            Notified::Nothing => {}
        }
        Ok(())
    }
}
