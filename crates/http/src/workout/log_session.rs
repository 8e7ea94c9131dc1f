//! `POST /api/v1/workout-sessions`

use serde::Deserialize;
use spotter_application::workout::LogSession;
use spotter_domain::id::TemplateId;
use spotter_domain::text::{Notes, Title};
use spotter_domain::workout::TimeSpan;
use spotter_domain::{Invalid, Timestamp};
use utoipa::ToSchema;

use super::blocks::{BlockRequest, BlockRequests, blocks};
use super::session_bodies::LoggedBody;
use crate::answer::{Reply, created};
use crate::body::JsonBody;
use crate::call::Call;
use crate::fields::{Findings, identifier, instant};

/// A workout session.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = LogWorkoutSession, example = json!({
    "title": "Leg day", "started_at": "2026-04-08T17:00:00Z", "ended_at": "2026-04-08T18:10:00Z",
    "exercises": [{"exercise_name": "Back squat", "sets": [
        {"kind": "warmup", "weight_kg": 60, "reps": 5}, {"weight_kg": 102.5, "reps": 5, "rpe": 8.5}
    ]}]
}))]
pub(crate) struct Request {
    #[schema(min_length = 1, max_length = 200)]
    title: Option<String>,
    #[schema(min_length = 1, max_length = 10_000)]
    notes: Option<String>,
    /// On 2 January 1970 or later, at most two days ahead.
    #[schema(format = "date-time")]
    started_at: String,
    /// At most a week after the start.
    #[schema(format = "date-time")]
    ended_at: Option<String>,
    /// The template of the caller that it was planned by.
    #[schema(format = "uuid")]
    template_id: Option<String>,
    /// What was done. Without it, what the template proposes.
    #[schema(value_type = Option<Vec<BlockRequest>>, max_items = 100)]
    exercises: Option<BlockRequests>,
}

pub(crate) struct Operation;

/// Log a workout session
///
/// Names of exercises are found as `resolve` finds them; one that leads to nothing becomes an exercise of the
/// caller's own, `409 too_many_exercises` at the two thousand and first. The answer tells the records that were
/// broken.
#[utoipa::path(post, path = "/api/v1/workout-sessions", tag = "workouts", operation_id = "logWorkoutSession",
    impl_for = Operation,
    request_body = Request,
    responses((status = 201, description = "The workout session was logged.", body = LoggedBody)))]
pub(crate) async fn handle(call: Call, body: JsonBody<Request>) -> Reply {
    let request = body.value;
    let mut findings = Findings::default();
    let title = findings.take_optional("/title", request.title.as_deref().map(Title::parse));
    let notes = findings.take_optional("/notes", request.notes.as_deref().map(Notes::parse));
    let span = span(&mut findings, &request.started_at, request.ended_at.as_deref());
    let template: Option<TemplateId> =
        findings.take_optional("/template_id", request.template_id.as_deref().map(identifier));
    let as_planned = request.exercises.is_none() && request.template_id.is_some();
    let blocks = match request.exercises {
        Some(requests) => blocks(&mut findings, requests),
        None if as_planned => Some(Vec::new()),
        None => findings.take("/exercises", Err(Invalid::new("must be given unless template_id is"))),
    };
    let (Some(span), Some(blocks)) = (span, blocks) else { return Err(findings.into_error().into()) };
    let command = findings.finish(LogSession { title, notes, span, template, blocks })?;
    let context = call.posted(&body.bytes)?;
    let logged = match template.filter(|_| as_planned) {
        Some(template) => call.spotter().log_as_planned(&context, template, command).await?,
        None => call.spotter().log_session(&context, command).await?,
    };
    let location = format!("/api/v1/workout-sessions/{}", logged.session.id);
    created(&call, location, &LoggedBody::new(logged))
}

/// Reads when it took place. What is wrong with both ends together is told of the end.
fn span(findings: &mut Findings, started_at: &str, ended_at: Option<&str>) -> Option<TimeSpan> {
    let begun = |started_at: Timestamp| TimeSpan::new(started_at, None).map(|_| started_at);
    let started_at = findings.take("/started_at", instant(started_at).and_then(begun));
    let ended_at = match ended_at {
        Some(ended_at) => Some(findings.take("/ended_at", instant(ended_at))?),
        None => None,
    };
    findings.take("/ended_at", TimeSpan::new(started_at?, ended_at))
}
