//! `GET /api/v1/progress/exercises/{id}/trend`

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use spotter_application::progress::MOST_WEEKS;
use spotter_domain::id::ExerciseId;
use spotter_domain::page::Page;
use spotter_domain::progress::{Day, WeekFigures};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::answer::{Reply, ReportBody, report};
use crate::call::Call;
use crate::number::Number;
use crate::workout::ExercisePath;

/// How many weeks are wanted unless told.
const USUAL_WEEKS: u16 = 52;

/// Which weeks are wanted.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "it is the parameter's description; it is read by name")]
pub(crate) struct Wanted {
    /// How many weeks up to this one.
    #[param(required = false, minimum = 1, maximum = 520, default = 52)]
    weeks: u16,
}

/// One week of an exercise.
#[derive(Serialize, ToSchema)]
#[schema(as = TrendWeek)]
pub(crate) struct WeekBody {
    /// The first day of the week, as the caller's weeks begin.
    week_start: Date,
    /// The best estimate of the week.
    #[schema(required, value_type = Option<f64>)]
    one_rep_max_kg: Option<Number>,
    /// That of the last week before that has one, however long ago.
    #[schema(required, value_type = Option<f64>)]
    previous_one_rep_max_kg: Option<Number>,
    /// By how much it changed.
    #[schema(required, value_type = Option<f64>)]
    change_kg: Option<Number>,
    /// Weight times repetitions, in kilograms.
    #[schema(value_type = f64)]
    volume_kg: Number,
    /// How many working sets.
    sets: u32,
}

/// What the trend is about.
#[derive(Serialize, ToSchema)]
#[schema(as = TrendMeta)]
pub(crate) struct Meta {
    exercise_id: Uuid,
    weeks: u16,
}

impl WeekBody {
    fn new(week: WeekFigures) -> Self {
        let both = week.one_rep_max.zip(week.previous_one_rep_max);
        let change = both.map(|(now, before)| i64::from(now.steps()) - i64::from(before.steps()));
        Self {
            week_start: week.week.date(),
            one_rep_max_kg: week.one_rep_max.map(Number::from),
            previous_one_rep_max_kg: week.previous_one_rep_max.map(Number::from),
            change_kg: change.map(Number::of_hundredths),
            volume_kg: week.volume.into(),
            sets: week.sets,
        }
    }
}

pub(crate) struct Operation;

/// The trend of an exercise
///
/// The weeks in which it was done, earliest first, all on one page.
#[utoipa::path(get, path = "/api/v1/progress/exercises/{id}/trend", tag = "progress",
    operation_id = "viewTrend",
    impl_for = Operation,
    params(ExercisePath, Wanted),
    responses((status = 200, description = "The weeks.", body = ReportBody<WeekBody, Meta>)))]
pub(crate) async fn handle(call: Call) -> Reply {
    let exercise: ExerciseId = call.id("id", "exercise")?;
    let weeks = call.params()?.number("weeks", 1..=MOST_WEEKS)?.unwrap_or(USUAL_WEEKS);
    let items = call.spotter().trend(call.caller, exercise, weeks).await?;
    let all = Page { items, next: None::<Day> };
    report(&call, "trend", all, Meta { exercise_id: exercise.uuid(), weeks }, WeekBody::new)
}
