//! `PATCH /api/v1/workout-sessions/{id}`

use serde::Deserialize;
use spotter_application::workout::{EditSession, SessionChange};
use spotter_domain::text::{Notes, Title};
use utoipa::ToSchema;

use super::blocks::{BlockRequest, BlockRequests, blocks};
use super::session_bodies::{LoggedBody, SessionPath};
use crate::answer::{Reply, found};
use crate::body::JsonBody;
use crate::call::Call;
use crate::fields::{Findings, Maybe, instant};

/// What changes; what is absent stays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = EditWorkoutSession, example = json!({"title": "Leg day", "notes": null}))]
pub(crate) struct Request {
    #[serde(default)]
    #[schema(value_type = Option<String>, required = false, min_length = 1, max_length = 200)]
    title: Maybe<String>,
    #[serde(default)]
    #[schema(value_type = Option<String>, required = false, min_length = 1, max_length = 10_000)]
    notes: Maybe<String>,
    /// On 2 January 1970 or later, at most two days ahead.
    #[serde(default)]
    #[schema(value_type = String, required = false, format = "date-time")]
    started_at: Maybe<String>,
    /// At most a week after the start.
    #[serde(default)]
    #[schema(value_type = Option<String>, required = false, format = "date-time")]
    ended_at: Maybe<String>,
    /// What was done, in place of everything that is there.
    #[serde(default)]
    #[schema(value_type = Vec<BlockRequest>, required = false, max_items = 100)]
    exercises: Maybe<BlockRequests>,
}

pub(crate) struct Operation;

/// Edit a workout session
///
/// One of the caller's own. Summaries and records follow; the answer tells the records that were broken.
#[utoipa::path(patch, path = "/api/v1/workout-sessions/{id}", tag = "workouts",
    operation_id = "editWorkoutSession",
    impl_for = Operation,
    params(SessionPath),
    request_body = Request,
    responses(
        (status = 200, description = "The workout session as it is now.", body = LoggedBody),
        (status = 409, description = "An exercise of the caller's own would be one too many.")))]
pub(crate) async fn handle(call: Call, body: JsonBody<Request>) -> Reply {
    let session = call.id("id", "workout session")?;
    let request = body.value;
    let mut findings = Findings::default();
    let noted = &mut findings;
    let change = SessionChange {
        title: request.title.into_clearing_patch(noted, "/title", |text| Title::parse(&text)),
        notes: request.notes.into_clearing_patch(noted, "/notes", |text| Notes::parse(&text)),
        started_at: request.started_at.into_patch(noted, "/started_at", |text| instant(&text)),
        ended_at: request.ended_at.into_clearing_patch(noted, "/ended_at", |text| instant(&text)),
        blocks: request.exercises.into_patch_of_parts(noted, "/exercises", blocks),
    };
    let command = findings.finish(EditSession { session, change, expected: call.expected() })?;
    let logged = call.spotter().run(&call.context(), &command).await?;
    found(&call, &LoggedBody::new(logged))
}
