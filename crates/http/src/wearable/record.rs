//! Keeping a record of whichever kind.

use spotter_application::wearable::{Change, RecordWearable};

use super::bodies::RecordBody;
use super::whoop::{Shape, check};
use crate::answer::{Reply, created, found};
use crate::body::JsonBody;
use crate::call::Call;

/// 201 for a record that is new, 200 for one that was there before.
pub(super) async fn record<S: Shape>(call: &Call, body: JsonBody<S>) -> Reply {
    let checked = check(&body.value, &body.bytes, call.now())?;
    let command = RecordWearable { record: checked.record };
    let recorded = call.spotter().run(&call.posted(&body.bytes)?, &command).await?;
    let location = format!("/api/v1/wearables/records/{}", recorded.view.id);
    let body = RecordBody::new(recorded.view);
    match recorded.change {
        Change::Made => created(call, location, &body),
        Change::Replaced | Change::Unchanged => found(call, &body),
    }
}
