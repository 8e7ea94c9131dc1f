//! `GET /api/v1/exercises`

use serde::Deserialize;
use spotter_application::workout::ExerciseFilter;
use spotter_domain::Invalid;
use spotter_domain::workout::{Equipment, Muscle};
use utoipa::IntoParams;

use super::exercise_bodies::ExerciseBody;
use crate::answer::{PageBody, Reply, page};
use crate::call::Call;
use crate::params::PageParams;
use crate::words;

const LIST: &str = "exercises";

/// The longest text that is searched for: as long as a name can be.
const MOST_CHARACTERS: usize = 200;

/// Which exercises are wanted.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "it is the parameters' description; they are read one by one")]
pub(crate) struct Filter {
    /// A part of the name or of an alias, or something like it.
    #[param(required = false, max_length = 200, example = "bench press")]
    q: String,
    /// Those that work this muscle, first those whose main work it is.
    #[param(required = false, schema_with = words::muscle)]
    muscle: String,
    /// Those that are done with this.
    #[param(required = false, schema_with = words::equipment)]
    equipment: String,
}

pub(crate) struct Operation;

/// Search exercises
///
/// Of the catalogue and the caller's own, best first; typing errors are forgiven.
#[utoipa::path(get, path = "/api/v1/exercises", tag = "exercises", operation_id = "listExercises",
    impl_for = Operation,
    params(Filter, PageParams),
    responses((status = 200, description = "A page of exercises.", body = PageBody<ExerciseBody>)))]
pub(crate) async fn handle(call: Call) -> Reply {
    let params = call.params()?;
    let filter = ExerciseFilter {
        text: params.read("q", text)?,
        muscle: params.read("muscle", Muscle::parse)?,
        equipment: params.read("equipment", Equipment::parse)?,
    };
    let exercises = call.spotter().exercises(call.caller, &filter, params.page(LIST)?).await?;
    page(&call, LIST, exercises, ExerciseBody::new)
}

fn text(text: &str) -> Result<String, Invalid> {
    if text.chars().count() > MOST_CHARACTERS {
        return Err(Invalid::new(format!("must have at most {MOST_CHARACTERS} characters")));
    }
    Ok(text.to_owned())
}
