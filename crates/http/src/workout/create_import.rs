//! `POST /api/v1/imports`

use actix_web::HttpRequest;
use actix_web::web::Payload;
use serde::Deserialize;
use spotter_application::workout::interchange::ReadOptions;
use spotter_domain::Invalid;
use spotter_domain::account::Units;
use spotter_domain::workout::{ExportFormat, ImportMode, WeightUnit};
use utoipa::IntoParams;

use super::import_bodies::ImportBody;
use super::upload;
use crate::answer::{Reply, created};
use crate::call::Call;
use crate::words;

/// How the file is to be read.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "it is the parameters' description; they are read one by one")]
pub(crate) struct Options {
    /// What kind of file it is; found out by looking unless told.
    #[param(required = false, schema_with = words::export_format_or_auto)]
    format: String,
    /// Whether to tell only what it would do.
    #[param(required = false, default = false)]
    dry_run: bool,
    /// The unit of weights where the file names none; as the person prefers unless told.
    #[param(required = false, schema_with = words::weight_unit)]
    weight_unit: String,
}

pub(crate) struct Operation;

/// Bring along a file
///
/// A CSV that Strong or Hevy exported, or an export of Spotter; up to 32 MiB. Importing a file again changes
/// nothing. A line that can't be read is told and costs no other. Exercises whose names are not known are made.
#[utoipa::path(post, path = "/api/v1/imports", tag = "imports", operation_id = "importFile",
    impl_for = Operation,
    params(Options),
    request_body(content((String = "text/csv"), (serde_json::Value = "application/json")),
        description = "The file."),
    responses(
        (status = 201, description = "What it did, or would do.", body = ImportBody),
        (status = 413, description = "The file is larger than 32 MiB."),
        (status = 415, description = "The file is of another type."),
        (status = 422, description = "The file can't be read at all: `empty_file`, `not_text`, \
            `unknown_header`, `wrong_format`, `not_an_export` and others.")))]
pub(crate) async fn handle(call: Call, request: HttpRequest, payload: Payload) -> Reply {
    let params = call.params()?;
    let format = params.read("format", format)?.flatten();
    let dry_run = params.read("dry_run", flag)?.unwrap_or(false);
    let unit = params.read("weight_unit", WeightUnit::parse)?;
    upload::check_type(&request)?;
    let weight_unit = match unit {
        Some(unit) => unit,
        None => match call.spotter().profile(call.caller).await?.preferences.units {
            Units::Metric => WeightUnit::Kg,
            Units::Imperial => WeightUnit::Lb,
        },
    };
    let mode = if dry_run { ImportMode::DryRun } else { ImportMode::Real };
    let options = ReadOptions { format, weight_unit };
    let uploaded = upload::read(&request, payload.into_inner(), options, mode).await?;
    let context = call.posted(&uploaded.digest)?;
    let import = call.spotter().run(&context, &uploaded.command).await?;
    created(&call, format!("/api/v1/imports/{}", import.id), &ImportBody::new(import))
}

fn format(word: &str) -> Result<Option<ExportFormat>, Invalid> {
    match word {
        "auto" => Ok(None),
        _ => ExportFormat::parse(word)
            .map(Some)
            .map_err(|_| Invalid::new("must be auto, strong, hevy or spotter")),
    }
}

fn flag(word: &str) -> Result<bool, Invalid> {
    word.parse().map_err(|_| Invalid::new("must be true or false"))
}
