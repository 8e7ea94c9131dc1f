//! `GET /api/v1/workout-templates`

use super::template_bodies::TemplateBody;
use crate::answer::{PageBody, Reply, page};
use crate::call::Call;
use crate::params::PageParams;

const LIST: &str = "workout-templates";

pub(crate) struct Operation;

/// My templates
///
/// Oldest first.
#[utoipa::path(get, path = "/api/v1/workout-templates", tag = "workouts", operation_id = "listTemplates",
    impl_for = Operation,
    params(PageParams),
    responses((status = 200, description = "A page of templates.", body = PageBody<TemplateBody>)))]
pub(crate) async fn handle(call: Call) -> Reply {
    let wanted = call.params()?.page(LIST)?;
    let templates = call.spotter().templates(call.caller, wanted).await?;
    page(&call, LIST, templates, TemplateBody::new)
}
