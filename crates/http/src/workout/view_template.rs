//! `GET /api/v1/workout-templates/{id}`

use super::template_bodies::{TemplateBody, TemplatePath};
use crate::answer::{Reply, found};
use crate::call::Call;

pub(crate) struct Operation;

/// A template of mine
#[utoipa::path(get, path = "/api/v1/workout-templates/{id}", tag = "workouts", operation_id = "viewTemplate",
    impl_for = Operation,
    params(TemplatePath),
    responses((status = 200, description = "The template.", body = TemplateBody)))]
pub(crate) async fn handle(call: Call) -> Reply {
    let template = call.spotter().template(call.caller, call.id("id", "template")?).await?;
    found(&call, &TemplateBody::new(template))
}
