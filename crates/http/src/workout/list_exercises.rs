//! `GET /api/v1/exercises`

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Deserialize;
use sha2::{Digest, Sha256};
use spotter_application::workout::ExerciseFilter;
use spotter_domain::Invalid;
use spotter_domain::text::ExerciseName;
use spotter_domain::workout::{Equipment, Muscle};
use utoipa::IntoParams;

use super::exercise_bodies::ExerciseBody;
use crate::answer::{PageBody, Reply, page};
use crate::call::Call;
use crate::params::PageParams;
use crate::words;

/// How much of a hash tells a search from any other.
const DIGEST_BYTES: usize = 12;

/// Which exercises are wanted.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "it is the parameters' description; they are read one by one")]
pub(crate) struct Filter {
    /// A part of the name or of an alias, or something like it. Without a letter or digit it finds nothing; blank,
    /// it is as if it were not there.
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
        text: params.read("q", text)?.flatten(),
        muscle: params.read("muscle", Muscle::parse)?,
        equipment: params.read("equipment", Equipment::parse)?,
    };
    let list = list_of(&filter);
    let exercises = call.spotter().exercises(call.caller, &filter, params.page(&list)?).await?;
    page(&call, &list, exercises, ExerciseBody::new)
}

/// The text that is searched for: none where there are only blanks.
fn text(text: &str) -> Result<Option<String>, Invalid> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    ExerciseName::parse(text).map(|name| Some(name.as_str().to_owned()))
}

/// The list that a search makes. A place in what one search finds is none in what another does.
fn list_of(filter: &ExerciseFilter) -> String {
    let muscle = filter.muscle.map_or("", Muscle::as_str);
    let equipment = filter.equipment.map_or("", Equipment::as_str);
    let text = filter.text.as_deref().unwrap_or_default();
    let digest = Sha256::digest(format!("{muscle}\n{equipment}\n{text}"));
    format!("exercises-{}", URL_SAFE_NO_PAD.encode(&digest[..DIGEST_BYTES]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_search_is_a_list_of_its_own() {
        let search = |text: Option<&str>, muscle, equipment| {
            list_of(&ExerciseFilter { text: text.map(str::to_owned), muscle, equipment })
        };
        let lists = [
            search(None, None, None),
            search(Some("press"), None, None),
            search(Some("chest"), None, None),
            search(None, Some(Muscle::Chest), None),
            search(None, None, Some(Equipment::Dumbbell)),
            search(Some("press"), Some(Muscle::Chest), None),
        ];
        for (index, list) in lists.iter().enumerate() {
            assert!(!lists[..index].contains(list), "{index}");
        }
        assert_eq!(lists[1], search(Some("press"), None, None));
    }

    #[test]
    fn a_text_is_as_a_name_can_be_or_blank() {
        assert_eq!(text(" press ").unwrap().as_deref(), Some("press"));
        assert_eq!(text("  ").unwrap(), None);
        for bad in ["a\0b", "\0", "a\nb", &"x".repeat(201)] {
            assert!(text(bad).is_err(), "{bad:?}");
        }
    }
}
