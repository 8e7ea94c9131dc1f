//! What operators and their machines ask.

pub(crate) mod detailed;
pub(crate) mod document;
pub(crate) mod live;
pub(crate) mod metrics;
mod ping;
pub(crate) mod ready;
pub(crate) mod startup;

use serde::Serialize;
use utoipa::ToSchema;

use crate::answer::Representation;

/// Says no more than ok.
#[derive(Serialize, ToSchema)]
#[schema(as = Health, example = json!({"status": "ok"}))]
pub(crate) struct HealthBody {
    #[schema(value_type = String, pattern = "^ok$")]
    status: &'static str,
}

impl HealthBody {
    const OK: Self = Self { status: "ok" };
}

impl Representation for HealthBody {}
