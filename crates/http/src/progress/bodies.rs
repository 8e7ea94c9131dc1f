//! Records and sums as they are sent.

use serde::Serialize;
use spotter_domain::Timestamp;
use spotter_domain::progress::{BrokenRecord, Record, RecordKind, ShownRecord, Summary};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::number::Number;
use crate::words;

/// A personal best.
#[derive(Serialize, ToSchema)]
#[schema(as = Record)]
pub(crate) struct RecordBody {
    exercise_id: Uuid,
    exercise_name: String,
    #[schema(schema_with = words::record_kind)]
    kind: &'static str,
    #[schema(schema_with = words::load)]
    load: &'static str,
    /// How much, in the unit. The heaviest of assistance is negative: the least of it.
    #[schema(value_type = f64)]
    value: Number,
    #[schema(schema_with = words::unit)]
    unit: &'static str,
    /// With which weight the most repetitions were done; null for every other kind.
    #[schema(required, value_type = Option<f64>)]
    weight_kg: Option<Number>,
    /// The workout session that it was achieved in.
    session_id: Uuid,
    achieved_at: Timestamp,
}

/// A personal best that was just broken.
#[derive(Serialize, ToSchema)]
#[schema(as = BrokenRecord)]
pub(crate) struct BrokenRecordBody {
    #[serde(flatten)]
    record: RecordBody,
    /// How much it was before; null for the first of its kind.
    #[schema(required, value_type = Option<f64>)]
    previous_value: Option<Number>,
}

/// The unit of a kind of record, and how much a value of it is in that unit.
fn in_unit(kind: RecordKind, value: i64) -> (Number, &'static str) {
    match kind {
        RecordKind::Heaviest | RecordKind::OneRepMax | RecordKind::MostVolume => {
            (Number::of_hundredths(value), "kg")
        }
        RecordKind::MostReps => (Number::whole(value), "reps"),
        RecordKind::Longest => (Number::whole(value), "s"),
        RecordKind::Farthest => (Number::of_hundredths(value), "m"),
    }
}

impl RecordBody {
    fn of(record: &Record, exercise_name: String) -> Self {
        let (value, unit) = in_unit(record.key.kind, record.value);
        let with_weight = record.key.kind == RecordKind::MostReps;
        Self {
            exercise_id: record.key.exercise.uuid(),
            exercise_name,
            kind: record.key.kind.as_str(),
            load: record.key.load.as_str(),
            value,
            unit,
            weight_kg: with_weight.then(|| record.key.weight.into()),
            session_id: record.session.uuid(),
            achieved_at: record.achieved_at,
        }
    }

    pub(super) fn new(shown: &ShownRecord) -> Self {
        Self::of(&shown.record, shown.exercise_name.as_str().to_owned())
    }
}

impl BrokenRecordBody {
    pub(crate) fn new(broken: &BrokenRecord, exercise_name: String) -> Self {
        let kind = broken.record.key.kind;
        Self {
            previous_value: broken.previous.map(|value| in_unit(kind, value).0),
            record: RecordBody::of(&broken.record, exercise_name),
        }
    }
}

/// Sums over working sets; warm-ups count for nothing.
#[derive(Serialize, ToSchema)]
#[schema(as = Totals)]
pub(crate) struct TotalsBody {
    /// How many workout sessions began.
    sessions: u32,
    /// How many working sets they had.
    sets: u32,
    reps: u64,
    /// Weight times repetitions, in kilograms.
    #[schema(value_type = f64)]
    volume_kg: Number,
    /// How many seconds the workout sessions lasted.
    duration_s: u64,
    /// In metres.
    #[schema(value_type = f64)]
    distance_m: Number,
}

impl TotalsBody {
    pub(super) fn new(summary: &Summary) -> Self {
        Self {
            sessions: summary.sessions,
            sets: summary.sets,
            reps: summary.reps,
            volume_kg: summary.volume.into(),
            duration_s: summary.seconds,
            distance_m: Number::of_hundredths(i64::try_from(summary.distance).unwrap_or(i64::MAX)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_told_in_their_units() {
        let told = |kind, value| {
            let (value, unit) = in_unit(kind, value);
            format!("{} {unit}", serde_json::to_string(&value).unwrap())
        };
        assert_eq!(told(RecordKind::Heaviest, -1_250), "-12.5 kg");
        assert_eq!(told(RecordKind::OneRepMax, 10_001), "100.01 kg");
        assert_eq!(told(RecordKind::MostVolume, 500_000), "5000 kg");
        assert_eq!(told(RecordKind::MostReps, 12), "12 reps");
        assert_eq!(told(RecordKind::Longest, 90), "90 s");
        assert_eq!(told(RecordKind::Farthest, 500_050), "5000.5 m");
    }
}
