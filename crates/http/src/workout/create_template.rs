//! `POST /api/v1/workout-templates`

use serde::Deserialize;
use spotter_application::workout::CreateTemplate;
use spotter_domain::text::{Notes, Title};
use utoipa::ToSchema;

use super::plans::{PlanRequest, PlanRequests, plans};
use super::template_bodies::TemplateBody;
use crate::answer::{Reply, created};
use crate::body::JsonBody;
use crate::call::Call;
use crate::fields::Findings;

/// A new template.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = CreateTemplate, example = json!({
    "title": "Upper A", "exercises": [
        {"exercise_name": "Barbell bench press", "sets": 3, "reps": 5, "weight_kg": 60,
            "progression": {"type": "linear", "increment_kg": 2.5}},
        {"exercise_name": "Pull-up", "sets": 3, "reps": {"min": 6, "max": 10}, "rest_s": 90}
    ]
}))]
pub(crate) struct Request {
    #[schema(min_length = 1, max_length = 200)]
    title: String,
    #[schema(min_length = 1, max_length = 10_000)]
    notes: Option<String>,
    /// What is planned, in order.
    #[schema(value_type = Vec<PlanRequest>, max_items = 100)]
    exercises: PlanRequests,
}

pub(crate) struct Operation;

/// Make a template
///
/// Names of exercises are found as `resolve` finds them; one that leads to nothing becomes an exercise of the
/// caller's own. `409 too_many_templates` at the five hundred and first, `409 too_many_exercises` at the two
/// thousand and first.
#[utoipa::path(post, path = "/api/v1/workout-templates", tag = "workouts", operation_id = "createTemplate",
    impl_for = Operation,
    request_body = Request,
    responses((status = 201, description = "The template was made.", body = TemplateBody)))]
pub(crate) async fn handle(call: Call, body: JsonBody<Request>) -> Reply {
    let request = body.value;
    let mut findings = Findings::default();
    let title = findings.take("/title", Title::parse(&request.title));
    let notes = findings.take_optional("/notes", request.notes.as_deref().map(Notes::parse));
    let blocks = plans(&mut findings, request.exercises);
    let (Some(title), Some(blocks)) = (title, blocks) else { return Err(findings.into_error().into()) };
    let command = findings.finish(CreateTemplate { title, notes, blocks })?;
    let template = call.spotter().run(&call.posted(&body.bytes)?, &command).await?;
    let location = format!("/api/v1/workout-templates/{}", template.id);
    created(&call, location, &TemplateBody::new(template))
}
