//! Reading exercises.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use spotter_domain::account::Athlete;
use spotter_domain::id::ExerciseId;
use spotter_domain::page::{Page, PageRequest};
use spotter_domain::workout::{CustomExercise, NameKey, Traits};

use super::catalogue::catalogue;
use super::names::{Described, How, PersonalNames};
use super::search::{ExerciseCursor, ExerciseFilter, search};
use crate::{Caller, Error, Spotter};

/// An exercise as it is shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExerciseView {
    /// Names the exercise.
    pub id: ExerciseId,
    /// What it is called.
    pub name: String,
    /// Other names of it.
    pub aliases: Vec<String>,
    /// What is known of it.
    pub traits: Traits,
    /// The version of a person's own; none of one of the catalogue.
    pub version: Option<u32>,
}

impl ExerciseView {
    pub(crate) fn new(id: ExerciseId, known: &Described<'_>) -> Self {
        Self {
            id,
            name: known.name.as_str().to_owned(),
            aliases: catalogue().get(id).map(|known| known.aliases.clone()).unwrap_or_default(),
            traits: known.traits,
            version: known.custom.map(|custom| custom.version),
        }
    }

    /// A person's own that was made a moment ago: nothing else leads to it.
    pub(crate) fn of_custom(exercise: &CustomExercise) -> Self {
        Self {
            id: exercise.id,
            name: exercise.name.as_str().to_owned(),
            aliases: Vec::new(),
            traits: exercise.traits,
            version: Some(exercise.version),
        }
    }

    /// The view with the names that the person's own aliases give it.
    pub(crate) fn with_own_aliases(mut self, names: &PersonalNames) -> Self {
        let own = names.aliases().filter(|(_, id)| *id == self.id).map(|(name, _)| name.to_owned());
        self.append(own.collect());
        self
    }

    /// The view after a merge: the names of the exercise that went are names of this one, its own name goes
    /// before one that differs from it in spelling alone.
    pub(crate) fn with_names_of(mut self, gone: &CustomExercise, names: &PersonalNames) -> Self {
        let key = NameKey::of(gone.name.as_str());
        let moved = names
            .aliases()
            .filter(|(name, id)| (*id == self.id || *id == gone.id) && NameKey::of(name) != key);
        let mut own: Vec<String> = moved.map(|(name, _)| name.to_owned()).collect();
        own.push(gone.name.as_str().to_owned());
        self.append(own);
        self
    }

    fn append(&mut self, mut own: Vec<String>) {
        own.sort_unstable();
        self.aliases.append(&mut own);
    }
}

/// What a name leads to.
#[derive(Clone, Debug, PartialEq)]
pub struct Resolved {
    /// The exercise, if it leads to one.
    pub exercise: Option<ExerciseView>,
    /// How it was recognised.
    pub how: Option<How>,
    /// The exercises that are called most alike, where it leads to none.
    pub suggestions: Vec<ExerciseView>,
}

/// How many exercises are suggested.
const SUGGESTIONS: usize = 5;

impl Spotter {
    /// The exercises that the caller can use and that fit, best first.
    ///
    /// # Errors
    ///
    /// [`Error::Unauthenticated`] for somebody who has not signed in.
    pub async fn exercises(
        &self,
        caller: Caller,
        filter: &ExerciseFilter,
        page: PageRequest<ExerciseCursor>,
    ) -> Result<Page<ExerciseView, ExerciseCursor>, Error> {
        let names = self.names_of_caller(caller).await?;
        let found = search(&names, filter);
        let begin = page.after.map_or(0, |after| found.partition_point(|place| *place <= after));
        let wanted = usize::from(page.limit.get()) + 1;
        let places = found.into_iter().skip(begin).take(wanted);
        let views = places.filter_map(|place| Some((view(&names, place.id())?, place))).collect();
        let page = Page::from_lookahead(views, page.limit, |(_, place): &(_, ExerciseCursor)| place.clone());
        Ok(page.map(|(view, _)| view))
    }

    /// An exercise that the caller can use.
    ///
    /// # Errors
    ///
    /// [`Error::NotFound`]; [`Error::Unauthenticated`].
    pub async fn exercise(&self, caller: Caller, id: ExerciseId) -> Result<ExerciseView, Error> {
        let names = self.names_of_caller(caller).await?;
        view(&names, id).ok_or(Error::NotFound("exercise"))
    }

    /// What a name leads to.
    ///
    /// # Errors
    ///
    /// [`Error::Unauthenticated`] for somebody who has not signed in.
    pub async fn resolve_exercise(&self, caller: Caller, name: &str) -> Result<Resolved, Error> {
        let names = self.names_of_caller(caller).await?;
        let found = names.resolve(name.trim());
        let suggestions = if found.is_some() {
            Vec::new()
        } else {
            let filter = ExerciseFilter { text: Some(name.to_owned()), ..ExerciseFilter::default() };
            let alike = search(&names, &filter);
            alike.iter().take(SUGGESTIONS).filter_map(|place| view(&names, place.id())).collect()
        };
        Ok(Resolved {
            exercise: found.and_then(|found| view(&names, found.exercise)),
            how: found.map(|found| found.how),
            suggestions,
        })
    }

    /// The exercises and names of a person.
    pub(crate) async fn names_of(&self, athlete: &Athlete) -> Result<Arc<PersonalNames>, Error> {
        if let Some(names) = self.names.get(athlete) {
            return Ok(names);
        }
        let personal = self.ports.exercises.personal(athlete.account).await?;
        Ok(self.names.keep(athlete, personal))
    }

    async fn names_of_caller(&self, caller: Caller) -> Result<Arc<PersonalNames>, Error> {
        let athlete = self.athlete(caller).await?;
        self.names_of(&athlete).await
    }
}

fn view(names: &PersonalNames, id: ExerciseId) -> Option<ExerciseView> {
    names.describe(id).map(|known| ExerciseView::new(id, &known).with_own_aliases(names))
}
