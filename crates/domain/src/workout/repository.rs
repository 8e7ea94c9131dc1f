//! Writing workouts. All of it is done under the lock of the person
//! ([`crate::account::AccountRepository::lock_athlete`]), except the catalogue and consents.

use std::collections::BTreeSet;

use async_trait::async_trait;
use uuid::Uuid;

use super::{
    Block, CatalogueEntry, CoachingConsent, CustomExercise, Import, PersonalAlias, PersonalExercises,
    Template, WorkoutSession,
};
use crate::id::{AccountId, ClubId, ExerciseId, ImportId, TemplateId, WorkoutSessionId};
use crate::progress::DerivedSession;
use crate::store::Inserted;
use crate::text::Title;
use crate::{StoreError, Timestamp};

/// Stores exercises.
#[async_trait]
pub trait ExerciseRepository: Send {
    /// The digest of the catalogue that was stored last; none before the first time. Locks it against other
    /// transactions that store it, as far as there is something to lock.
    async fn catalogue_digest(&mut self) -> Result<Option<String>, StoreError>;
    /// Writes entries over those of the same ids, and the digest of all of them. What is stored and not among
    /// them stays: history points to it.
    async fn save_catalogue(&mut self, entries: &[CatalogueEntry], digest: &str) -> Result<(), StoreError>;
    /// What people have beside the catalogue, in the order in which they are named.
    async fn personal(&mut self, accounts: &[AccountId]) -> Result<Vec<PersonalExercises>, StoreError>;
    /// Writes new exercises of people.
    async fn insert_many(&mut self, exercises: &[CustomExercise]) -> Result<(), StoreError>;
    /// Writes an exercise over its version before; [`StoreError::Conflict`] when the stored version is another.
    async fn update(&mut self, exercise: &CustomExercise) -> Result<(), StoreError>;
    /// Deletes exercises of a person that nothing points to any more, and the names that led to them.
    async fn delete_many(&mut self, account: AccountId, exercises: &[ExerciseId]) -> Result<(), StoreError>;
    /// Those of a person's exercises that no workout session and no template has.
    async fn unused(
        &mut self,
        account: AccountId,
        exercises: &[ExerciseId],
    ) -> Result<Vec<ExerciseId>, StoreError>;
    /// Gives a person a name for an exercise, in the place of where it led before.
    async fn save_alias(&mut self, account: AccountId, alias: &PersonalAlias) -> Result<(), StoreError>;
    /// Makes every block, planned block and name of a person that points to one exercise point to another.
    async fn move_all(
        &mut self,
        account: AccountId,
        from: ExerciseId,
        to: ExerciseId,
    ) -> Result<(), StoreError>;
}

/// What makes a workout session of a file recognisable when the file comes again (rule W5): a hash of when it
/// began by the clock on the wall, and of its title.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourceKey(pub Uuid);

/// A workout session that is there already, as far as an import has to know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownSession {
    /// When it began.
    pub started_at: Timestamp,
    /// What it is called.
    pub title: Option<Title>,
    /// By what it was recognised when it was brought along.
    pub source: Option<SourceKey>,
}

/// A workout session on its way into the store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewSession {
    /// The workout session and what is derived from it.
    pub derived: DerivedSession,
    /// What it is recognised by, if it comes from a file.
    pub source: Option<SourceKey>,
}

/// One block with the workout session it belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PerformedBlock {
    /// Which workout session.
    pub session: WorkoutSessionId,
    /// When that began.
    pub started_at: Timestamp,
    /// The number of the block in it, from 0.
    pub position: u16,
    /// The block.
    pub block: Block,
}

/// Stores workout sessions.
#[async_trait]
pub trait WorkoutSessionRepository: Send {
    /// A workout session of a person.
    async fn by_id(
        &mut self,
        account: AccountId,
        id: WorkoutSessionId,
    ) -> Result<Option<WorkoutSession>, StoreError>;
    /// Up to `limit` workout sessions of a person by id, from the first after `after` on.
    async fn page(
        &mut self,
        account: AccountId,
        after: Option<WorkoutSessionId>,
        limit: u16,
    ) -> Result<Vec<WorkoutSession>, StoreError>;
    /// Writes new workout sessions, whosever they are.
    async fn insert_many(&mut self, sessions: &[NewSession]) -> Result<(), StoreError>;
    /// Writes a workout session over its version before, blocks and all; [`StoreError::Conflict`] when the
    /// stored version is another. What it was recognised by stays.
    async fn replace(&mut self, session: &DerivedSession) -> Result<(), StoreError>;
    /// Deletes workout sessions of a person with their blocks; says how many there were.
    async fn delete_many(&mut self, account: AccountId, ids: &[WorkoutSessionId]) -> Result<u64, StoreError>;
    /// The workout sessions of a person that began at one of those instants or are recognised by one of those
    /// keys.
    async fn known(
        &mut self,
        account: AccountId,
        starts: &[Timestamp],
        sources: &[SourceKey],
    ) -> Result<Vec<KnownSession>, StoreError>;
    /// Up to `limit` blocks of a person that are of one of those exercises, by workout session and position,
    /// from the first after `after` on.
    async fn performed(
        &mut self,
        account: AccountId,
        exercises: &[ExerciseId],
        after: Option<(WorkoutSessionId, u16)>,
        limit: u16,
    ) -> Result<Vec<PerformedBlock>, StoreError>;
    /// Writes what is derived from workout sessions of a person, and nothing else of them.
    async fn save_derived(&mut self, sessions: &[DerivedSession]) -> Result<(), StoreError>;
    /// What is stored as derived from those workout sessions of a person: the workout sessions themselves with
    /// it, by id. For checking.
    async fn stored_derived(
        &mut self,
        account: AccountId,
        after: Option<WorkoutSessionId>,
        limit: u16,
    ) -> Result<Vec<DerivedSession>, StoreError>;
    /// Up to `limit` workout sessions that came by an import, by id, from the first after `after` on.
    async fn of_import(
        &mut self,
        account: AccountId,
        import: ImportId,
        after: Option<WorkoutSessionId>,
        limit: u16,
    ) -> Result<Vec<WorkoutSession>, StoreError>;
}

/// Stores templates.
#[async_trait]
pub trait TemplateRepository: Send {
    /// A template of a person.
    async fn by_id(&mut self, account: AccountId, id: TemplateId) -> Result<Option<Template>, StoreError>;
    /// Those of people's templates that there are.
    async fn existing(
        &mut self,
        templates: &[(AccountId, TemplateId)],
    ) -> Result<BTreeSet<(AccountId, TemplateId)>, StoreError>;
    /// The titles of a person's templates with their ids, by id.
    async fn titles(&mut self, account: AccountId) -> Result<Vec<(Title, TemplateId)>, StoreError>;
    /// How many templates a person has.
    async fn count_of(&mut self, account: AccountId) -> Result<u64, StoreError>;
    /// Writes a new template.
    async fn insert(&mut self, template: &Template) -> Result<(), StoreError>;
    /// Writes a template over its version before; [`StoreError::Conflict`] when the stored version is another.
    async fn replace(&mut self, template: &Template) -> Result<(), StoreError>;
    /// Deletes a template; workout sessions that came from it stay, without it. Says how many there were (none
    /// or one).
    async fn delete(&mut self, account: AccountId, id: TemplateId) -> Result<u64, StoreError>;
}

/// Stores what is known of imports.
#[async_trait]
pub trait ImportRepository: Send {
    /// An import of a person.
    async fn by_id(&mut self, account: AccountId, id: ImportId) -> Result<Option<Import>, StoreError>;
    /// Writes a new import.
    async fn insert(&mut self, import: &Import) -> Result<(), StoreError>;
    /// Writes that an import was undone.
    async fn save_undone(&mut self, import: &Import) -> Result<(), StoreError>;
}

/// Stores consents.
#[async_trait]
pub trait ConsentRepository: Send {
    /// Writes a consent, unless there is one.
    async fn grant(&mut self, consent: &CoachingConsent) -> Result<Inserted, StoreError>;
    /// Deletes a consent; says how many there were (none or one).
    async fn withdraw(&mut self, club: ClubId, account: AccountId) -> Result<u64, StoreError>;
}
