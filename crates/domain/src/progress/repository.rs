//! Writing what is derived from workout sessions (rule W6).

use async_trait::async_trait;

use super::{Day, Record, RecordKey, Summary};
use crate::StoreError;
use crate::id::{AccountId, ExerciseId};

/// Stores summaries and records. All of it is done under the lock of the person
/// ([`crate::account::AccountRepository::lock_athlete`]).
#[async_trait]
pub trait ProgressRepository: Send {
    /// Adds sums to the days of people. A day can come more than once.
    async fn add_to_days(&mut self, days: &[(AccountId, Summary)]) -> Result<(), StoreError>;
    /// Sums those days of a person up again, from the workout sessions as they are stored now. A day without
    /// any has no summary.
    async fn rebuild_days(&mut self, account: AccountId, days: &[Day]) -> Result<(), StoreError>;
    /// Up to `limit` daily summaries of a person, by day, from the first after `after` on.
    async fn days(
        &mut self,
        account: AccountId,
        after: Option<Day>,
        limit: u16,
    ) -> Result<Vec<Summary>, StoreError>;
    /// The records of people in exercises, each in their own, by person and key.
    async fn records(
        &mut self,
        exercises: &[(AccountId, ExerciseId)],
    ) -> Result<Vec<(AccountId, Record)>, StoreError>;
    /// Up to `limit` records of a person in any exercise, by key, from the first after `after` on.
    async fn all_records(
        &mut self,
        account: AccountId,
        after: Option<RecordKey>,
        limit: u16,
    ) -> Result<Vec<Record>, StoreError>;
    /// Writes records of people over those of the same keys. Of one key the last one counts.
    async fn save_records(&mut self, records: &[(AccountId, Record)]) -> Result<(), StoreError>;
    /// Deletes the records of a person in those exercises.
    async fn delete_records(
        &mut self,
        account: AccountId,
        exercises: &[ExerciseId],
    ) -> Result<(), StoreError>;
    /// Deletes all summaries and records of a person.
    async fn clear(&mut self, account: AccountId) -> Result<(), StoreError>;
}
