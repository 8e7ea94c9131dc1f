//! Records in the shapes of WHOOP's API v2 (developer.whoop.com): what is read of them.

use serde::Deserialize;
use spotter_application::wearable::measures;
use spotter_domain::wearable::{Figures, WearableKind};
use utoipa::ToSchema;

use super::whoop::{Head, Shape, uuid};
use crate::fields::{Findings, Object, Whole};
use crate::words;

/// A recovery as WHOOP tells it, 64 KiB at most. What is not listed here is kept as well.
#[derive(Deserialize, ToSchema)]
#[schema(as = WhoopRecovery, example = json!({
    "cycle_id": 93_845, "sleep_id": "123e4567-e89b-12d3-a456-426614174000", "user_id": 10_129,
    "created_at": "2027-01-04T06:25:44.774Z", "updated_at": "2027-01-04T06:25:44.774Z",
    "score_state": "SCORED",
    "score": {"user_calibrating": false, "recovery_score": 44, "resting_heart_rate": 64,
        "hrv_rmssd_milli": 31.813_562, "spo2_percentage": 95.687_5, "skin_temp_celsius": 33.7}
}))]
pub(crate) struct Recovery {
    /// The sleep that it follows: its name here.
    #[schema(format = "uuid")]
    sleep_id: String,
    #[schema(value_type = i64, minimum = 1, maximum = 9_007_199_254_740_991_i64)]
    user_id: Whole,
    #[schema(format = "date-time")]
    created_at: String,
    #[schema(format = "date-time")]
    updated_at: String,
    #[schema(schema_with = words::score_state)]
    score_state: String,
    /// Required when it has been scored.
    #[schema(value_type = Option<RecoveryScore>)]
    score: Option<Object<RecoveryScore>>,
}

/// What a recovery is worth.
#[derive(Deserialize, ToSchema)]
#[schema(as = WhoopRecoveryScore)]
#[expect(clippy::struct_field_names, reason = "WHOOP names the field")]
pub(crate) struct RecoveryScore {
    #[schema(minimum = 0, maximum = 100)]
    recovery_score: f64,
    #[schema(minimum = 20, maximum = 250)]
    resting_heart_rate: f64,
    #[schema(minimum = 0, maximum = 1000)]
    hrv_rmssd_milli: f64,
}

/// A sleep or a nap as WHOOP tells it, 64 KiB at most. What is not listed here is kept as well.
#[derive(Deserialize, ToSchema)]
#[schema(as = WhoopSleep, example = json!({
    "id": "123e4567-e89b-12d3-a456-426614174000", "user_id": 10_129,
    "created_at": "2027-01-04T06:25:44.774Z", "updated_at": "2027-01-04T06:25:44.774Z",
    "start": "2027-01-03T22:25:44.774Z", "end": "2027-01-04T06:10:44.774Z", "timezone_offset": "+01:00",
    "nap": false, "score_state": "SCORED",
    "score": {"sleep_performance_percentage": 98, "sleep_consistency_percentage": 90, "respiratory_rate": 16.1}
}))]
pub(crate) struct Sleep {
    #[schema(format = "uuid")]
    id: String,
    #[schema(value_type = i64, minimum = 1, maximum = 9_007_199_254_740_991_i64)]
    user_id: Whole,
    #[schema(format = "date-time")]
    updated_at: String,
    #[schema(format = "date-time")]
    start: String,
    /// Whether it is a nap, which does not stand for the night; it is none unless it says so.
    nap: Option<bool>,
    #[schema(schema_with = words::score_state)]
    score_state: String,
    /// Required when it has been scored.
    #[schema(value_type = Option<SleepScore>)]
    score: Option<Object<SleepScore>>,
}

/// What a sleep is worth.
#[derive(Deserialize, ToSchema)]
#[schema(as = WhoopSleepScore)]
pub(crate) struct SleepScore {
    #[schema(minimum = 0, maximum = 100)]
    sleep_performance_percentage: Option<f64>,
}

/// A physiological day as WHOOP tells it, 64 KiB at most. What is not listed here is kept as well.
#[derive(Deserialize, ToSchema)]
#[schema(as = WhoopCycle, example = json!({
    "id": 93_845, "user_id": 10_129,
    "created_at": "2027-01-04T06:25:44.774Z", "updated_at": "2027-01-04T06:25:44.774Z",
    "start": "2027-01-03T22:25:44.774Z", "end": null, "timezone_offset": "+01:00", "score_state": "SCORED",
    "score": {"strain": 5.295_163, "kilojoule": 8288.297, "average_heart_rate": 68, "max_heart_rate": 141}
}))]
pub(crate) struct Cycle {
    #[schema(value_type = i64, minimum = 1, maximum = 9_007_199_254_740_991_i64)]
    id: Whole,
    #[schema(value_type = i64, minimum = 1, maximum = 9_007_199_254_740_991_i64)]
    user_id: Whole,
    #[schema(format = "date-time")]
    updated_at: String,
    #[schema(format = "date-time")]
    start: String,
    #[schema(schema_with = words::score_state)]
    score_state: String,
    /// Required when it has been scored.
    #[schema(value_type = Option<CycleScore>)]
    score: Option<Object<CycleScore>>,
}

/// What a day has cost.
#[derive(Deserialize, ToSchema)]
#[schema(as = WhoopCycleScore)]
pub(crate) struct CycleScore {
    #[schema(minimum = 0, maximum = 21)]
    strain: f64,
}

impl Shape for Recovery {
    type Score = RecoveryScore;

    fn head(&self) -> Head<'_> {
        Head {
            kind: WearableKind::Recovery,
            external_id: ("/sleep_id", uuid(&self.sleep_id)),
            user: self.user_id,
            began: ("/created_at", &self.created_at),
            updated_at: &self.updated_at,
            score_state: &self.score_state,
            nap: None,
        }
    }

    fn score(&self) -> Option<&RecoveryScore> {
        self.score.as_ref().map(|score| &score.0)
    }

    fn figures(score: &RecoveryScore, findings: &mut Findings) -> Figures {
        let RecoveryScore { recovery_score, resting_heart_rate, hrv_rmssd_milli } = *score;
        Figures {
            recovery: findings.take("/score/recovery_score", measures::percent(recovery_score)),
            resting_heart_rate: findings
                .take("/score/resting_heart_rate", measures::heart_rate(resting_heart_rate)),
            hrv_micros: findings.take("/score/hrv_rmssd_milli", measures::hrv_micros(hrv_rmssd_milli)),
            ..Figures::default()
        }
    }
}

impl Shape for Sleep {
    type Score = SleepScore;

    fn head(&self) -> Head<'_> {
        Head {
            kind: WearableKind::Sleep,
            external_id: ("/id", uuid(&self.id)),
            user: self.user_id,
            began: ("/start", &self.start),
            updated_at: &self.updated_at,
            score_state: &self.score_state,
            nap: Some(self.nap.unwrap_or_default()),
        }
    }

    fn score(&self) -> Option<&SleepScore> {
        self.score.as_ref().map(|score| &score.0)
    }

    fn figures(score: &SleepScore, findings: &mut Findings) -> Figures {
        let performance = score.sleep_performance_percentage.map(measures::percent);
        let sleep_performance = findings.take_optional("/score/sleep_performance_percentage", performance);
        Figures { sleep_performance, ..Figures::default() }
    }
}

impl Shape for Cycle {
    type Score = CycleScore;

    fn head(&self) -> Head<'_> {
        Head {
            kind: WearableKind::Cycle,
            external_id: ("/id", measures::number(self.id.to_i64()).map(|id| id.to_string())),
            user: self.user_id,
            began: ("/start", &self.start),
            updated_at: &self.updated_at,
            score_state: &self.score_state,
            nap: None,
        }
    }

    fn score(&self) -> Option<&CycleScore> {
        self.score.as_ref().map(|score| &score.0)
    }

    fn figures(score: &CycleScore, findings: &mut Findings) -> Figures {
        let strain_hundredths = findings.take("/score/strain", measures::strain_hundredths(score.strain));
        Figures { strain_hundredths, ..Figures::default() }
    }
}
