//! Reading workouts.

use async_trait::async_trait;
use serde::{Deserialize, Serialize};

use super::{CoachingConsent, Import, PerformedBlock, PersonalExercises, Template, Weight, WorkoutSession};
use crate::account::Athlete;
use crate::id::{AccountId, ClubId, ExerciseId, ImportId, TemplateId, WorkoutSessionId};
use crate::page::{Page, PageRequest};
use crate::progress::Day;
use crate::text::ExerciseName;
use crate::{StoreError, Timestamp};

/// A person, and whether an exercise is one that they made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Maker {
    /// The person.
    pub athlete: Athlete,
    /// Whether they made the exercise.
    pub made_it: bool,
}

/// Reads exercises.
#[async_trait]
pub trait ExerciseQueries: Send + Sync {
    /// What a person has beside the catalogue.
    async fn personal(&self, account: AccountId) -> Result<PersonalExercises, StoreError>;
    /// A person, with whether an exercise is one that they made; none if there is no such account.
    async fn maker(&self, account: AccountId, exercise: ExerciseId) -> Result<Option<Maker>, StoreError>;
}

/// A workout session with what its exercises are called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShownSession {
    /// The workout session.
    pub session: WorkoutSession,
    /// What the exercise of each block is called, in the order of the blocks.
    pub exercise_names: Vec<ExerciseName>,
}

/// A template with what its exercises are called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShownTemplate {
    /// The template.
    pub template: Template,
    /// What the exercise of each planned block is called, in the order of the blocks.
    pub exercise_names: Vec<ExerciseName>,
}

/// A template with the person who plans by it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnedTemplate {
    /// The person.
    pub owner: Athlete,
    /// The template, if they have one of that id.
    pub template: Option<ShownTemplate>,
}

/// Which workout sessions of a person are wanted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SessionFilter {
    /// Those that began at this instant or later.
    pub from: Option<Timestamp>,
    /// Those that began before this instant.
    pub to: Option<Timestamp>,
    /// Those that have this exercise.
    pub exercise: Option<ExerciseId>,
}

/// The place of a workout session in a list, latest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionCursor {
    /// When it began.
    pub started_at: Timestamp,
    /// Which of those that began then.
    pub id: WorkoutSessionId,
}

/// What was done by a template.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TemplateHistory {
    /// How many workout sessions came from it.
    pub performed: u64,
    /// The blocks of the latest of those, latest first, and in their order within one.
    pub latest: Vec<PerformedBlock>,
    /// The best estimate of a one-rep max of each exercise since a day, where there is one.
    pub one_rep_max: Vec<(ExerciseId, Weight)>,
}

/// Somebody who lets the coaches of a club see their workout sessions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CoachedAthlete {
    /// Who it is.
    pub account: AccountId,
    /// How they want to be called.
    pub display_name: String,
    /// Since when.
    pub granted_at: Timestamp,
}

/// Reads workouts, everything with the names that exercises have now. A workout session with all of its blocks
/// is read in two statements, a page of them too, and so are templates; anything else is one statement.
///
/// Whoever looks at workout sessions is the person themselves or may coach them (rule W1, see
/// [`WorkoutQueries::may_coach`]); to anybody else there are none.
#[async_trait]
pub trait WorkoutQueries: Send + Sync {
    /// A workout session, whoever's it is, if the viewer may see it.
    async fn session(
        &self,
        viewer: AccountId,
        id: WorkoutSessionId,
    ) -> Result<Option<ShownSession>, StoreError>;
    /// The workout sessions of a person, latest first, and by descending id where two began at once, if the
    /// viewer may see them.
    async fn sessions(
        &self,
        viewer: AccountId,
        account: AccountId,
        filter: SessionFilter,
        page: PageRequest<SessionCursor>,
    ) -> Result<Page<ShownSession, SessionCursor>, StoreError>;
    /// Whether somebody may see the workout sessions of somebody else: there is a club of which the one is a
    /// coach or more and the other a member of any role who has consented.
    async fn may_coach(&self, coach: AccountId, athlete: AccountId) -> Result<bool, StoreError>;
    /// The consent of a person in a club.
    async fn consent(&self, club: ClubId, account: AccountId) -> Result<Option<CoachingConsent>, StoreError>;
    /// Those members of a club who have consented, by account.
    async fn coached(
        &self,
        club: ClubId,
        page: PageRequest<AccountId>,
    ) -> Result<Page<CoachedAthlete, AccountId>, StoreError>;
    /// A template of a person.
    async fn template(&self, account: AccountId, id: TemplateId)
    -> Result<Option<ShownTemplate>, StoreError>;
    /// A template together with the person who has it, in one statement; none if there is no such account.
    async fn owned_template(
        &self,
        account: AccountId,
        id: TemplateId,
    ) -> Result<Option<OwnedTemplate>, StoreError>;
    /// The templates of a person, by id.
    async fn templates(
        &self,
        account: AccountId,
        page: PageRequest<TemplateId>,
    ) -> Result<Page<ShownTemplate, TemplateId>, StoreError>;
    /// What was done by a template of a person: of the latest `sessions` workout sessions from it, the blocks
    /// of those exercises; and the best estimates since `since`.
    async fn template_history(
        &self,
        account: AccountId,
        template: TemplateId,
        exercises: &[ExerciseId],
        since: Day,
        sessions: u16,
    ) -> Result<TemplateHistory, StoreError>;
    /// An import of a person.
    async fn import(&self, account: AccountId, id: ImportId) -> Result<Option<Import>, StoreError>;
    /// The imports of a person, latest id first.
    async fn imports(
        &self,
        account: AccountId,
        page: PageRequest<ImportId>,
    ) -> Result<Page<Import, ImportId>, StoreError>;
}
