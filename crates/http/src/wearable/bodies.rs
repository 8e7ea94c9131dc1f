//! What wearables recorded, as it is sent.

use serde::{Deserialize, Serialize};
use spotter_domain::Timestamp;
use spotter_domain::wearable::{Tier, WearableView};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::answer::Representation;
use crate::number::Number;
use crate::words;

/// Names a record in a path.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
#[expect(dead_code, reason = "it is the parameter's description; the call reads it")]
pub(crate) struct RecordPath {
    /// The record.
    id: Uuid,
}

/// What a wearable recorded. Which figures there are depends on its kind and on whether it has been scored.
#[derive(Serialize, ToSchema)]
#[schema(as = WearableRecord)]
pub(crate) struct RecordBody {
    id: Uuid,
    #[schema(schema_with = words::wearable_kind)]
    kind: &'static str,
    /// What its maker calls it: the id of a sleep or a cycle, and the sleep's for a recovery.
    external_id: String,
    /// When what it tells of began.
    recorded_at: Timestamp,
    /// When its maker wrote it.
    updated_at: Timestamp,
    /// In percent.
    #[schema(required)]
    recovery_score: Option<u8>,
    #[schema(required, schema_with = words::tier_or_null)]
    recovery_tier: Option<&'static str>,
    /// In beats a minute.
    #[schema(required)]
    resting_heart_rate: Option<u16>,
    /// The heart rate variability (RMSSD) in milliseconds.
    #[schema(required, value_type = Option<f64>)]
    hrv_ms: Option<Number>,
    /// In percent.
    #[schema(required)]
    sleep_performance: Option<u8>,
    #[schema(required, schema_with = words::tier_or_null)]
    sleep_tier: Option<&'static str>,
    /// From 0 to 21.
    #[schema(required, value_type = Option<f64>)]
    strain: Option<Number>,
    /// Whether a sleep is a nap; null for other kinds.
    #[schema(required)]
    nap: Option<bool>,
}

impl RecordBody {
    pub(super) fn new(view: WearableView) -> Self {
        let figures = view.figures;
        Self {
            id: view.id.uuid(),
            kind: view.kind.as_str(),
            external_id: view.external_id,
            recorded_at: view.recorded_at,
            updated_at: view.updated_at,
            recovery_score: figures.recovery,
            recovery_tier: figures.recovery.map(|percent| Tier::of_recovery(percent).as_str()),
            resting_heart_rate: figures.resting_heart_rate,
            hrv_ms: figures.hrv_micros.map(|micros| Number(f64::from(micros) / 1000.0)),
            sleep_performance: figures.sleep_performance,
            sleep_tier: figures.sleep_performance.map(|percent| Tier::of_sleep(percent).as_str()),
            strain: figures.strain_hundredths.map(|hundredths| Number(f64::from(hundredths) / 100.0)),
            nap: figures.nap,
        }
    }
}

impl Representation for RecordBody {}

/// Which user of WHOOP the caller is.
#[derive(Serialize, ToSchema)]
#[schema(as = WhoopLink)]
pub(crate) struct LinkBody {
    /// Null for none.
    #[schema(required)]
    pub(super) user_id: Option<i64>,
}

impl Representation for LinkBody {}
