//! `GET /api/v1/progress/dashboard`

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use spotter_application::progress::{Dashboard, MOST_DAYS, MuscleShare, Readiness};
use spotter_domain::Timestamp;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::bodies::TotalsBody;
use crate::answer::{Reply, Representation, found};
use crate::call::Call;
use crate::number::Number;
use crate::words;

/// How many days are wanted unless told.
const USUAL_DAYS: u16 = 30;

/// Which days are wanted.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "it is the parameter's description; it is read by name")]
pub(crate) struct Wanted {
    /// How many days up to today.
    #[param(required = false, minimum = 1, maximum = 3660, default = 30)]
    days: u16,
}

/// How the last days went.
#[derive(Serialize, ToSchema)]
#[schema(as = Dashboard)]
pub(crate) struct DashboardBody {
    /// The first day, in the caller's time zone.
    from: Date,
    /// The last day: today.
    to: Date,
    #[serde(flatten)]
    totals: TotalsBody,
    /// The best estimate of these days, of all exercises.
    #[schema(required)]
    best_one_rep_max: Option<BestBody>,
    /// How many weeks in a row had a workout session, up to this one or the last.
    streak_weeks: u32,
    /// How much each muscle was worked, most sets first.
    by_muscle: Vec<MuscleBody>,
    /// How ready the body is; null without a fresh score of a recovery or of a night.
    #[schema(required)]
    readiness: Option<ReadinessBody>,
}

/// An estimate of what could be lifted once.
#[derive(Serialize, ToSchema)]
#[schema(as = BestOneRepMax)]
pub(crate) struct BestBody {
    exercise_id: Uuid,
    exercise_name: String,
    #[schema(value_type = f64)]
    kg: Number,
}

/// How much a muscle was worked. A set counts one for a muscle that does its work, half for one that helps.
#[derive(Serialize, ToSchema)]
#[schema(as = MuscleShare)]
pub(crate) struct MuscleBody {
    #[schema(schema_with = words::muscle)]
    muscle: &'static str,
    #[schema(value_type = f64)]
    sets: Number,
    #[schema(value_type = f64)]
    volume_kg: Number,
}

/// How ready the body is, by the latest records of a wearable that have been scored. Naps do not count.
#[derive(Serialize, ToSchema)]
#[schema(as = Readiness)]
pub(crate) struct ReadinessBody {
    #[schema(schema_with = words::tier)]
    tier: &'static str,
    /// One sentence for people.
    line: String,
    /// In percent.
    #[schema(required)]
    recovery_score: Option<u8>,
    /// In percent.
    #[schema(required)]
    sleep_performance: Option<u8>,
    /// From 0 to 21.
    #[schema(required, value_type = Option<f64>)]
    strain: Option<Number>,
    /// In beats a minute.
    #[schema(required)]
    resting_heart_rate: Option<u16>,
    /// The heart rate variability (RMSSD) in milliseconds.
    #[schema(required, value_type = Option<f64>)]
    hrv_ms: Option<Number>,
    recorded_at: Timestamp,
}

impl DashboardBody {
    fn new(dashboard: Dashboard) -> Self {
        let best = dashboard.best_one_rep_max;
        Self {
            from: dashboard.from.date(),
            to: dashboard.to.date(),
            totals: TotalsBody::new(&dashboard.summary),
            best_one_rep_max: best.map(|(exercise, exercise_name, weight)| BestBody {
                exercise_id: exercise.uuid(),
                exercise_name,
                kg: weight.into(),
            }),
            streak_weeks: dashboard.streak_weeks,
            by_muscle: dashboard.by_muscle.iter().map(MuscleBody::new).collect(),
            readiness: dashboard.readiness.map(ReadinessBody::new),
        }
    }
}

impl MuscleBody {
    fn new(share: &MuscleShare) -> Self {
        Self {
            muscle: share.muscle.as_str(),
            sets: Number(f64::from(share.half_sets) / 2.0),
            volume_kg: share.volume.into(),
        }
    }
}

impl ReadinessBody {
    fn new(readiness: Readiness) -> Self {
        Self {
            tier: readiness.tier.as_str(),
            line: readiness.line,
            recovery_score: readiness.recovery,
            sleep_performance: readiness.sleep_performance,
            strain: readiness.strain.map(Number),
            resting_heart_rate: readiness.resting_heart_rate,
            hrv_ms: readiness.hrv_millis.map(Number),
            recorded_at: readiness.recorded_at,
        }
    }
}

impl Representation for DashboardBody {}

pub(crate) struct Operation;

/// My dashboard
///
/// The sums of the last days, the best estimate of a one-rep max, the muscles that were worked, and how ready the
/// body is.
#[utoipa::path(get, path = "/api/v1/progress/dashboard", tag = "progress", operation_id = "viewDashboard",
    impl_for = Operation,
    params(Wanted),
    responses((status = 200, description = "The dashboard.", body = DashboardBody)))]
pub(crate) async fn handle(call: Call) -> Reply {
    let days = call.params()?.number("days", 1..=MOST_DAYS)?.unwrap_or(USUAL_DAYS);
    let dashboard = call.spotter().dashboard(call.caller, days).await?;
    found(&call, &DashboardBody::new(dashboard))
}
