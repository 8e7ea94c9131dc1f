//! Keeping what wearables record, and hearing from their makers.

mod delete_record;
mod link;
pub mod measures;
mod notification;
mod record;
mod view_records;

pub use delete_record::DeleteWearableRecord;
pub use link::{LinkWhoop, UnlinkWhoop};
pub use notification::{Notified, Signed, TakeNotification};
pub use record::{Change, RecordWearable, Recorded, ToldRecord};
