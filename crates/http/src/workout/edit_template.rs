//! `PATCH /api/v1/workout-templates/{id}`

use serde::Deserialize;
use spotter_application::workout::{EditTemplate, TemplateChange};
use spotter_domain::text::{Notes, Title};
use utoipa::ToSchema;

use super::plans::{PlanRequest, PlanRequests, plans};
use super::template_bodies::{TemplateBody, TemplatePath};
use crate::answer::{Reply, found};
use crate::body::JsonBody;
use crate::call::Call;
use crate::fields::{Findings, Maybe};

/// What changes; what is absent stays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = EditTemplate, example = json!({"title": "Upper B", "notes": null}))]
pub(crate) struct Request {
    #[serde(default)]
    #[schema(value_type = String, required = false, min_length = 1, max_length = 200)]
    title: Maybe<String>,
    #[serde(default)]
    #[schema(value_type = Option<String>, required = false, min_length = 1, max_length = 10_000)]
    notes: Maybe<String>,
    /// What is planned, in place of everything that is there.
    #[serde(default)]
    #[schema(value_type = Vec<PlanRequest>, required = false, max_items = 100)]
    exercises: Maybe<PlanRequests>,
}

pub(crate) struct Operation;

/// Edit a template
#[utoipa::path(patch, path = "/api/v1/workout-templates/{id}", tag = "workouts", operation_id = "editTemplate",
    impl_for = Operation,
    params(TemplatePath),
    request_body = Request,
    responses(
        (status = 200, description = "The template as it is now.", body = TemplateBody),
        (status = 409, description = "An exercise of the caller's own would be one too many.")))]
pub(crate) async fn handle(call: Call, body: JsonBody<Request>) -> Reply {
    let template = call.id("id", "template")?;
    let request = body.value;
    let mut findings = Findings::default();
    let noted = &mut findings;
    let change = TemplateChange {
        title: request.title.into_patch(noted, "/title", |text| Title::parse(&text)),
        notes: request.notes.into_clearing_patch(noted, "/notes", |text| Notes::parse(&text)),
        blocks: request.exercises.into_patch_of_parts(noted, "/exercises", plans),
    };
    let command = findings.finish(EditTemplate { template, change, expected: call.expected() })?;
    let template = call.spotter().run(&call.context(), &command).await?;
    found(&call, &TemplateBody::new(template))
}
