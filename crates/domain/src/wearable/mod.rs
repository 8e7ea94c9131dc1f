//! What wearables record of people: recovery, sleep, strain.

mod queries;
mod record;
mod repository;
mod webhook;

pub use queries::{Standing, WearableCursor, WearableQueries, WearableView};
pub use record::{Figures, Tier, WearableKind, WearableRecord};
pub use repository::{WearableRepository, Written};
pub use webhook::WebhookVerifier;
