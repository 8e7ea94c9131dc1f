//! Writing what is derived from workout sessions.

use std::collections::BTreeSet;

use async_trait::async_trait;
use spotter_domain::StoreError;
use spotter_domain::id::{AccountId, ExerciseId};
use spotter_domain::progress::{Day, ProgressRepository, Record, RecordKey, Summary};

use super::{record, summary};
use crate::row;
use crate::store::SeaOrmUnitOfWork;

#[async_trait]
impl ProgressRepository for SeaOrmUnitOfWork {
    async fn add_to_days(&mut self, days: &[(AccountId, Summary)]) -> Result<(), StoreError> {
        let days = summary::each_once(days);
        let Some((first, _)) = days.first() else { return Ok(()) };
        self.execute_on(summary::add(self.backend, &days), first.uuid(), days.len()).await
    }

    async fn rebuild_days(&mut self, account: AccountId, days: &[Day]) -> Result<(), StoreError> {
        let days: BTreeSet<Day> = days.iter().copied().collect();
        if days.is_empty() {
            return Ok(());
        }
        self.execute(summary::forget(self.backend, account, &days)).await?;
        self.execute(summary::rebuild(self.backend, account, &days)?).await.map(drop)
    }

    async fn days(
        &mut self,
        account: AccountId,
        after: Option<Day>,
        limit: u16,
    ) -> Result<Vec<Summary>, StoreError> {
        row::all(self.all(summary::page(self.backend, account, after, limit)).await?)
    }

    async fn records(
        &mut self,
        exercises: &[(AccountId, ExerciseId)],
    ) -> Result<Vec<(AccountId, Record)>, StoreError> {
        let exercises: BTreeSet<(AccountId, ExerciseId)> = exercises.iter().copied().collect();
        if exercises.is_empty() {
            return Ok(Vec::new());
        }
        let rows = self.all(record::of_exercises(self.backend, &exercises)).await?;
        let mut found = rows.iter().map(record::read_owned).collect::<Result<Vec<_>, _>>()?;
        // Sorted here: asked to sort, a planner takes the index that sorts and reads all of the person's.
        found.sort_unstable_by_key(|(account, record)| (*account, record.key));
        Ok(found)
    }

    async fn all_records(
        &mut self,
        account: AccountId,
        after: Option<RecordKey>,
        limit: u16,
    ) -> Result<Vec<Record>, StoreError> {
        row::all(self.all(record::all(self.backend, account, after, limit)).await?)
    }

    async fn save_records(&mut self, records: &[(AccountId, Record)]) -> Result<(), StoreError> {
        for some in record::each_once(records).chunks(record::AT_ONCE) {
            let Some((first, _)) = some.first() else { continue };
            self.execute_on(record::save(self.backend, some), first.uuid(), some.len()).await?;
        }
        Ok(())
    }

    async fn delete_records(
        &mut self,
        account: AccountId,
        exercises: &[ExerciseId],
    ) -> Result<(), StoreError> {
        if exercises.is_empty() {
            return Ok(());
        }
        self.execute(record::delete(self.backend, account, exercises)).await.map(drop)
    }

    async fn clear(&mut self, account: AccountId) -> Result<(), StoreError> {
        self.execute(summary::clear(self.backend, account)).await?;
        self.execute(record::clear(self.backend, account)).await.map(drop)
    }
}
