//! `DELETE /api/v1/workout-templates/{id}`

use spotter_application::workout::DeleteTemplate;

use super::template_bodies::TemplatePath;
use crate::answer::{Reply, done};
use crate::call::Call;

pub(crate) struct Operation;

/// Delete a template
///
/// Workout sessions that came from it stay.
#[utoipa::path(delete, path = "/api/v1/workout-templates/{id}", tag = "workouts",
    operation_id = "deleteTemplate",
    impl_for = Operation,
    params(TemplatePath),
    responses((status = 204, description = "It is deleted.")))]
pub(crate) async fn handle(call: Call) -> Reply {
    let command = DeleteTemplate { template: call.id("id", "template")?, expected: call.expected() };
    call.spotter().run(&call.context(), &command).await?;
    done()
}
